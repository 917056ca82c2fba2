"""Rules that choose a candidate, and what each would have cost: its regret.

At each origin a rule looks at the origins before it and chooses; its regret is how much better the
best candidate of that origin did. As in the audition of dssg's triage, the rule is judged, and not
the candidate that was lucky once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.measures import Numbers

NEAR = 0.01  # of the best: no office would notice the difference


@dataclass(frozen=True)
class Board:
    """How candidates did: `values` is candidates by origins in order; `sizes` one a candidate."""

    values: Numbers
    sizes: Numbers

    def before(self, origin: int) -> "Board":
        """What was known of them before an origin."""
        return Board(self.values[:, :origin], self.sizes)


Rule = Callable[[Board], int]


def simplest_near_best(board: Board) -> int:
    """The smallest that is within one standard error of the best on average (Breiman et al. 1984).

    The error is that of the difference from the best over the origins: one at which everybody does
    badly says nothing of who is better.
    """
    best, count = best_mean(board), board.values.shape[1]
    behind = board.values[best] - board.values
    errors = behind.std(axis=1, ddof=1) / np.sqrt(count) if count > 1 else 0.0
    near = np.flatnonzero(behind.mean(axis=1) <= errors)
    return int(near[np.lexsort((behind.mean(axis=1)[near], board.sizes[near]))[0]])


def best_last(board: Board) -> int:
    """The best at the last origin."""
    return int(board.values[:, -1].argmax())


def best_mean(board: Board) -> int:
    """The best on average."""
    return int(board.values.mean(axis=1).argmax())


def best_recent(board: Board) -> int:
    """The best on average, where each origin weighs more than the one before."""
    weights = np.arange(1, board.values.shape[1] + 1)
    return int((board.values @ weights).argmax())


def best_steady(board: Board) -> int:
    """The best on average less its deviation over the origins."""
    return int((board.values.mean(axis=1) - board.values.std(axis=1)).argmax())


def often_near_best(board: Board) -> int:
    """The one most often near the best of an origin; of several, the best on average."""
    near = (board.values >= board.values.max(axis=0) - NEAR).sum(axis=1)
    return int(np.lexsort((board.values.mean(axis=1), near))[-1])


DEFAULT = "the simplest within one standard error"
RULES: dict[str, Rule] = {
    DEFAULT: simplest_near_best,
    "the best at the last origin": best_last,
    "the best on average": best_mean,
    "the best on average, recent origins first": best_recent,
    "the best on average less its deviation": best_steady,
    f"most often within {NEAR} of the best": often_near_best,
}


def regrets(rule: Rule, board: Board) -> list[float]:
    """What the rule's choice lost at each origin after the first."""
    return [
        float(board.values[:, origin].max() - board.values[rule(board.before(origin)), origin])
        for origin in range(1, board.values.shape[1])
    ]


def regret_of_chance(board: Board) -> float:
    """What choosing any candidate at random loses on average at an origin after the first."""
    after = board.values[:, 1:]
    return float((after.max(axis=0) - after).mean())
