"""A spec: what the language means, said by a small table in, questions, and their answers.

The pages under `specs` are the documentation of the language; `test_specs` puts every question of
every page to both engines. The tables are written as `tests.small_world` says.
"""

from dataclasses import dataclass
from datetime import date

from features.language.text import Text
from features.language.values import Value
from features.language.windows import Horizon
from features.reading import day_number

NEXT_30_DAYS = Horizon("30d", 30, Text("今後30日以内", "within the next 30 days"))


@dataclass(frozen=True)
class Asked:
    """A question and its answer, None where it is missing.

    `rows` are the ids of the rows that made it, where that is said; `cutoff` and `known_by` are
    day numbers, where they are not those of the table.
    """

    value: Value
    gives: float | None
    rows: list[str] | None
    cutoff: int | None
    known_by: int | None


@dataclass(frozen=True)
class Spec:
    """One meaning in one sentence, the table that shows it, and what is asked of it."""

    says: str
    table: str
    asks: tuple[Asked, ...]


def asked(
    value: Value,
    gives: float | None,
    *,
    rows: str | None = None,
    on: str | None = None,
    known_by: str | None = None,
) -> Asked:
    """What a page says of one question; `on` is another cutoff than the table's."""
    ids = None if rows is None else rows.split()
    return Asked(value, gives, ids, _day(on), _day(known_by))


def _day(text: str | None) -> int | None:
    return None if text is None else day_number(date.fromisoformat(text))
