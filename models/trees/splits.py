"""Which way a value goes at a split, exactly as LightGBM decides it."""

from math import isnan

from features.engines.compiled import compiled
from models.trees.text import CATEGORY, NAN, ZERO, Places, Splits

TINY = 1e-35  # LightGBM takes what is nearer to 0 as 0


@compiled
def goes_left(splits: Splits, words: Places, split: int, value: float) -> float:
    """1 where a value goes left at a split, else 0."""
    kind = splits[split].kind
    if kind == CATEGORY:
        return in_set(splits, words, split, value)
    if isnan(value) and kind != NAN:
        value = 0.0
    if isnan(value) or (kind == ZERO and -TINY <= value <= TINY):
        return float(splits[split].default_left)
    return 1.0 if value <= splits[split].threshold else 0.0


@compiled
def in_set(splits: Splits, words: Places, split: int, value: float) -> float:
    """1 where a category is among those that go left; one that is missing or unknown is not."""
    if isnan(value) or not -1.0 < value < 32.0 * splits[split].width:
        return 0.0
    code = int(value)
    word = words[int(splits[split].threshold) + code // 32]
    return float((word >> (code % 32)) & 1)
