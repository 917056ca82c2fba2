"""Which pairs merge, which a person looks at: small tables of pairs in, decisions out."""

import pandas as pd
import pytest

from features.linking.decisions import Thresholds, judge, merged_groups, resolve
from features.linking.folder import with_identifiers

ALIKE = {
    "probability": 0.99, "given": "same", "born": "same", "sex": "same", "housemates": "several",
}  # fmt: skip


def pairs(*ends: str, **columns: object) -> pd.DataFrame:
    """Pairs such as "a1 b1": the agency is the letter, the person the number; else all alike."""
    rows = []
    for end in ends:
        one, other = end.split()
        rows.append({"agency_a": one[0], "person_a": one[1:], "agency_b": other[0],
                     "person_b": other[1:], **ALIKE, **columns})  # fmt: skip
    return with_identifiers(pd.DataFrame(rows))


def decided(found: pd.DataFrame, **said: bool) -> dict[str, str]:
    """The decision and the reason of each pair, by its ends; `said` by ends, a1_b1=True."""
    ends = found["agency_a"] + found["person_a"] + "_" + found["agency_b"] + found["person_b"]
    answers = {found["pair"][row]: said[end] for row, end in ends.items() if end in said}
    alone = found.assign(**judge(found, Thresholds()))
    told = resolve(alone, answers)
    return dict(zip(ends, told["decision"] + ": " + told["reason"], strict=True))


@pytest.mark.parametrize(
    ("changed", "decision"),
    [
        ({}, "merge: likely"),
        ({"probability": 0.95}, "merge: likely"),
        ({"probability": 0.9499}, "review: in_doubt"),
        ({"probability": 0.05}, "review: in_doubt"),
        ({"probability": 0.0499}, "apart: unlikely"),
        ({"given": "different"}, "review: given_differs"),
        ({"given": None}, "review: too_little"),
        ({"born": "different"}, "review: born_differs"),
        ({"born": "near"}, "merge: likely"),
        ({"sex": "different"}, "merge: likely"),
        ({"sex": "different", "given": "near"}, "review: sex_differs"),
        ({"sex": None}, "merge: likely"),
        ({"born": None}, "merge: likely"),
        ({"born": None, "housemates": "none"}, "review: in_doubt"),
        ({"born": None, "housemates": None}, "apart: too_little"),
        ({"given": "different", "probability": 0.01}, "apart: unlikely"),
    ],
)
def test_one_pair(changed: dict[str, object], decision: str) -> None:
    assert decided(pairs("a1 b1", **changed)) == {"a1_b1": decision}


def test_three_who_are_alike_are_one() -> None:
    found = pairs("a1 b1", "a1 c1", "b1 c1")
    assert set(decided(found).values()) == {"merge: likely"}
    told = found.assign(**resolve(found.assign(**judge(found, Thresholds())), {}))
    assert merged_groups(told) == [(("a", "1"), ("b", "1"), ("c", "1"))]


def test_nobody_is_joined_with_another_of_the_same_agency() -> None:
    assert decided(pairs("a1 b1", "a2 b1", "a3 b3")) == {
        "a1_b1": "review: two_of_one_agency",
        "a2_b1": "review: two_of_one_agency",
        "a3_b3": "merge: likely",
    }


def test_nobody_is_joined_through_another_with_somebody_unlike() -> None:
    unlike = pairs("b1 c1", born="different")
    found = pd.concat([pairs("a1 b1", "a1 c1"), unlike], ignore_index=True)
    assert decided(found) == {
        "a1_b1": "review: unlike_in_group",
        "a1_c1": "review: unlike_in_group",
        "b1_c1": "review: born_differs",
    }


def test_nobody_is_joined_through_another_with_somebody_never_found_alike() -> None:
    assert set(decided(pairs("a1 b1", "a1 c1")).values()) == {"review: unlike_in_group"}


def test_what_a_person_says_holds() -> None:
    found = pairs("a1 b1", "a2 b2", probability=0.5)
    assert decided(found, a1_b1=True, a2_b2=False) == {
        "a1_b1": "merge: said_yes",
        "a2_b2": "apart: said_no",
    }


def test_a_no_inside_a_group_leaves_the_rest_to_be_asked() -> None:
    found = pairs("a1 b1", "a1 c1", "b1 c1")
    assert decided(found, b1_c1=False) == {
        "a1_b1": "review: said_apart",
        "a1_c1": "review: said_apart",
        "b1_c1": "apart: said_no",
    }


def test_a_yes_joins_even_those_who_are_unlike_but_no_third_unasked() -> None:
    found = pd.concat([pairs("a1 b1", born="different"), pairs("a1 c1")], ignore_index=True)
    assert decided(found, a1_b1=True) == {
        "a1_b1": "merge: said_yes",
        "a1_c1": "review: unlike_in_group",
    }
    assert decided(found, a1_b1=True, a1_c1=True) == {
        "a1_b1": "merge: said_yes",
        "a1_c1": "merge: said_yes",
    }


def test_answers_that_contradict_each_other_merge_nobody() -> None:
    found = pairs("a1 b1", "a2 b1", "a3 b3")
    assert decided(found, a1_b1=True, a2_b1=True, a3_b3=True) == {
        "a1_b1": "review: two_of_one_agency",
        "a2_b1": "review: two_of_one_agency",
        "a3_b3": "merge: said_yes",
    }


def test_a_pair_has_one_identifier_whenever_it_is_found() -> None:
    one, other = pairs("a1 b1", "a2 b2"), pairs("a2 b2", probability=0.2)
    assert one["pair"][1] == other["pair"][0]
    assert one["pair"].is_unique
    assert not one["pair"].str.contains("a1").any()
