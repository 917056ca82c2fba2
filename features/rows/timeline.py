"""The timeline of a child as it was known on a day, line by line."""

from collections.abc import Iterator

from features.histories import History
from features.language.text import Language, Text
from features.records import Record, known_records

_HEAD = Text("発生日      把握日      記録", "happened    known       record")
_UNTIL = Text("{day}まで", "until {day}")
_GOES_ON = Text("継続中", "goes on")
_NOTHING = Text("この日までに把握された記録はない", "nothing was on record by that day")


def timeline(history: History, day: int, language: Language) -> Iterator[str]:
    """Every row that the office believed on the day (a day number), the oldest first."""
    records = list(known_records(history, day).values())
    yield (_HEAD if records else _NOTHING).read(language)
    for record in reversed(records):
        yield record_line(record, language)


def record_line(record: Record, language: Language) -> str:
    """One record: its two days, which row it is, whose, and what it says."""
    whose = "・".join if language == "ja" else " and ".join
    told = [record.words, *record.says, *_end(record)]
    said = ("、" if language == "ja" else ", ").join(text.read(language) for text in told)
    who = whose(role.read(language) for role in record.whose)
    between = "：" if language == "ja" else ": "
    return f"{record.happened}  {record.known}  {record.table} {record.id}  {who}{between}{said}"


def _end(record: Record) -> Iterator[Text]:
    if record.until is not None:
        day = record.until.isoformat()
        yield _UNTIL.filled(day=Text(day, day))
    elif record.goes_on:
        yield _GOES_ON
