"""Expressions that many questions share, as they are said in Polars."""

import polars as pl
from polars import Expr, LazyFrame, col, when

kind, outcome, ago, latest = col("kind"), col("outcome"), col("ago"), col("latest")
relation, source, role, site = col("relation"), col("source"), col("role"), col("site")
last_ago = pl.min_horizontal(ago, col("cutoff") - col("until") + 1)  # days since a span's last day
is_open = col("until") > col("cutoff")


def latest_of(mask: Expr) -> Expr:
    """Days since the last of the rows for which the mask is true."""
    return when(mask).then(ago).min()


def most(number: str, mask: Expr) -> Expr:
    """The largest number of the rows for which the mask is true."""
    return when(mask).then(col(number)).max()


def known_sum(number: str, mask: Expr) -> Expr:
    """The sum of the known numbers; missing where rows are there and none is known."""
    known = mask & col(number).is_not_null()
    return when(known.any() | ~mask.any()).then(when(mask).then(col(number)).sum())


def kinds(bits: str, mask: Expr) -> Expr:
    """How many different codes; missing where rows are there and no code is known."""
    seen = when(mask).then(col(bits)).bitwise_or().bitwise_count_ones()
    return when(mask.any()).then(when(seen > 0).then(seen)).otherwise(0)


def with_reach(spans: LazyFrame) -> LazyFrame:
    """Spans with the furthest end among those before: a day in two of them is counted once.

    The running maximum starts anew at each pair, as each pair's days are moved beyond the last's.
    """
    far = col("pair").cast(pl.Int64) * (1 << 26)
    ends = pl.min_horizontal("until", col("cutoff") + 1)
    reached = (far + col("ends")).cum_max().shift(1) - far
    return spans.sort("pair", "happened").with_columns(ends=ends).with_columns(reached=reached)


def days_covered(days: int | None = None) -> Expr:
    opens = [] if days is None else [col("cutoff") - days + 1]
    starts = pl.max_horizontal("happened", "reached", *opens)
    return (col("ends") - starts).clip(0).sum()
