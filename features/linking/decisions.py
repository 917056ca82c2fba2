"""Which pairs merge, which a person must look at, and which stay apart: never in silence.

A pair above the upper threshold merges only where nothing speaks against it. People who merge with
others join them in one group, so a group is looked at as a whole: where it would hold two persons
of one agency, or two who are unlike each other, none of its pairs merges of itself.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from features.language.text import Text
from features.linking.groups import Person, groups_of

MERGE, REVIEW, APART = "merge", "review", "apart"

REASONS = {
    "likely": Text("ほぼ同一人物", "almost surely one person"),
    "in_doubt": Text("どちらとも言えない", "could be either"),
    "unlikely": Text("別人と思われる", "hardly one person"),
    "too_little": Text("比べられる情報が足りない", "too little is known of them to tell"),
    "given_differs": Text("名が違う（双子など）", "the given names differ: twins, perhaps"),
    "born_differs": Text("生年月日が違う", "the days of birth differ"),
    "sex_differs": Text("性別が違う", "the sexes differ"),
    "two_of_one_agency": Text(
        "統合すると同じ機関の二人が一人になる", "merging would join two persons of one agency"
    ),
    "unlike_in_group": Text(
        "統合すると似ていない二人が一人になる", "merging would join two who are unlike each other"
    ),
    "said_apart": Text(
        "統合すると別人とされた二人が一人になる", "merging would join two who were said to be apart"
    ),
    "said_yes": Text("同一人物と判断された", "a person said yes"),
    "said_no": Text("別人と判断された", "a person said no, or undid it"),
}

Ends = tuple[Person, Person]


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a pair may merge of itself, and from which it is looked at."""

    merge: float = 0.95
    review: float = 0.05


def judge(pairs: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """The `decision` and `reason` of each scored pair on its own, before anybody was asked."""
    likely = pairs["probability"] >= thresholds.merge
    told = pd.DataFrame({"decision": MERGE, "reason": "likely"}, index=pairs.index)
    _put(told, ~likely, REVIEW, "in_doubt")
    _put(told, likely & pairs["given"].isna(), REVIEW, "too_little")
    _put(told, likely & pairs["born"].isna() & pairs["housemates"].eq("none"), REVIEW, "in_doubt")
    for name, against in _contrary(pairs).items():
        _put(told, against, REVIEW, f"{name}_differs")
    _put(told, pairs["born"].isna() & pairs["housemates"].isna(), APART, "too_little")
    _put(told, pairs["probability"] < thresholds.review, APART, "unlikely")
    return told


def resolve(pairs: pd.DataFrame, said: Mapping[str, bool]) -> pd.DataFrame:
    """The `decision` and `reason` of each pair, with what persons said, and group by group.

    `pairs` has the columns of matching.score_pairs, `pair`, and `decision` and `reason` of judge;
    `said` tells for a pair whether a person last said that it is of one person.
    """
    told = pairs[["decision", "reason"]].copy()
    yes, no = (pairs["pair"].map(said).eq(answer) for answer in (True, False))
    _put(told, yes, MERGE, "said_yes")
    _put(told, no, APART, "said_no")
    ends = ends_of(pairs)
    apart = {frozenset(ends[row]) for row in pairs.index[no]}
    against = pd.concat(_contrary(pairs), axis=1).any(axis=1)
    fitting = yes | told["decision"].ne(APART) & ~against
    alike = {frozenset(ends[row]) for row in pairs.index[fitting]}
    _hold_back(told, ends, told["reason"].eq("likely"), apart, alike)
    _hold_back(told, ends, told["reason"].eq("said_yes"), apart, None)
    return told


def ends_of(pairs: pd.DataFrame) -> list[Ends]:
    """The two persons of each pair."""
    one = zip(pairs["agency_a"], pairs["person_a"], strict=True)
    return list(zip(one, zip(pairs["agency_b"], pairs["person_b"], strict=True), strict=True))


def merged_groups(pairs: pd.DataFrame) -> list[tuple[Person, ...]]:
    """The persons who are one, by the decisions on the pairs."""
    return groups_of(ends_of(pairs[pairs["decision"] == MERGE]))


def _hold_back(
    told: pd.DataFrame,
    ends: Sequence[Ends],
    joins: "pd.Series[bool]",
    apart: Set[frozenset[Person]],
    alike: Set[frozenset[Person]] | None,
) -> None:
    """Leave to a person the pairs of `joins` in groups that must not come about of themselves."""
    merging = [row for row in told.index if told.at[row, "decision"] == MERGE]
    reasons = {
        person: reason
        for group in groups_of(ends[row] for row in merging)
        if (reason := _against(group, apart, alike))
        for person in group
    }
    for row in merging:
        if joins[row] and ends[row][0] in reasons:
            told.loc[row, ["decision", "reason"]] = (REVIEW, reasons[ends[row][0]])


def _against(
    group: Sequence[Person], apart: Set[frozenset[Person]], alike: Set[frozenset[Person]] | None
) -> str | None:
    """Why these persons must not become one unasked; None where nothing speaks against it."""
    pairs = {frozenset(pair) for pair in combinations(group, 2)}
    if pairs & apart:
        return "said_apart"
    if len({agency for agency, _ in group}) < len(group):
        return "two_of_one_agency"
    return "unlike_in_group" if alike is not None and pairs - alike else None


def _contrary(pairs: pd.DataFrame) -> "dict[str, pd.Series[bool]]":
    """What speaks so much against a pair that a person decides, whatever else agrees.

    Another sex is a slip more often than another person where the given name is the same: twins
    have names of their own.
    """
    same_name = pairs["given"].isin(["same", "same_reading"])
    return {
        "sex": pairs["sex"].eq("different") & ~same_name,
        "born": pairs["born"].eq("different"),
        "given": pairs["given"].eq("different"),
    }


def _put(told: pd.DataFrame, where: "pd.Series[bool]", decision: str, reason: str) -> None:
    told.loc[where, ["decision", "reason"]] = (decision, reason)
