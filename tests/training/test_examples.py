"""Who is scored, and when: worked out on cases small enough to see."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from features.case_file import CaseFile
from features.coverage import Covered
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.households import household_names
from features.language.windows import TODAY
from features.reading import calendar_day, day_number
from features.tables import placements
from models.spec import Roster
from models.specs import spec_of
from tests.small_world import CHILD, read_world
from training.examples import (
    NOT_COVERED,
    RUN_IN,
    Examples,
    draw_examples,
    read_labels,
    why_unfit,
)

SPEC = spec_of("placement_24m")
BORN = """
    children
      happened
      2015-06-01
"""


def tables(text: str, without: tuple[str, ...] = ()) -> BatchTables:
    events = {n: rows for n, rows in read_world(text).case_file.items() if n not in without}
    return BatchTables(CaseFile.of_events(date(2024, 4, 1), events))


def days(examples: Examples) -> list[str]:
    return [calendar_day(int(day)).isoformat() for day in examples.cutoffs]


def test_a_child_is_scored_on_the_day_on_which_the_office_learns_of_a_notification() -> None:
    drawn = draw_examples(
        SPEC,
        tables(
            BORN
            + """
            notifications
              id | happened   | known      | withdrawn
              a  | 2020-01-10 | 2020-01-12 |
              b  | 2020-03-01 |            |
              c  | 2020-03-01 |            |              <- another one on the same day
              d  | 2020-05-01 | 2020-05-02 | 2020-06-01
              d  | 2020-05-03 | 2020-06-01 |              <- corrected: nothing new was learnt
              e  | 2020-07-01 | 2020-07-02 | 2020-07-02   <- never believed on any day
            """
        ),
    )
    assert days(drawn) == ["2020-01-12", "2020-03-01", "2020-05-02"]
    assert set(drawn.children) == {CHILD}


def test_only_ages_that_the_cohort_names_are_scored() -> None:
    some = """
        notifications
          happened
          2014-01-01   <- before the birth
          2020-01-01
          2034-01-01   <- of age
    """
    assert days(draw_examples(SPEC, tables(BORN + some))) == ["2020-01-01"]
    assert not len(draw_examples(SPEC, tables(some)))  # the age is not known


FIVE = """
    notifications
      happened
      2018-01-01   <- the first that the office has
      2019-07-02
      2019-07-03   <- a year and a half later
      2020-07-01
      2022-04-01
"""


def test_nobody_is_learnt_from_until_the_records_go_back_far_enough() -> None:
    made = tables(BORN + FIVE)
    drawn = draw_examples(SPEC, made)
    assert why_unfit(SPEC, made, drawn).tolist() == [RUN_IN, RUN_IN, "", "", ""]


def test_declared_coverage_says_from_when_records_and_outcomes_are_complete() -> None:
    """The two years after the last notification would need placements until 31 March 2024."""
    events = read_world(BORN + FIVE).case_file
    from_july, until_30_march = (day_number(date(2018, 7, 1)), day_number(date(2024, 3, 30)))
    coverage = {
        "notifications": Covered(first=from_july),
        "placements": Covered(last=until_30_march),
    }
    made = BatchTables(CaseFile.of_events(date(2024, 5, 1), events, coverage))
    drawn = draw_examples(SPEC, made)
    reasons = [RUN_IN, RUN_IN, RUN_IN, "", NOT_COVERED]
    assert why_unfit(SPEC, made, drawn).tolist() == reasons


def test_a_roster_scores_everybody_who_is_present_on_its_days() -> None:
    roster = Roster(("2020-01-01", "2021-01-01"), placements.within(TODAY).is_open())
    spec = replace(SPEC, cohort=roster)
    drawn = draw_examples(
        spec,
        tables(
            """
            placements
              child | happened   | until
              one   | 2019-06-01 | 2020-06-01
              two   | 2019-06-01 |
              three | 2020-06-01 | 2020-07-01
            """
        ),
    )
    assert list(zip(drawn.children, days(drawn), strict=True)) == [
        ("one", "2020-01-01"),
        ("two", "2020-01-01"),
        ("two", "2021-01-01"),
    ]


@pytest.mark.parametrize("missing", ["notifications", "placements", "children"])
def test_a_table_that_is_not_recorded_is_named(missing: str) -> None:
    with pytest.raises(KizukiError, match=f"does not record {missing}, which placement_24m"):
        draw_examples(SPEC, tables(BORN, without=(missing,)))


def test_an_outcome_counts_from_the_day_on_which_it_was_known() -> None:
    known = tables(
        BORN
        + """
        notifications
          happened
          2020-01-01
        placements
          happened   | known
          2020-02-01 | 2022-06-01
        """
    )
    drawn = draw_examples(SPEC, known)

    def label(day: date) -> float:
        return float(read_labels(SPEC.label, known, drawn, day_number(day))[0])

    assert label(date(2022, 5, 31)) == 0
    assert label(date(2022, 6, 1)) == 1


HOMES: Mapping[str, list[tuple[str, str]]] = {
    "siblings": [("c1", "c2")],
    "an adult in common": [("c1", "a1"), ("c2", "a1")],
    "somebody in between": [("c1", "a1"), ("c3", "a1"), ("c3", "a2"), ("c2", "a2")],
}


@pytest.mark.parametrize("links", HOMES.values(), ids=HOMES)
def test_who_shares_a_household_shares_its_name(links: list[tuple[str, str]]) -> None:
    rows = "".join(
        f"{child} | {person} | 2020-01-01 | sibling\n" for child, person in [*links, ("c9", "a9")]
    )
    linked = tables(f"members\nchild | person | happened | relation\n{rows}")
    names = household_names(linked, linked.places(["c1", "c2", "c9"]))
    assert names[0] == names[1] == ("a1" if "a1" in rows else "c1")
    assert names[2] == "a9"


def test_without_members_each_child_is_a_household() -> None:
    alone = tables(BORN, without=("members",))
    assert np.array_equal(household_names(alone, alone.places([CHILD])), [CHILD])
