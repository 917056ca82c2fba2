"""What the pages show: each asks the desk as its reader, so that policy and journal know of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from serving.about import ScoreId
from serving.contest_reasons import TURNED_DOWN_REASONS, UPHELD_REASONS
from serving.desk import Desk
from serving.endpoints import alerts, decision, glass, notices, page, tending
from serving.endpoints import review as reviews
from serving.glass_reasons import GLASS_REASONS
from serving.override_reasons import OVERRIDE_REASONS
from serving.pages.drawing import Drawing, answer
from serving.shape import read_shape
from serving.who.asker import Action, Asker
from serving.who.sessions import Session

MOST_TENDED = 200  # of one page


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
    """Whom records moved that nobody has tended; to who supervises also contests, broken glass."""
    office, roles = opened.asker.office, opened.asker.roles
    moved, broken, contested, noticed = None, None, None, []
    if office and roles & {"screener", "supervisor"}:
        asking = opened.asking("read_worklist")
        moved = _moved(asking, office, still_open=True)[::-1]
        noticed = _noticed(asking, office)[::-1]
    if office and "supervisor" in roles:
        broken = [
            one for one in _broken(opened.asking("review_glass"), office) if not one["reviews"]
        ]
        contested = _contested(opened.asking("decide_contest"), office)
    return opened.drawing.page(
        "worklist",
        opened.session,
        alerts=moved,
        notices=noticed,
        glass=broken,
        glass_reasons=GLASS_REASONS,
        contests=contested,
        ways={"upheld": UPHELD_REASONS, "turned_down": TURNED_DOWN_REASONS},
    )


def tended_alerts(opened: Opened) -> Response:
    """Whom records moved that somebody has tended, the latest first; the API tells all of them."""
    moved = _moved(opened.asking("read_worklist"), opened.asker.office or "", still_open=False)
    those = [alert for alert in moved[::-1] if alert["tended"]]
    latest = sorted(those, key=lambda alert: str(alert["tended"]["at"]), reverse=True)
    return opened.drawing.page(
        "alerts", opened.session, alerts=latest[:MOST_TENDED], most=MOST_TENDED
    )


def report(opened: Opened) -> Response:
    """An answer explained: the very page that is in the journal; an alarm where glass is broken."""
    asking = opened.asking("read_answer")
    kept = page.readable(asking, ScoreId(score_id=opened.about))
    drawn = page.read_page(asking, kept).decode()
    until = asking.handling(kept.office, kept.child).until
    alarm = opened.drawing.text("glass", until=until) if until else ""
    return answer(drawn.replace("<header>", f"{alarm}<header>", 1))


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


def tended(opened: Opened) -> Response:
    """The work list, once it is kept who has dealt with an alert, and how."""
    said = {name: value for name, value in opened.form.items() if value}
    request = read_shape(tending.Request, {**said, "office": opened.asker.office})
    place = tending.AlertId(alert_id=opened.about)
    tending.tend(opened.asking("tend_alert"), place, request)
    return worklist(opened)


def acknowledged(opened: Opened) -> Response:
    """The work list, once it is kept that a notice was seen."""
    request = read_shape(notices.Request, {**opened.form, "office": opened.asker.office})
    place = notices.NoticeId(notice_id=opened.about)
    notices.acknowledge(opened.asking("acknowledge_notice"), place, request)
    return worklist(opened)


def _review(opened: Opened, kept: str | None) -> Response:
    return opened.drawing.page(
        "review", opened.session, score_id=opened.about, reasons=OVERRIDE_REASONS, kept=kept
    )


def _moved(desk: Desk, office: str, *, still_open: bool) -> list[dict[str, Any]]:
    return _whole(
        lambda after: alerts.alerts(
            desk, alerts.Place(office=office, after=after or 0, open=still_open)
        ),
        "alerts", "position",
    )  # fmt: skip


def _noticed(desk: Desk, office: str) -> list[dict[str, Any]]:
    return _whole(
        lambda after: notices.notices(
            desk, alerts.Place(office=office, after=after or 0, open=True)
        ),
        "notices", "position",
    )  # fmt: skip


def _broken(desk: Desk, office: str) -> list[dict[str, Any]]:
    return _whole(
        lambda after: glass.listed(desk, glass.Place(office=office, after=after)),
        "glass", "glassId",
    )  # fmt: skip


def _contested(desk: Desk, office: str) -> list[dict[str, Any]]:
    return _whole(
        lambda after: decision.listed(desk, decision.Place(office=office, after=after)),
        "contests", "contestId",
    )  # fmt: skip


def _whole(ask: Callable[[Any], bytes], name: str, last: str) -> list[dict[str, Any]]:
    """A list that is told in parts, each behind the last one of the part before."""
    found: list[dict[str, Any]] = []
    while told := json.loads(ask(found[-1][last] if found else None))[name]:
        found += told
    return found
