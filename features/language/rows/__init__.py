"""Rows: the closed set of steps by which a question narrows a child's history.

A question starts at a table, narrows its rows step by step and ends in one value:
`notifications.where(notifications.source.is_("police")).within(YEAR_1).count()`. Every value names
its span exactly once, by `within` a lookback or `following` a horizon (of spans, also by those that
are `beginning` or `ending` in a lookback), so that what can see past the cutoff is plain from the
expression itself.
"""

from features.language.rows.steps import (
    About,
    BeforeAge,
    Beginning,
    Earlier,
    Ending,
    Following,
    Latest,
    LookingBack,
    Narrowed,
    Rows,
    Where,
    Within,
)
from features.language.rows.tables import Of, Table

__all__ = [
    "About",
    "BeforeAge",
    "Beginning",
    "Earlier",
    "Ending",
    "Following",
    "Latest",
    "LookingBack",
    "Narrowed",
    "Of",
    "Rows",
    "Table",
    "Where",
    "Within",
]
