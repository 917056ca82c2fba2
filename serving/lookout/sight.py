"""A sight of a child: how it stands now, and whether it moved since it was last looked at.

The answer behind it is journaled under a key that follows from what was known, so that whoever is
cut off and looks again finds it there: nobody is scored twice for the same history by one bundle.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

from serving.advice import LOOK
from serving.champions import chosen
from serving.desk import Desk
from serving.endpoints import score
from serving.keys import Key
from serving.log import log
from serving.problems import Problem
from serving.question import Question
from serving.shape import read_shape
from serving.store.alerting import Alert, Sight
from serving.store.standing import Standing
from serving.store.store import Store
from serving.strict_json import canonical
from serving.who.asker import ITSELF

Before = Callable[[Standing], Standing]


def sight(
    desk: Desk, store: Store, office: str, child: str, received: int, before: Before
) -> Sight | None:
    """What is seen of a child as of today, by the first `received` events of its office.

    `before` tells how a child stood that was never looked at. None where it stands as it is kept,
    or cannot be asked about. Raises Problem where no score can be given now.
    """
    asked = question(desk, office, child, received)
    if asked is None:
        return None
    digest = chosen(desk.champions, asked.model).bundle.digest
    was = store.standing(office, child, asked.model)
    if was and (was.digest, was.history) == (digest, _history(desk, asked)):
        return None
    now = standing(desk, office, asked, received)
    if now is None:
        return None
    was = was or before(now)
    moved = _alert(desk.new_id(), was, now)
    # Where no score can be told now, it is the last that a later one is compared with.
    return Sight(replace(now, band=now.band or was.band), moved)


def question(
    desk: Desk, office: str, child: str, received: int, model: str | None = None
) -> Question | None:
    """What is asked of a child as of today; None where it was not on record by then."""
    today = desk.clock().date().isoformat()
    asked = {"child": child, "cutoff": today, "office": office, "received": received}
    named = {"model": model} if model else {}
    try:
        return read_shape(score.Request, {**asked, **named}).question(desk)
    except Problem as problem:
        raise_unless_refused(problem)
        return None


def standing(desk: Desk, office: str, asked: Question, received: int) -> Standing | None:
    """How a child stands by an answer that is journaled; None where the question is refused."""
    history = _history(desk, asked)
    digest = chosen(desk.champions, asked.model).bundle.digest
    of = f"look {office} {asked.model} {digest} {history}"  # of two offices, each has its own
    key = hashlib.sha256(of.encode()).hexdigest()
    own = replace(desk, key=Key(key, key), challengers=None, asker=ITSELF)
    try:
        answer = own.answer(asked, score.write, LOOK).answer
    except Problem as problem:
        raise_unless_refused(problem)
        return None
    said = json.loads(answer)
    return Standing(
        child=asked.child,
        model=asked.model,
        digest=digest,
        history=history,
        cutoff=asked.cutoff,
        received=received,
        band=said["band"] and said["band"]["code"],
        red_flags=sorted(flag["code"] for flag in said["redFlags"]),
        score_id=said["scoreId"],
        at=desk.clock().isoformat(),
    )


def raise_unless_refused(problem: Problem) -> None:
    """Log that a child cannot be asked about; a problem that can pass is raised again."""
    if problem.code != "invalid_request":
        raise problem
    log("a child could not be looked at", code=problem.code)


def _alert(alert_id: str, was: Standing, now: Standing) -> Alert | None:
    raised = set(now.red_flags) - set(was.red_flags)
    moved = now.band != was.band and None not in {now.band, was.band}
    if not moved and not raised:
        return None
    return Alert(
        id=alert_id,
        at=now.at,
        child=now.child,
        model=now.model,
        cutoff=now.cutoff,
        received=now.received,
        band_before=was.band if now.band else None,
        band=now.band,
        red_flags=sorted(raised),
        score_id=now.score_id,
    )


def _history(desk: Desk, asked: Question) -> str:
    """The SHA-256 of all that was known, as of when, and of what may be shown."""
    known = [asked.child, asked.cutoff.isoformat(), asked.case_file, asked.coverage, desk.silent]
    return hashlib.sha256(canonical(known)).hexdigest()
