"""Alarms: what was found, as codes, words and numbers that somebody has to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from serving.watch.column import ColumnDrift, State
from serving.watch.drift import Drift
from serving.watch.thresholds import THRESHOLDS, Threshold


@dataclass(frozen=True)
class Alarm:
    """An alarm that rings: its kind, what it says, what was measured, and the limit.

    `measured` is NaN where it is withheld; `about` names columns, gates or groups; never a child.
    """

    code: str
    words: str
    measured: float
    threshold: float
    about: tuple[str, ...] = ()

    @property
    def kind(self) -> Threshold:
        """What is said of all alarms of its kind."""
        return THRESHOLDS[self.code]


def drift_alarms(drift: Drift) -> list[Alarm]:
    """The alarms of a watch, the ones that explain others first."""
    return [
        *_too_few(drift),
        *_columns([*drift.columns, drift.score], State.MISSING),
        *_columns([*drift.columns, drift.score], State.FROZEN),
        *_columns(drift.columns, State.SHIFTED),
        *_many(drift),
        *_scores(drift),
    ]


def _too_few(drift: Drift) -> Iterator[Alarm]:
    share = len(drift.unclear) / (len(drift.columns) + 1)
    limit = THRESHOLDS["too_few_children"].limit
    if share >= limit:
        told = "too few children were served: that no other alarm rings says little"
        yield Alarm("too_few_children", told, share, limit)


def _columns(columns: Sequence[ColumnDrift], state: State) -> Iterator[Alarm]:
    code = f"column_{state}"
    found = [column for column in columns if column.state is state]
    if found:
        limit, about = THRESHOLDS[code].limit, tuple(column.name for column in found)
        yield Alarm(code, _told(state, len(found)), _worst(state, found), limit, about)


def _told(state: State, count: int) -> str:
    columns = "one column" if count == 1 else f"{count} columns"
    return {
        State.MISSING: f"in {columns} far more values are missing than in the reference",
        State.FROZEN: f"in {columns} every child served has the same value",
        State.SHIFTED: f"in {columns} the values are spread otherwise than in the reference",
    }[state]


def _worst(state: State, columns: Sequence[ColumnDrift]) -> float:
    if state is State.MISSING:
        return max(column.missing_now - column.missing_before for column in columns)
    return 1.0 if state is State.FROZEN else max(column.psi for column in columns)


def _many(drift: Drift) -> Iterator[Alarm]:
    share = len(drift.moved) / len(drift.columns)
    limit = THRESHOLDS["many_columns_moved"].limit
    if share >= limit:
        told = f"{len(drift.moved)} of {len(drift.columns)} columns moved at once"
        yield Alarm("many_columns_moved", told, share, limit)


def _scores(drift: Drift) -> Iterator[Alarm]:
    if drift.score.state is State.SHIFTED:
        told = "the scores are spread otherwise than in the reference"
        yield Alarm("score_shifted", told, drift.score.psi, THRESHOLDS["score_shifted"].limit)
    if abs(drift.level) >= drift.level_from:
        way = "higher" if drift.level > 0 else "lower"
        told = f"the scores are {way} on average than in the reference"
        yield Alarm("score_level", told, drift.level, drift.level_from)
