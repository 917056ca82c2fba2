"""Replay: an answer of the journal, given anew from what was asked, by the bundle that gave it."""

import json
from collections.abc import Callable
from dataclasses import replace

from features.errors import KizukiError
from serving.champions import Champion
from serving.desk import SILENT, Advice, Desk, Written
from serving.endpoints import report, score
from serving.journal import Entry
from serving.problems import Problem
from serving.shape import read_shape
from serving.strict_json import parse

_WRITERS: dict[str, Callable[[Advice], Written]] = {"score": score.write, "report": report.write}


def replay(desk: Desk, entry: Entry, champion: Champion) -> Written:
    """What the champion says today to the request of an entry, at its time and under its id.

    Raises KizukiError where it will not answer.
    """
    said = json.loads(entry.answer)
    then = replace(
        desk,
        champions={entry.model: champion},
        model=entry.model,
        language=said["language"],
        challengers=None,
        silent=SILENT.code in {why["code"] for why in said["cannotTell"]},
        clock=lambda: entry.at,
        new_id=lambda: entry.id,
    )
    try:
        question = read_shape(score.Request, parse(entry.asked)).question(then)
        return _WRITERS[entry.kind](then.shown(then.advise(question)))
    except Problem as problem:
        raise KizukiError(f"{entry.id} is not answered any more: {problem.detail}") from None


def differences(entry: Entry, again: Written) -> list[str]:
    """The parts of an answer that are not the same bytes as before."""
    parts = {"answer": (entry.answer, again.answer), "page": (entry.page, again.page)}
    return [name for name, (before, now) in parts.items() if before != now]
