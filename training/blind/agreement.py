"""Agreement: how near model and specialists judged, beyond what chance alone would give.

Weighted kappa (Cohen 1968) over the four bands, with quadratic weights: two bands apart weighs four
times as much as one. Its interval comes from resamples of whole cases, each with all who judged it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import nan

import numpy as np
from sklearn.metrics import cohen_kappa_score

from features.groups import LEAST_EXAMPLES
from models.bands import BAND_NAMES
from models.groups import Estimate, Ints, estimate, resamples
from training.blind.folder import Entered, Judgement, Key

SEED = 20243  # any fixed number: the same judgements give the same intervals
FAR = 2  # bands apart
_PLACES = {name.code: place for place, name in enumerate(BAND_NAMES)}


@dataclass(frozen=True)
class Agreement:
    """How two judged the same cases, each a band's place from 0 on, one of each a pair.

    `first` is the model, or one specialist of two; `above` counts the pairs in which it is the
    higher, `far_above` those by two bands or more, and so on.
    """

    who: str
    count: int
    kappa: Estimate
    same: int
    above: int
    far_above: int
    below: int
    far_below: int

    @property
    def enough(self) -> bool:
        """Whether there are pairs enough to conclude anything from the kappa."""
        return self.count >= LEAST_EXAMPLES


@dataclass(frozen=True)
class Apart:
    """A case that a specialist judged two bands or more away from the model, and why."""

    case: int
    score: int
    band: str
    by: str
    judged: Judgement

    @property
    def bands(self) -> int:
        """How many bands the model lies above the specialist; below where negative."""
        return _PLACES[self.band] - _PLACES[self.judged.band]


@dataclass(frozen=True)
class Compared:
    """A comparison: with everybody, with each specialist, and between the specialists.

    `between` is None where no two of them have judged the same case. `table` counts the pairs by
    the band of the model (down) and of the specialist (across).
    """

    over_all: Agreement
    each: Sequence[Agreement]
    between: Agreement | None
    table: Ints
    apart: Sequence[Apart]


def compare(key: Key, entered: Sequence[Entered]) -> Compared:
    """Hold what everybody judged against the key; cases judged furthest too low come first."""
    pairs = {e.by: _with_model(key, e.judgements) for e in entered}
    everything = [pair for judged in pairs.values() for pair in judged]
    between = list(_between(entered))
    places = np.array(everything)
    table = np.zeros((len(_PLACES), len(_PLACES)), dtype=np.int64)
    np.add.at(table, (places[:, 1], places[:, 2]), 1)
    return Compared(
        over_all=agree("", everything),
        each=[agree(by, judged) for by, judged in pairs.items()],
        between=agree("", between) if between else None,
        table=table,
        apart=sorted(_apart(key, entered), key=lambda one: (one.bands, one.case, one.by)),
    )


def agree(who: str, pairs: Sequence[tuple[int, int, int]]) -> Agreement:
    """The agreement of pairs: the case, and the place of the band that either judged."""
    cases, first, second = np.array(pairs, dtype=np.int64).T
    draws = resamples(cases, np.random.default_rng(SEED))
    apart = first - second
    return Agreement(
        who=who,
        count=len(pairs),
        kappa=estimate(kappa(first, second), [kappa(first[d], second[d]) for d in draws]),
        same=int((apart == 0).sum()),
        above=int((apart > 0).sum()),
        far_above=int((apart >= FAR).sum()),
        below=int((apart < 0).sum()),
        far_below=int((apart <= -FAR).sum()),
    )


def kappa(first: Ints, second: Ints) -> float:
    """Weighted kappa of two judges; NaN where both judged everything alike, in one band."""
    if len({*first.tolist(), *second.tolist()}) < 2:
        return nan
    return float(
        cohen_kappa_score(first, second, labels=list(_PLACES.values()), weights="quadratic")
    )


def _with_model(key: Key, judgements: Sequence[Judgement]) -> list[tuple[int, int, int]]:
    return [(j.case, _PLACES[key.cases[j.case].band], _PLACES[j.band]) for j in judgements]


def _between(entered: Sequence[Entered]) -> Iterator[tuple[int, int, int]]:
    """The cases that two specialists judged, once for every two of them."""
    by_case: list[Mapping[int, str]] = [{j.case: j.band for j in e.judgements} for e in entered]
    for one, other in combinations(by_case, 2):
        for case in sorted(one.keys() & other.keys()):
            yield case, _PLACES[one[case]], _PLACES[other[case]]


def _apart(key: Key, entered: Sequence[Entered]) -> Iterator[Apart]:
    for each in entered:
        for judged in each.judgements:
            case = key.cases[judged.case]
            one = Apart(case.number, case.score, case.band, each.by, judged)
            if abs(one.bands) >= FAR:
                yield one
