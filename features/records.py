"""The records of a history in plain words: what was known by a day, and of whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from features.events import Event
from features.histories import History
from features.language.fields import Choice, Field, Flag, Number
from features.language.roles import SELF
from features.language.rows import Table
from features.language.text import Text
from features.reading import Filled, calendar_day
from features.tables import TABLES, children

NOT_TOLD = "people"  # names: the reader has them in the case file
_BORN = Text("出生", "born")
_NO = Text("{what}：いいえ", "{what}: no")
_NUMBER = Text("{what}：{number}", "{what}: {number}")


@dataclass(frozen=True)
class Record:
    """One row as a person reads it; `whose` are the roles in which the child's history holds it.

    `until` is None for a row that does not last, and `goes_on` says that it still does.
    """

    table: str
    id: str
    words: Text
    happened: date
    known: date
    until: date | None
    goes_on: bool
    whose: tuple[Text, ...]
    says: tuple[Text, ...]

    @property
    def of_others(self) -> bool:
        """Whether it concerns somebody else than the child."""
        return self.whose != (SELF.words,)


def known_records(history: History, cutoff: int) -> dict[tuple[str, str], Record]:
    """Every row that the office believed on the cutoff, by table and id, the newest first."""
    found: dict[tuple[str, str], tuple[Event, list[Text]]] = {}
    for (table, role), events in history.events.items():
        for event in events:
            if table != NOT_TOLD and event.believed_on(cutoff):
                _, roles = found.setdefault((table, event.id), (event, []))
                roles.append(role.words)
    newest = sorted(found.items(), key=lambda item: (-item[1][0].happened, item[0]))
    return {
        key: _record(TABLES[key[0]], event, tuple(roles), cutoff) for key, (event, roles) in newest
    }


def _record(table: Table, event: Event, whose: tuple[Text, ...], cutoff: int) -> Record:
    over = event.until is not None and event.until <= cutoff
    return Record(
        table=table.name,
        id=event.id,
        words=table.words,
        happened=calendar_day(event.happened),
        known=calendar_day(event.known),
        until=calendar_day(event.until) if over and event.until is not None else None,
        goes_on=table.spans and not over,
        whose=whose,
        says=tuple(_says(table, event)),
    )


def _says(table: Table, event: Event) -> Iterator[Text]:
    if table is children:
        yield _BORN
    for name, field in table.columns.items():
        filled = event.filled.get(name)
        if filled is not None and not field.protected:
            yield from _in_words(field, filled)


def _in_words(field: Field, filled: Filled) -> Iterator[Text]:
    """Choices, flags and numbers; ids say nothing to a reader, and days stand beside."""
    if isinstance(field, Choice):
        yield field.allowed[str(filled)]
    elif isinstance(field, Flag):
        yield field.words if filled else _NO.filled(what=field.words)
    elif isinstance(field, Number):
        number = f"{filled:g}"
        yield _NUMBER.filled(what=field.words, number=Text(number, number))
