"""Rows that cannot be read as what they say: each is set aside, with its table, id and reason."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.checks.checked import check_folder
from features.events import Event, read_event
from features.language.fields import Choice, Day, Field, Flag, Number
from features.tables import TABLES, fields_of
from tests.checks.small_folder import Row, check_rows, kept_ids, row, told, write_folder

SPAN = {"kind": "foster", "until": "2024-02-01"}
WRONG = {
    "no id": ("contacts", row(id=None), "id", "not_filled_in"),
    "nobody": ("contacts", row(child=None), "child", "not_filled_in"),
    "no day": ("contacts", row(happened=None, known="2024-01-10"), "happened", "not_filled_in"),
    "no kind": ("observations", row(kind=None), "kind", "not_filled_in"),
    "a blank id": ("contacts", row(id=" \u3000"), "id", "not_text"),
    "two lines": ("notifications", row(office="a\nb"), "office", "not_text"),
    "too long": ("notifications", row(report="x" * 129), "report", "not_text"),
    "no such code": ("contacts", row(kind="dance"), "kind", "not_a_code"),
    "beyond the bounds": ("screenings", row(urgency=4.0), "urgency", "out_of_bounds"),
    "endless": ("screenings", row(urgency=float("inf")), "urgency", "out_of_bounds"),
    "long ago": ("contacts", row(happened="1024-01-10", known="2024-01-10"),
                 "happened", "unlikely_year"),
    "far away": ("contacts", row(withdrawn="2924-01-10"), "withdrawn", "unlikely_year"),
    "happens tomorrow": ("contacts", row(happened="2024-04-02"), "happened", "in_the_future"),
    "known tomorrow": ("contacts", row(known="2024-04-02"), "known", "in_the_future"),
    "ends tomorrow": ("placements", row(**SPAN | {"until": "2024-04-02"}),
                      "until", "in_the_future"),
    "born tomorrow": ("members", row(person="bob", born="2024-04-02"), "born", "in_the_future"),
    "known too soon": ("contacts", row(known="2024-01-09"), "known", "known_before_happened"),
    "ends too soon": ("placements", row(**SPAN | {"until": "2024-01-09"}),
                      "until", "ends_before_it_starts"),
    "withdrawn too soon": ("contacts", row(withdrawn="2024-01-09"),
                           "withdrawn", "withdrawn_before_known"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "wrong", "field", "fault"), WRONG.values(), ids=WRONG)
def test_a_row_that_cannot_be_read_is_set_aside(
    tmp_path: Path, table: str, wrong: Row, field: str, fault: str
) -> None:
    kind = "injury" if table == "observations" else None
    sound = row(id="good", happened="2024-01-11", kind=kind, person="bob")
    checked = check_rows(tmp_path, **{table: [sound, wrong]})
    assert (f"{table}.{field}", fault, [wrong["id"]]) in told(checked)
    assert kept_ids(checked, table) == ["good"]
    (counted,) = [rows for rows in checked.rows if rows.table == table]
    assert (counted.read, counted.kept, counted.set_aside) == (2, 1, 1)
    assert not checked.clean


def test_a_row_is_named_by_its_number_in_the_file_too(tmp_path: Path) -> None:
    checked = check_rows(tmp_path, contacts=[row(), row(id=None), row(id=None)])
    (found,) = checked.found
    assert (found.places, found.ids) == ((2, 3), (None, None))


def test_every_fault_of_a_row_is_told_and_the_row_counts_once(tmp_path: Path) -> None:
    wrong = row(kind="dance", outcome="sung", known="2024-01-09")
    checked = check_rows(tmp_path, contacts=[wrong])
    assert len(checked.found) == 3
    assert [rows.set_aside for rows in checked.rows if rows.table == "contacts"] == [1]


def test_the_day_of_the_extract_itself_is_not_the_future(tmp_path: Path) -> None:
    last = row(happened="2024-04-01", until="2024-04-01", withdrawn="2024-04-01")
    assert check_rows(tmp_path, placements=[last]).found == ()


def test_a_kind_that_is_declared_as_not_recorded_is_set_aside(tmp_path: Path) -> None:
    rows = [row(id="v", kind="visit"), row(id="p", kind="phone"), row(id="n")]
    folder = write_folder(tmp_path, {"contacts": rows}, coverage={"contacts": {"kinds": ["visit"]}})
    checked = check_folder(folder)
    assert told(checked) == [("contacts.kind", "kind_not_recorded", ["p"])]
    assert kept_ids(checked, "contacts") == ["v", "n"]


LAST = date(2024, 4, 1)
days = st.one_of(
    st.none(), st.integers(-3, 3).map(lambda n: LAST + timedelta(n)), st.dates(date(1800, 1, 1))
)


def values(field: Field) -> st.SearchStrategy[object]:
    """Anything that the type of a Parquet column can hold."""
    if isinstance(field, Day):
        return days
    if isinstance(field, Flag):
        return st.none() | st.booleans()
    if isinstance(field, Number):
        return st.none() | st.floats(allow_nan=False)
    texts = st.sampled_from(["", " ", "a", "a\tb", "x" * 200, "児童"])
    codes = list(field.allowed)[:1] if isinstance(field, Choice) else ["b"]
    return st.none() | texts | st.sampled_from(codes)


@st.composite
def rows_of_any_kind(draw: st.DrawFn) -> tuple[str, Row]:
    name = draw(st.sampled_from(sorted(TABLES)))
    fields = {field: values(kind) for field, kind in fields_of(TABLES[name]).items()}
    return name, draw(st.fixed_dictionaries(fields))


@settings(max_examples=40)
@given(rows_of_any_kind())
def test_it_sets_aside_what_the_strict_reader_refuses(drawn: tuple[str, Row]) -> None:
    name, wild = drawn
    strict = read_event(TABLES[name], wild, "row")
    future = any(isinstance(value, date) and value > LAST for value in wild.values())
    with TemporaryDirectory() as folder:
        checked = check_rows(Path(folder), **{name: [wild]})
    assert len(checked.kept[name]) == (isinstance(strict, Event) and not future)
