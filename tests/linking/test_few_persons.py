"""A handful of persons, too few to learn from: the figures of the comparisons themselves stand."""

import pytest

from features.case_file import CaseFile
from features.linking.comparisons import COMPARISONS
from features.linking.decisions import Thresholds, judge
from features.linking.duckdb_engine import on_duckdb
from features.linking.matching import score_pairs
from features.linking.records import records_of
from tests.linking.test_combine import case_file

AOI = {
    "family_name": "高橋",
    "family_reading": "たかはし",
    "given_name": "葵",
    "given_reading": "あおい",
}
REN = {
    "family_name": "佐藤",
    "family_reading": "さとう",
    "given_name": "蓮",
    "given_reading": "れん",
}


def office(born: str = "2015-02-03", **names: str) -> CaseFile:
    """An office that knows one child."""
    return case_file(
        people=[{"id": "p1", "happened": born, "person": "k1", **names}],
        children=[{"id": "c1", "happened": born, "child": "k1"}],
    )


def decided(one: CaseFile, other: CaseFile) -> list[str]:
    with on_duckdb() as database:
        pairs = score_pairs(records_of({"north": one, "south": other}), database)
    assert {comparison.name for comparison in COMPARISONS} <= set(pairs.columns)
    return list(judge(pairs, Thresholds())["decision"])


@pytest.mark.parametrize(
    "other",
    [
        office(**AOI),
        office(family_name="髙橋", given_name="葵"),
        office(family_name="Takahashi", given_name="Aoi"),
        office(**AOI | {"family_reading": "ﾀｶﾊｼ", "given_reading": "ｱｵｲ"}),
    ],
    ids=["alike", "variant", "romaji", "half_width"],
)
def test_one_child_of_two_offices_merges(other: CaseFile) -> None:
    assert decided(office(**AOI), other) == ["merge"]


@pytest.mark.parametrize(
    "other",
    [office(**REN), office(), office("2011-11-11", **AOI)],
    ids=["other", "nameless", "old"],
)
def test_two_children_do_not(other: CaseFile) -> None:
    assert "merge" not in decided(office(**AOI), other)


def test_offices_that_know_no_name_have_no_pairs() -> None:
    assert decided(office(), office()) == []
