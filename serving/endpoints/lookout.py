"""The lookout: who moved across a band, or of whom red flags were raised, since new events came.

Each child whom they concern is asked about as of today, twice: by what the store had received
before these events, and by what it has with them. So nothing needs to be remembered of a child.
"""

from serving.advice import Advice, Written
from serving.desk import Desk
from serving.endpoints import score
from serving.log import log
from serving.problems import Problem
from serving.question import Question
from serving.shape import read_shape
from serving.store.alerting import Alert, Unlooked
from serving.store.store import Store

AT_ONCE = 200  # events; more are looked at when it is asked again


def look(desk: Desk, store: Store, office: str) -> Unlooked:
    """Look at those whom the next events concern, and keep an alert of each who moved.

    Raises Problem where no score can be given now: then they are looked at the next time.
    """
    looked = store.unlooked(office, AT_ONCE)
    seen = [alert for child in looked.children if (alert := _alert(desk, office, child, looked))]
    if looked.received > looked.after:
        store.keep_looked(office, looked, seen)
    return looked


def _alert(desk: Desk, office: str, child: str, looked: Unlooked) -> Alert | None:
    """The alert of a child, the answer behind it being in the journal; None where nothing moved."""
    asked = _question(desk, office, child, looked.received)
    if asked is None:
        return None
    before = _question(desk, office, child, looked.after) if looked.after else None
    was, now = _advice(desk, before), _advice(desk, asked)
    band_before, band = _band(was), _band(now)
    raised = _flags(now) - _flags(was)
    moved = band_before != band and None not in {band_before, band}
    if not moved and not raised:
        return None
    kept = _journaled(desk, asked)
    return Alert(
        id=desk.new_id(),
        at=kept.at.isoformat(),
        child=child,
        model=asked.model,
        cutoff=asked.cutoff,
        received=looked.received,
        band_before=band_before,
        band=band,
        red_flags=sorted(raised),
        score_id=kept.id,
    )


def _question(desk: Desk, office: str, child: str, received: int) -> Question | None:
    """What is asked of a child; None where the child was not on record by then."""
    today = desk.clock().date().isoformat()
    asked = {"child": child, "cutoff": today, "office": office, "received": received}
    try:
        return read_shape(score.Request, asked).question(desk)
    except Problem as problem:
        if problem.kind.status >= 500:
            raise
        return None


def _advice(desk: Desk, question: Question | None) -> Advice | None:
    """What may be shown of the advice; what cannot be asked is left to who looks at the log."""
    if question is None:
        return None
    try:
        with desk.turn:
            return desk.shown(desk.advise(question))
    except Problem as problem:
        if problem.kind.status >= 500:
            raise
        log("a child could not be looked at", code=problem.code)
        return None


def _journaled(desk: Desk, question: Question) -> Advice:
    kept: list[Advice] = []

    def write(advice: Advice) -> Written:
        kept.append(advice)
        return score.write(advice)

    desk.answer(question, write)
    return kept[0]


def _band(advice: Advice | None) -> str | None:
    return advice.score.band.code if advice and advice.score else None


def _flags(advice: Advice | None) -> set[str]:
    return {flag.code for flag in advice.red_flags} if advice else set()
