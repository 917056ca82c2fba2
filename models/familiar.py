"""What was common among the rows that were learnt from, so that a strange row is noticed.

Trees answer any row: far from all they have learnt from, they say what the nearest corner said.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from models.measures import Numbers

LEAST_SEEN = 10  # rows: what fewer were like is strange, and no limit tells of a single child


@dataclass(frozen=True)
class Familiar:
    """For each column, in the model's order, what was common.

    At least ten rows were as low as `lowest` or lower, and ten as high as `highest` or higher; both
    are None where fewer had an answer. `unanswered` says whether as many had none. `weight` is the
    column's share in the gain of the trees: how much the model leans on it.
    """

    lowest: tuple[float | None, ...]
    highest: tuple[float | None, ...]
    unanswered: tuple[bool, ...]
    weight: tuple[float, ...]

    @property
    def columns(self) -> int:
        """Of how many columns it speaks."""
        return len(self.weight)

    def strange(self, rows: Numbers) -> npt.NDArray[np.bool_]:
        """Which answers are strange: rows by columns, NaN where there is no answer."""
        lowest, highest = self._limits
        missing = np.isnan(rows)
        return np.where(missing, ~np.array(self.unanswered), (rows < lowest) | (rows > highest))

    def strangeness(self, rows: Numbers) -> Numbers:
        """For each row, the share of what the trees lean on that is strange in it, 0 to 1."""
        share: Numbers = np.where(self.strange(rows), self.weight, 0.0).sum(axis=1)
        return share

    @cached_property
    def _limits(self) -> tuple[Numbers, Numbers]:
        nothing_low = [np.inf if low is None else low for low in self.lowest]
        nothing_high = [-np.inf if high is None else high for high in self.highest]
        return np.array(nothing_low), np.array(nothing_high)


def familiar_of(rows: Numbers, gains: Numbers) -> Familiar:
    """What is common in rows (rows by columns); `gains` is what each column gained the trees."""
    answers = np.sort(rows, axis=0)  # NaN comes last
    counts = (~np.isnan(rows)).sum(axis=0).tolist()
    columns = range(rows.shape[1])
    enough = [count >= LEAST_SEEN for count in counts]
    low, high = LEAST_SEEN - 1, LEAST_SEEN
    return Familiar(
        lowest=tuple(float(answers[low, c]) if enough[c] else None for c in columns),
        highest=tuple(float(answers[counts[c] - high, c]) if enough[c] else None for c in columns),
        unanswered=tuple(len(rows) - count >= LEAST_SEEN for count in counts),
        weight=tuple((gains / (gains.sum() or 1.0)).tolist()),
    )
