"""Which way a value goes at a split, exactly as LightGBM decides it."""

from math import isnan

from features.engines.compiled import compiled, inlined
from models.trees.text import NAN, ZERO, Places, Splits

TINY = 1e-35  # LightGBM takes what is nearer to 0 as 0


@inlined
def goes_left(kind: int, default_left: int, threshold: float, value: float) -> float:
    """1 where a number goes left at a split of that kind, else 0.

    It takes numbers alone, and does not branch: an array that is handed over is counted in and out
    again, which for each split took longer than all the rest.
    """
    unknown = isnan(value)
    value = 0.0 if unknown & (kind != NAN) else value
    missing = (unknown & (kind == NAN)) | ((kind == ZERO) & (abs(value) <= TINY))
    left = (missing & (default_left != 0)) | ((not missing) & (value <= threshold))
    return 1.0 if left else 0.0


@compiled
def in_set(splits: Splits, words: Places, split: int, value: float) -> float:
    """1 where a category is among those that go left; one that is missing or unknown is not."""
    if isnan(value) or not -1.0 < value < 32.0 * splits[split].width:
        return 0.0
    code = int(value)
    word = words[int(splits[split].threshold) + code // 32]
    return float((word >> (code % 32)) & 1)
