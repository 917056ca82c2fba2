"""What each kind of field takes, and why it refuses the rest."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.events import Event, Problem, read_event
from features.language.fields import Field
from features.reading import Refused, calendar_day, day_number, read_field
from features.tables import (
    ROW_FIELDS,
    TABLES,
    agency_events,
    fields_of,
    notifications,
    people,
)

PERSON, CODE, REFERENCE, NAME, CHOICE, NUMBER, FLAG, DAY = (
    notifications.child,
    notifications.report,
    TABLES["findings"].columns["notification"],
    people.family_name,
    notifications.source,
    agency_events.days,  # from 0 to 366
    notifications.anonymous,
    ROW_FIELDS["withdrawn"],
)

TAKEN: list[tuple[Field, object, object]] = [
    (PERSON, "A-17", "A-17"),
    (CODE, "x" * 128, "x" * 128),
    (REFERENCE, "notification 3", "notification 3"),
    (NAME, "山田　太郎", "山田　太郎"),  # with the wide space that stands between names
    (CHOICE, "police", "police"),
    (NUMBER, 0, 0.0),
    (NUMBER, 366, 366.0),
    (NUMBER, 1.5, 1.5),
    (FLAG, True, True),
    (FLAG, False, False),
    (DAY, "1970-01-01", 0),
    (DAY, "1969-12-31", -1),
    (DAY, "2024-02-29", 19_782),
    (DAY, date(2024, 2, 29), 19_782),
    (DAY, "1900-01-01", -25_567),
    (DAY, "2199-12-31", 84_005),
    *((field, None, None) for field in (CODE, REFERENCE, NAME, CHOICE, NUMBER, FLAG, DAY)),
]
TEXT, A_NUMBER, A_DAY = "must be text", "must be a number between 0 and 366", "must be a day"
REFUSED: list[tuple[Field, object, str]] = [
    (PERSON, None, "is required"),
    *((field, "", TEXT) for field in (PERSON, CODE, REFERENCE, NAME)),
    *((field, "  ", TEXT) for field in (PERSON, CODE, REFERENCE, NAME)),
    *((field, 17, TEXT) for field in (PERSON, CODE, REFERENCE, NAME)),
    (NAME, "\u3000", TEXT),
    (CODE, "two\nlines", TEXT),
    (CODE, "bell\a", TEXT),
    (CODE, "half a sign \ud800", TEXT),
    (CODE, "x" * 129, "must not be longer than 128"),
    (CODE, ["list"], TEXT),
    (CHOICE, "Police", "must be one of: police, school"),
    (CHOICE, "", "must be one of"),
    (CHOICE, 1, "must be one of"),
    (CHOICE, ["police"], "must be one of"),
    (NUMBER, -0.001, A_NUMBER),
    (NUMBER, 366.5, A_NUMBER),
    (NUMBER, "3", A_NUMBER),
    (NUMBER, True, A_NUMBER),
    (NUMBER, float("nan"), A_NUMBER),
    (NUMBER, float("inf"), A_NUMBER),
    (NUMBER, float("-inf"), A_NUMBER),
    (NUMBER, 10**400, A_NUMBER),  # beyond what a float can hold
    (NUMBER, {}, A_NUMBER),
    (FLAG, 1, "must be true or false"),
    (FLAG, "yes", "must be true or false"),
    (FLAG, "", "must be true or false"),
    (DAY, "2023-02-29", A_DAY),
    (DAY, "2024-13-01", A_DAY),
    (DAY, "20240401", A_DAY),
    (DAY, "2024-W14-1", A_DAY),
    (DAY, "2024-04-01T00:00", A_DAY),
    (DAY, " 2024-04-01", A_DAY),
    (DAY, "２０２４-04-01", A_DAY),
    (DAY, "01/04/2024", A_DAY),
    (DAY, "", A_DAY),
    (DAY, 19_782, A_DAY),
    (DAY, datetime(2024, 4, 1, 12), A_DAY),  # noqa: DTZ001  # a time of day is not a day
    (DAY, "1899-12-31", "between the years 1900 and 2199"),
    (DAY, "2200-01-01", "between the years 1900 and 2199"),
]


@pytest.mark.parametrize(("field", "raw", "filled"), TAKEN)
def test_a_field_takes(field: Field, raw: object, filled: object) -> None:
    read = read_field(field, raw)
    assert read == filled
    assert type(read) is type(filled)


@pytest.mark.parametrize(("field", "raw", "why"), REFUSED)
def test_a_field_refuses(field: Field, raw: object, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_field(field, raw)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_are_numbered_and_back(day: date) -> None:
    assert calendar_day(day_number(day)) == day
    assert read_field(DAY, day.isoformat()) == day_number(day)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
every_field = st.sampled_from(
    [field for table in TABLES.values() for field in fields_of(table).values()]
)


@given(every_field, anything)
def test_whatever_is_given_is_taken_or_refused_in_words(field: Field, raw: object) -> None:
    with suppress(Refused):
        read = read_field(field, raw)
        assert (read is None) == (raw is None)


WRONG = "zanzibar-4711"  # in none of our own words


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@given(st.sampled_from([WRONG, WRONG * 99, [WRONG], {WRONG: WRONG}, 4711.4711, WRONG + "\n"]))
def test_a_problem_names_the_place_and_never_the_value(table: object, wrong: object) -> None:
    assert table in TABLES.values()
    fields = fields_of(table)  # type: ignore[arg-type]
    read = read_event(table, dict.fromkeys(fields, wrong), "case_file.rows[3]")  # type: ignore[arg-type]
    assert not isinstance(read, Event)
    assert {problem.place for problem in read} <= {f"case_file.rows[3].{name}" for name in fields}
    for problem in read:
        assert isinstance(problem, Problem)
        assert problem.reason
        assert "zanzibar" not in str(problem)
        assert "4711" not in str(problem)
