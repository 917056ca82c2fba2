"""What the compiled engine does with many rows, many pairs, and several threads."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.engines import batch, calendar, kernel
from features.engines.one_child_rows import completed_years
from features.events import Event
from features.language.roles import ADULT
from features.language.values import Value
from features.language.windows import EVER, MONTHS_6, YEAR_1
from features.reading import FIRST_YEAR, LAST_YEAR, Filled, day_number
from features.tables import agency_events, allegations, notifications, placements
from tests.engines.both import Rows, answers_of_both, assert_bit_equal, in_batch

KINDS = ("physical", "sexual", "neglect")
RECENT = notifications.within(YEAR_1)
VALUES: list[Value] = [
    RECENT.count(),
    RECENT.days_since_first(),
    RECENT.earlier().days_since_last(),
    notifications.within(EVER).latest().count(),
    notifications.where(notifications.anonymous.is_true()).within(MONTHS_6).count_days(),
    notifications.within(EVER).share(notifications.anonymous.is_true()),
    notifications.within(EVER).count_distinct(notifications.report),
    allegations.about(RECENT.earlier()).count_distinct(allegations.kind),
    placements.within(YEAR_1).days_covered(),
    placements.within(YEAR_1).is_open(),
    agency_events.of(ADULT).within(YEAR_1).sum(agency_events.days),
    agency_events.of(ADULT).within(EVER).longest_gap(),
]


def event(name: str, day: int, until: int | None = None, **filled: Filled) -> Event:
    return Event(name, day, day + len(name) % 2, None, until, filled)


def busy(child: str, rows: int) -> dict[str, list[Event]]:
    """A child of whom every table has so many rows, every other day, and two adults who have."""
    days = [2 * number for number in range(rows)]
    about: dict[str, list[Event]] = {name: [] for name in ("notifications", "allegations")}
    for day in days:
        name = f"{child}-{day}"
        flag = {} if day % 3 else {"anonymous": day % 4 == 0}
        about["notifications"].append(event(name, day, child=child, report=f"r{day % 10}", **flag))
        kind = KINDS[day % 3]
        about["allegations"].append(event(name, day, child=child, notification=name, kind=kind))
    about["placements"] = [event(f"{child}-{d}", d, d + 1, child=child) for d in days]
    parents = [f"{child}-{relation}" for relation in ("mother", "father")]
    about["members"] = [
        event(name, 0, None, child=child, person=name, relation=name.split("-")[1])
        for name in parents
    ]
    about["agency_events"] = [
        event(f"{name}-{day}", day, person=name, kind="arrest", days=day / 10)
        for day in days
        for name in parents
    ]
    return about


def together(*case_files: Mapping[str, Sequence[Event]]) -> Rows:
    return {name: [row for file in case_files for row in file[name]] for name in case_files[0]}


SIZES = (0, 1, 63, 64, 65, 127, 128, 200)  # on, before and after the ends of words
OFFICE = together(*(busy(f"c{rows}", rows) for rows in SIZES))
CHILDREN = [f"c{rows}" for rows in SIZES]
CUTOFFS = (0, 1, 30, 126, 127, 128, 129, 254, 300, 398, 399, 800)


def test_a_child_may_have_more_rows_than_a_word_has_bits() -> None:
    one, many = answers_of_both(VALUES, OFFICE, CHILDREN, CUTOFFS)
    assert_bit_equal(one, many, VALUES)
    assert one[:, 0].max() > 64


def test_answers_do_not_depend_on_parts_and_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = in_batch(VALUES, OFFICE, CHILDREN, CUTOFFS, None)
    for threads, pairs in ((1, 1), (1, 7), (3, 5), (4, 1_000)):
        monkeypatch.setattr(batch, "PAIRS_AT_ONCE", pairs)
        monkeypatch.setattr(batch, "threads", lambda threads=threads: threads)
        assert_bit_equal(whole, in_batch(VALUES, OFFICE, CHILDREN, CUTOFFS, None), VALUES)


def test_pairs_of_more_than_a_block_are_answered_alike() -> None:
    cutoffs = range(kernel.PAIRS_A_BLOCK + 2)
    apart = np.concatenate([in_batch(VALUES, OFFICE, ["c65"], [day], None) for day in cutoffs])
    assert_bit_equal(in_batch(VALUES, OFFICE, ["c65"], cutoffs, None), apart, VALUES)


def test_rows_of_several_links_come_in_the_order_of_days_however_many() -> None:
    known = agency_events.of(ADULT).within(EVER)
    values: list[Value] = [
        known.count_days(),
        known.days_since_first(),
        known.sum(agency_events.days),
    ]
    one, many = answers_of_both(values, OFFICE, ["c200"], CUTOFFS)
    assert_bit_equal(one, many, values)
    assert one[-1, 0] == 200


calendar_days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(day_number)
LEAP_DAYS = [day_number(date(year, 2, 29)) for year in (1904, 1996, 2000, 2024)]
born = calendar_days | st.sampled_from(LEAP_DAYS)


@given(born, born | calendar_days)
def test_years_are_completed_on_the_same_day_as_in_plain_python(since: int, day: int) -> None:
    assert calendar.completed_years(since, day) == completed_years(since, day)


@given(born, st.integers(1, 100))
def test_a_birthday_is_the_first_day_on_which_the_years_are_completed(
    since: int, years: int
) -> None:
    day = calendar.birthday(since, years)
    assert completed_years(since, day) == years
    assert completed_years(since, day - 1) == years - 1
