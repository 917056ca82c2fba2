"""GET /v1/score/{scoreId}/replay: the same question again, to the bundle that answered it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from features.errors import KizukiError
from serving.about import ScoreId, read_by
from serving.advice import LOOK, REPORT, SCORE, SILENT, Advice, Written
from serving.champions import Champion
from serving.desk import Desk
from serving.endpoints import report, score
from serving.journal import Entry
from serving.problems import Problem
from serving.shape import Shape, read_shape
from serving.strict_json import parse
from serving.who.asker import NOBODY

_Written = TypeVar("_Written")

_WRITERS: dict[str, Callable[[Advice], Written]] = {
    SCORE: score.write,
    LOOK: score.write,
    REPORT: report.write,
}


class Response(Shape, title="Replay"):
    """Whether the same bytes come out; else in which parts they differ."""

    score_id: str
    same: bool
    differing: list[str]


def replayed(desk: Desk, place: ScoreId) -> bytes:
    """What comes of asking again; that it was tried is in the journal already."""
    kept = desk.said(place.score_id)
    differing = differences(kept, said_again(desk, kept, _WRITERS[kept.kind]))
    response = Response(score_id=kept.id, same=not differing, differing=differing)
    return read_by(desk, kept, "replay", response.json_bytes)


def said_again(desk: Desk, kept: Entry, write: Callable[[Advice], _Written]) -> _Written:
    """What the bundle that answered makes of the question today, as `write` puts it into words.

    Raises Problem where it is not to be had any more.
    """
    champion = desk.champions.get(kept.model)
    try:
        if champion is None or champion.bundle.digest != kept.digest:
            champion = desk.past(kept.model, kept.digest, kept.at)
        with desk.turn:
            return write(desk.shown(advise_again(desk, kept, champion)))
    except KizukiError:
        raise Problem("not_again", "The bundle that answered is not to be had any more.") from None


def replay(desk: Desk, entry: Entry, champion: Champion) -> Written:
    """What the champion says today to the request of an entry, at its time and under its id.

    Raises KizukiError where it will not answer.
    """
    return _WRITERS[entry.kind](advise_again(desk, entry, champion))


def advise_again(desk: Desk, entry: Entry, champion: Champion) -> Advice:
    """What the champion makes of the request of an entry, as far as it could be shown then.

    Raises KizukiError where it will not answer, or where the entry is no answer.
    """
    if entry.kind not in _WRITERS:
        raise KizukiError(f"{entry.id} is no answer, but a {entry.kind} of one")
    said = json.loads(entry.answer)
    then = replace(
        desk,
        champions={entry.model: champion},
        model=entry.model,
        language=said["language"],
        challengers=None,
        asker=NOBODY,  # what was permitted then is not asked again
        silent=SILENT.code in {why["code"] for why in said["cannotTell"]},
        clock=lambda: entry.at,
        new_id=lambda: entry.id,
    )
    try:
        question = read_shape(score.Request, parse(entry.asked)).question(then)
        return then.shown(then.advise(question))
    except Problem as problem:
        raise KizukiError(f"{entry.id} is not answered any more: {problem.detail}") from None


def differences(entry: Entry, again: Written) -> list[str]:
    """The parts of an answer that are not the same bytes as before."""
    parts = {"answer": (entry.answer, again.answer), "page": (entry.page, again.page)}
    return [name for name, (before, now) in parts.items() if before != now]
