"""The curve: how well a way of fitting ranks children it has not seen, by the share of the history.

Households are left out, whole; those that are judged stay the same. The share doubles from point to
point, so that the last step says what twice as much has brought (Cortes et al. 1994). A smaller
share can be taken in several ways: two parts without a household in common are fitted, and their
mean is told, so that it rests less on who was left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

import numpy as np

from features.errors import KizukiError
from models.groups import Estimate, Ints, estimate, resamples
from models.measures import MEASURES, Numbers
from models.spec import ModelSpec
from training.rotate import unseen_trees
from training.slices import Slice, Slices, says_something
from training.splits import FIT, STOP, TEST, drawn

SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)
MOST_PARTS = 2  # fitted of a share that is not the whole
SHOWN = ("auroc", "average_precision", "recall_top_20")  # those that only ask for the order
JUDGE = "auroc"  # whose last step says whether more would help
WORTH = 0.01  # of it; a smaller gain changes nobody's day
SEED = 20244  # any fixed number: the same case file gives the same intervals


@dataclass(frozen=True)
class Point:
    """What was measured with a share of the history, in so many parts of so many examples each."""

    share: float
    parts: int
    examples: int
    measures: Mapping[str, Estimate]


@dataclass(frozen=True)
class Curve:
    """The points from the least history on, and what the last doubling brought.

    `judged` are the first day, last day, count and outcomes of those who are judged; `reaches`
    says whether all of the history certainly reaches the gate of the spec, None where it has none.
    """

    judged: tuple[str, str, int, int]
    points: Sequence[Point]
    gain: Estimate
    reaches: bool | None

    @property
    def verdict(self) -> str:
        """`enough`, `more_helps`, or `cannot_tell` where the interval allows both."""
        if self.gain.high < WORTH:
            return "enough"
        return "more_helps" if self.gain.low > 0 else "cannot_tell"


@dataclass(frozen=True)
class _Fitted:
    """One part of the history: the examples fitted on, and the margins of the judged children."""

    examples: int
    margins: Numbers


Parts = Sequence[_Fitted]


def learning_curve(spec: ModelSpec, slices: Slices) -> Curve:
    """Fit with each share of the history and judge the same children, those of the test slice.

    A share too small to fit on is left out. Raises KizukiError where that is a half already.
    """
    test = slices.by_name[TEST]
    draws = list(resamples(test.clusters, np.random.default_rng(SEED)))
    fitted = {share: list(_fits(spec, slices, share)) for share in SHARES}
    *_, half, whole = fitted.values()
    if not half:
        raise KizukiError(
            f"{spec.name}: a half of the history is too little to fit on: "
            "give more children or more years"
        )
    points = [
        Point(share, len(parts), _size(parts), _measures(parts, test.outcomes, draws))
        for share, parts in fitted.items()
        if parts
    ]
    gain = _gain(whole, half, test.outcomes, draws)
    return Curve(test.about, points, gain, _reaches(spec, points[-1]))


def _fits(spec: ModelSpec, slices: Slices, share: float) -> Iterator[_Fitted]:
    """Each part of a share that is large enough to fit on."""
    for part in range(min(MOST_PARTS, round(1 / share))):
        thinned = {
            name: _thinned(slices.by_name[name], part * share, (part + 1) * share)
            for name in (FIT, STOP)
        }
        if all(map(says_something, thinned.values())):
            kept = replace(slices, by_name={**slices.by_name, **thinned})
            yield _Fitted(len(thinned[FIT].outcomes), unseen_trees(spec, kept)[1])


def _thinned(part: Slice, begin: float, end: float) -> Slice:
    """The examples of the households whose place, from 0 to 1, lies in the span."""
    places = drawn(part.examples.households, "learning curve of ", 6) / 2**48
    return part.at((begin <= places) & (places < end))


def _size(parts: Parts) -> int:
    return round(mean(part.examples for part in parts))


def _measures(parts: Parts, outcomes: Numbers, draws: Sequence[Ints]) -> dict[str, Estimate]:
    everything = np.arange(len(outcomes))
    return {
        name: estimate(
            _measure(name, parts, outcomes, everything),
            [_measure(name, parts, outcomes, draw) for draw in draws],
        )
        for name in SHOWN
    }


def _gain(more: Parts, less: Parts, outcomes: Numbers, draws: Sequence[Ints]) -> Estimate:
    """What more history brought, on the same children in every resample."""

    def gained(places: Ints) -> float:
        after, before = (_measure(JUDGE, parts, outcomes, places) for parts in (more, less))
        return after - before

    return estimate(gained(np.arange(len(outcomes))), [gained(draw) for draw in draws])


def _measure(name: str, parts: Parts, outcomes: Numbers, places: Ints) -> float:
    """A measure of the children at the places, the mean over the parts."""
    of = MEASURES[name].of
    return mean(of(outcomes[places], part.margins[places]) for part in parts)


def _reaches(spec: ModelSpec, whole: Point) -> bool | None:
    least = [gate.at_least for gate in spec.gates if gate.measure == JUDGE and gate.by is None]
    if not least or least[0] is None:
        return None
    return whole.measures[JUDGE].low >= least[0]
