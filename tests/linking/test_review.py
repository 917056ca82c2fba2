"""The list for a person: what a spreadsheet would run is made harmless, and both sides are seen."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from features.errors import KizukiError
from features.linking.comparisons import COMPARISONS
from features.linking.records import WRITTEN
from features.linking.review import read_answers, write_list


@pytest.mark.parametrize("formula", [*(f"{start}1+1" for start in "=+-@\t\r"), '=HYPERLINK("x")'])
def test_a_name_that_is_a_formula_is_only_text(formula: str, tmp_path: Path) -> None:
    told = {"pair": "x", "decision": "review", "reason": "in_doubt", "probability": 0.5}
    ends = {"agency_a": "north", "person_a": "k1", "agency_b": "south", "person_b": "k2"}
    alike = {comparison.name: "same" for comparison in COMPARISONS}
    pairs = pd.DataFrame([told | ends | alike])
    persons = pd.DataFrame(
        [
            {"agency": "north", "person": "k1", "family_name": formula},
            {"agency": "south", "person": "k2", "family_name": "髙橋"},
        ],
        columns=["agency", "person", *WRITTEN],
    )
    assert write_list(pairs, persons, tmp_path / "review.csv") == 1
    with (tmp_path / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["family_name_a"], row["family_name_b"]) == (f"'{formula}", "髙橋")
    assert row["why"] == "どちらとも言えない / could be either"
    assert row["family"] == "同じ / the same"
    assert read_answers(tmp_path / "review.csv", {"x"}) == {}


def test_a_list_saved_in_another_encoding_is_told(tmp_path: Path) -> None:
    """As a spreadsheet of a Japanese office saves it, unless it is told otherwise."""
    path = tmp_path / "review.csv"
    path.write_text("pair,same_person,note\nx,はい,髙橋さんに確認\n", "cp932")
    with pytest.raises(KizukiError, match="save it as CSV UTF-8"):
        read_answers(path, {"x"})
    path.write_text("pair,same_person,note\nx,はい,髙橋さんに確認\n", "utf-8")
    assert read_answers(path, {"x"}) == {"x": (True, "髙橋さんに確認")}
