"""The list for a person: what a spreadsheet would run is made harmless, and both sides are seen."""

import csv
from pathlib import Path

import pandas as pd

from features.linking.comparisons import COMPARISONS
from features.linking.records import WRITTEN
from features.linking.review import read_answers, write_list


def test_a_name_that_is_a_formula_is_only_text(tmp_path: Path) -> None:
    told = {"pair": "x", "decision": "review", "reason": "in_doubt", "probability": 0.5}
    ends = {"agency_a": "north", "person_a": "k1", "agency_b": "south", "person_b": "k2"}
    alike = {comparison.name: "same" for comparison in COMPARISONS}
    pairs = pd.DataFrame([told | ends | alike])
    persons = pd.DataFrame(
        [
            {"agency": "north", "person": "k1", "family_name": '=HYPERLINK("x")'},
            {"agency": "south", "person": "k2", "family_name": "髙橋"},
        ],
        columns=["agency", "person", *WRITTEN],
    )
    assert write_list(pairs, persons, tmp_path / "review.csv") == 1
    with (tmp_path / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["family_name_a"], row["family_name_b"]) == ('\'=HYPERLINK("x")', "髙橋")
    assert row["why"] == "どちらとも言えない / could be either"
    assert row["family"] == "同じ / the same"
    assert read_answers(tmp_path / "review.csv", {"x"}) == {}
