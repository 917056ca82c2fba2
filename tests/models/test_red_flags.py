"""Red flags: small tables in, the rules that are met out."""

import pytest

from features.histories import history_of
from models.red_flags import RULES, red_flags
from tests.small_world import CHILD, read_world

BORN = """
    cutoff 2024-04-01
    children
      happened
      {born}
"""
OBSERVED = """
    observations
      id | happened   | known | kind | site | extent
      o1 | {happened} | {known} | {kind} | {site} | {extent}
"""


def flags(world: str) -> dict[str, tuple[tuple[str, str], ...]]:
    read = read_world(world)
    met = red_flags(history_of(CHILD, read.case_file), read.cutoff)
    return {flag.code: flag.evidence for flag in met}


def observed(
    kind: str,
    *,
    born: str = "2015-01-01",
    happened: str = "2024-03-20",
    known: str = "",
    site: str = "",
    extent: str = "",
) -> dict[str, tuple[tuple[str, str], ...]]:
    return flags(
        BORN.format(born=born)
        + OBSERVED.format(happened=happened, known=known, kind=kind, site=site, extent=extent)
    )


O1 = (("observations", "o1"),)


def test_nothing_seen_raises_nothing() -> None:
    assert flags(BORN.format(born="2015-01-01")) == {}


@pytest.mark.parametrize("kind", ["disclosure", "asks_protection", "weapon", "threat"])
def test_a_grave_observation_is_told_with_its_row(kind: str) -> None:
    assert observed(kind) == {kind: O1}


def test_it_is_told_for_thirty_days_from_the_day_it_is_known() -> None:
    assert observed("disclosure", happened="2024-03-03") == {"disclosure": O1}
    assert observed("disclosure", happened="2024-03-02") == {}
    assert observed("disclosure", happened="2024-03-20", known="2024-04-02") == {}


def test_a_head_injury_is_grave_for_an_infant() -> None:
    head = {"kind": "injury", "site": "head", "extent": "1"}
    assert observed(**head, born="2023-01-01") == {"infant_head_injury": O1}
    assert observed(**head, born="2015-01-01") == {}
    assert observed("injury", site="limbs", extent="1", born="2023-01-01") == {}


def test_extent_counts_at_any_age() -> None:
    assert observed("injury", site="limbs", extent="3") == {"grave_injury": O1}
    assert observed("injury", site="limbs", extent="2") == {}
    assert observed("injury", site="limbs") == {}


def test_where_the_age_is_not_known_the_doubt_raises_attention() -> None:
    world = "cutoff 2024-04-01" + OBSERVED.format(
        happened="2024-03-20", known="", kind="alone", site="", extent=""
    )
    assert flags(world) == {"infant_alone_or_unfed": O1}
    assert observed("alone", born="2015-01-01") == {}


def test_injuries_treated_on_two_days_are_told() -> None:
    twice = """
        agency_events
          id | happened   | kind
          e1 | 2023-05-01 | injury_treated
          e2 | {second}   | injury_treated
    """
    born = BORN.format(born="2015-01-01")
    assert flags(born + twice.format(second="2024-01-01")) == {
        "injuries_treated_again": (("agency_events", "e1"),)
    }
    assert flags(born + twice.format(second="2023-05-01")) == {}


def test_every_rule_has_words_and_a_code_of_its_own() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.words.blanks == {"window"} for rule in RULES)
