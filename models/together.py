"""Reasons that act together: what two of them weigh beyond what each weighs by itself.

Exact for the pairs that are asked about, see `models.shapley.interactions`. Of what two reasons do
together, half is in the share of each already, so a pair explains shares and adds nothing to them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from features.engines.one_child import Answer
from models.bundle import Bundle
from models.explain import ReasonGiven
from models.score import numbers_of
from models.shapley import interactions

MOST_PAIRS = 2
LEAST_PART = 0.1  # of the weightiest reason: what is slighter than that is not worth a word


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reasons and, in log-odds, what they do together: above zero where that raises."""

    one: ReasonGiven
    other: ReasonGiven
    joint: float

    @property
    def way(self) -> Literal["more_together", "overlap"] | None:
        """How two reasons that pull the same way act together; None where they pull apart."""
        if self.one.raises != self.other.raises:
            return None
        return "more_together" if self.one.raises == (self.joint > 0) else "overlap"


def together(bundle: Bundle, row: Mapping[str, Answer], given: Sequence[ReasonGiven]) -> list[Pair]:
    """The few pairs among these reasons that do most together, the weightiest first."""
    joint = interactions(bundle.paths, numbers_of(bundle.spec, row)[0])
    place = {column.name: place for place, column in enumerate(bundle.spec.columns)}
    places = [[place[column.name] for column in reason.feature.columns] for reason in given]
    pairs = [
        Pair(given[one], given[other], 2 * float(joint[np.ix_(places[one], places[other])].sum()))
        for one, other in combinations(range(len(given)), 2)
    ]
    least = LEAST_PART * max((abs(reason.share) for reason in given), default=0.0)
    weighty = [pair for pair in pairs if abs(pair.joint) > least]
    return sorted(weighty, key=lambda pair: abs(pair.joint), reverse=True)[:MOST_PAIRS]
