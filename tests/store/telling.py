"""Small tables of events in: the format of this room's spec tests.

    event | table         | type   | id | known      | source
    e1    | notifications |        | n1 | 2024-01-10 | police
    e2    | notifications | record | n1 | 2024-02-01 | school

A row is a record about the child called "child" that happened on the first day that it was known
unless said otherwise; an empty cell is not filled in.
"""

from datetime import UTC, date, datetime

from features.events import row_of
from features.language.fields import Flag, Number
from features.tables import TABLES, fields_of
from serving.store.alerting import Alert, Sight
from serving.store.case_event import CaseEvent, Heading, read_case_event
from serving.store.standing import Standing
from serving.store.store import Store

OFFICE = "office-3"
TODAY = date(2024, 7, 1)
NOW = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)
_HEADING = ("event", "table", "type", "version")


def events_of(text: str) -> list[CaseEvent]:
    """The events of a small table."""
    lines = [line.split("<-")[0].strip() for line in text.strip().splitlines()]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines if line]
    return [_event(dict(zip(header, row, strict=True))) for row in rows]


def tell(store: Store, text: str, office: str = OFFICE) -> list[int]:
    """Keep the events of a small table; their numbers."""
    return [receipt.number for receipt in store.keep(office, events_of(text), NOW)]


def known(
    store: Store, day: str, *fields: str, table: str = "notifications", **asked: object
) -> list[tuple[object, ...]]:
    """What is known of the child on a day: those fields of the rows of a table, in order."""
    said = {"office": OFFICE, "child": "child", "day": date.fromisoformat(day), **asked}
    rows = store.around(**said).rows.get(table, ())  # type: ignore[arg-type]
    raw = [row_of(TABLES[table], event) for event in rows]
    return [tuple(row.get(name) for name in fields or ("id",)) for row in raw]


def _event(cells: dict[str, str]) -> CaseEvent:
    said = {name: cell for name, cell in cells.items() if cell}
    heading = Heading(
        said["event"], said.get("type", "record"), said["table"], int(said.get("version", 0))
    )
    row: dict[str, object] = {k: v for k, v in said.items() if k not in _HEADING}
    if heading.type == "record":
        fields = fields_of(TABLES[heading.table])
        row = {name: _value(fields.get(name), str(value)) for name, value in row.items()}
        row.setdefault("happened", row["known"])
        if "child" in fields:
            row.setdefault("child", "child")
    read = read_case_event(heading, row, heading.id, TODAY)
    assert isinstance(read, CaseEvent), read
    return read


def _value(field: object, cell: str) -> object:
    if isinstance(field, Flag):
        return cell == "yes"
    return float(cell) if isinstance(field, Number) else cell


def raised(store: Store, office: str, id_: str, child: str, score_id: str) -> Alert:
    """An alert that is in the list of an office: a weapon was seen."""
    at, flags = NOW.isoformat(), ["weapon"]
    stands = Standing(child, "m", "digest", id_, TODAY, 0, None, flags, score_id, at)
    alert = Alert(id_, at, child, "m", TODAY, 0, None, None, flags, score_id)
    store.keep_seen(office, [Sight(stands, alert)])
    return alert
