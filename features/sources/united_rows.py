"""Rows of a source that are one row of the case file: said again, or cut into pieces."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from features.events import Event, read_event
from features.sources.cell_values import Note
from features.sources.intake import Offered
from features.sources.joined_rows import Column
from features.sources.mapping import Continued


def said_once(rows: Sequence[Offered], as_of: date) -> Iterator[Offered]:
    """The rows, those that say the same under the same id as one, known from the earliest day.

    One that says otherwise later corrects what was said before it. A row that cannot stand by
    itself, or became known after the day of the extract, corrects nothing.
    """
    by_id: dict[object, list[Offered]] = defaultdict(list)
    for number, row in enumerate(rows):
        sound = isinstance(read_event(row.table, row.raw, ""), Event)
        by_id[row.raw["id"] if sound and _day(row, "known") <= as_of else number].append(row)
    for group in by_id.values():
        yield from _corrected(group) if len(group) > 1 else group


def _corrected(group: list[Offered]) -> Iterator[Offered]:
    """Rows of one id in the order in which they became known, each until the next says otherwise.

    Those that contradict another of their own day come last: they cannot stand beside it.
    """
    first, *later = sorted(group, key=lambda row: _day(row, "known"))
    said, aside = [first], []
    for row in later:
        if _content(row) == _content(said[-1]):
            said[-1] = replace(said[-1], united=[*said[-1].united, row.place])
        elif _day(row, "known") > _day(said[-1], "known"):
            said[-1] = replace(said[-1], raw={**said[-1].raw, "withdrawn": row.raw["known"]})
            said.append(row)
        else:
            aside.append(row)
    yield from said
    yield from aside


def _content(row: Offered) -> dict[str, object]:
    return {name: value for name, value in row.raw.items() if name not in ("known", "withdrawn")}


def continued(
    rows: Mapping[int, Offered], how: Continued, columns: Mapping[str, Column], note: Note
) -> Iterator[Offered]:
    """The spans, each piece that goes on with the one before it united with that.

    `rows` are the spans by their index in the columns.
    """
    after = _pieces(rows, how, columns, note)
    later = set(after.values())
    for index, first in rows.items():
        if index in later:
            continue
        pieces = [first]
        while index in after:
            index = after[index]  # noqa: PLW2901  # on to the next piece
            pieces.append(rows[index])
        last, places = pieces[-1], [piece.place for piece in pieces[1:]]
        raw = {**first.raw, "until": last.raw["until"]}
        yield replace(first, raw=raw, end_known=last.end_known, united=places)


def _pieces(
    rows: Mapping[int, Offered], how: Continued, columns: Mapping[str, Column], note: Note
) -> dict[int, int]:
    """For each span that is gone on with, the index of the piece that follows."""
    begun = [index for index in rows if isinstance(rows[index].raw["happened"], date)]
    begun.sort(key=lambda index: _day(rows[index], "happened"))
    ended: dict[tuple[object, ...], int] = {}
    after: dict[int, int] = {}
    for index in begun:
        same = tuple(columns[name][index] for name in how.same)
        if how.codes.covers(str(columns[how.column][index])):
            before = ended.pop((*same, rows[index].raw["happened"]), None)
            if before is None:
                note(f"{how.column} says that it goes on, but none ends so: stands for itself",
                     f"{rows[index].place}, {how.column}")  # fmt: skip
            else:
                after[before] = index
        ended[(*same, rows[index].raw["until"])] = index
    return after


def _day(row: Offered, name: str) -> date:
    day = row.raw[name]
    assert isinstance(day, date)
    return day
