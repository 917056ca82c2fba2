"""GET /v1/report/{scoreId} and its pdf: an answer explained, for people, on screen or on paper."""

from serving.about import ScoreId, read_by, refuse_quarantined
from serving.desk import Desk
from serving.endpoints import report
from serving.endpoints.replay import said_again
from serving.journal import Entry
from serving.problems import Problem
from serving.reports.paper import NoPaper, on_paper


def page(desk: Desk, place: ScoreId) -> bytes:
    """The page: the very one that left, or the one that the answer would have had."""
    return read_page(desk, readable(desk, place))


def paper(desk: Desk, place: ScoreId) -> bytes:
    """The same as PDF, the same bytes each time."""
    kept = readable(desk, place)
    try:
        drawn = on_paper(_page(desk, kept))
    except NoPaper as lost:
        raise Problem("pdf_unavailable", "Read the page instead, and print it.") from lost
    return read_by(desk, kept, "paper", drawn)


def readable(desk: Desk, place: ScoreId) -> Entry:
    """The answer; raises Problem where there is none to be read."""
    kept = desk.said(place.score_id)
    refuse_quarantined(desk, kept)
    return kept


def read_page(desk: Desk, kept: Entry) -> bytes:
    """The page of an answer, which is read now."""
    return read_by(desk, kept, "page", _page(desk, kept))


def _page(desk: Desk, kept: Entry) -> bytes:
    drawn = kept.page or said_again(desk, kept, report.write).page
    assert drawn is not None  # `write` makes one
    return drawn
