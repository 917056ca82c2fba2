"""How facts fade: the weight of a row by the days since it happened."""

from functools import cache

Weights = tuple[float, ...]
LONGEST = 110_000  # days: longer than from the first to the last day that a case file can have


@cache
def weights(half_life: int) -> Weights:
    """The weight after 0, 1, 2, … days: 1, halved with every half-life of so many days.

    The one table that every engine reads, so that all count with the same floats.
    """
    return tuple(0.5 ** (days / half_life) for days in range(LONGEST))
