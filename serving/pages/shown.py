"""What the pages show: each asks the desk as its reader, so that policy and journal know of it."""

import json
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from serving.about import ScoreId
from serving.contest_reasons import TURNED_DOWN_REASONS, UPHELD_REASONS
from serving.desk import Desk
from serving.endpoints import alerts, decision, glass, page
from serving.endpoints import review as reviews
from serving.glass_reasons import GLASS_REASONS
from serving.override_reasons import OVERRIDE_REASONS
from serving.pages.drawing import Drawing, answer
from serving.shape import read_shape
from serving.who.asker import Action, Asker
from serving.who.sessions import Session


@dataclass(frozen=True)
class Opened:
    """A page that somebody opened: with which session, about which record, sending what."""

    desk: Desk
    drawing: Drawing
    session: Session
    asker: Asker
    about: str
    form: dict[str, str]

    def asking(self, action: Action) -> Desk:
        """The desk as it answers them; raises Problem where the policy does not permit it."""
        return self.desk.asked_by(self.asker, action)

    def may(self, action: Action, office: str, child: str) -> bool:
        """Whether a form is worth showing; whether it may be sent is decided when it is."""
        return replace(self.desk, asker=replace(self.asker, action=action)).may(office, child)


def worklist(opened: Opened) -> Response:
    """Whom new records have moved; to who supervises also contests, and who broke the glass."""
    office, roles = opened.asker.office, opened.asker.roles
    moved, broken, contested = None, None, None
    if office and roles & {"screener", "supervisor"}:
        moved = _moved(opened.asking("read_worklist"), office)[::-1]
    if office and "supervisor" in roles:
        broken = [
            one for one in _broken(opened.asking("review_glass"), office) if not one["reviews"]
        ]
        contested = _contested(opened.asking("decide_contest"), office)
    return opened.drawing.page(
        "worklist",
        opened.session,
        alerts=moved,
        glass=broken,
        glass_reasons=GLASS_REASONS,
        contests=contested,
        ways={"upheld": UPHELD_REASONS, "turned_down": TURNED_DOWN_REASONS},
    )


def report(opened: Opened) -> Response:
    """An answer explained: the very page that is in the journal."""
    drawn = page.page(opened.asking("read_answer"), ScoreId(score_id=opened.about))
    return answer(drawn.decode())


def review(opened: Opened) -> Response:
    """The form for a decision about an answer; whether it may be sent is decided when it is."""
    return _review(opened, kept=None)


def reviewed(opened: Opened) -> Response:
    """The decision, once it is kept."""
    said = {name: value for name, value in opened.form.items() if value}
    request = read_shape(reviews.Request, said)
    place = ScoreId(score_id=opened.about)
    kept = json.loads(reviews.review(opened.asking("review"), place, request))
    return _review(opened, kept=kept["reviewId"])


def judged(opened: Opened) -> Response:
    """The work list, once it is kept what to think of broken glass."""
    request = read_shape(glass.ReviewRequest, opened.form)
    glass.review(opened.asking("review_glass"), glass.GlassId(glass_id=opened.about), request)
    return worklist(opened)


def decided(opened: Opened) -> Response:
    """The work list, once it is kept what was decided of a contest."""
    how, _, reason = opened.form.get("how", "").partition(":")
    said = {"decision": how, "reasonCode": reason, "words": opened.form.get("words", "")}
    request = read_shape(decision.Request, said)
    place = decision.ContestId(contest_id=opened.about)
    decision.decide(opened.asking("decide_contest"), place, request)
    return worklist(opened)


def _review(opened: Opened, kept: str | None) -> Response:
    return opened.drawing.page(
        "review", opened.session, score_id=opened.about, reasons=OVERRIDE_REASONS, kept=kept
    )


def _moved(desk: Desk, office: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = 0
    while told := json.loads(alerts.alerts(desk, alerts.Place(office=office, after=after)))[
        "alerts"
    ]:
        found += told
        after = told[-1]["position"]
    return found


def _broken(desk: Desk, office: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while told := json.loads(glass.listed(desk, glass.Place(office=office, after=after)))["glass"]:
        found += told
        after = told[-1]["glassId"]
    return found


def _contested(desk: Desk, office: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while told := json.loads(decision.listed(desk, decision.Place(office=office, after=after)))[
        "contests"
    ]:
        found += told
        after = told[-1]["contestId"]
    return found
