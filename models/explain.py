"""Contributions to reasons: each feature's share of a score, in words, with its evidence.

The shares of one feature's windows are summed into one reason; else one fact is split over several
columns and ranks too low.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from features.engines.one_child import Answer
from features.language.feature import Column, Feature
from features.language.text import Text
from features.tables import TABLES
from models.spec import ModelSpec

_NOT_RECORDED = Text("{table}の記録がないため不明", "not known: no {table} on record")
_NOT_FILLED_IN = Text(
    "{table}はあるが、値の記入がなく不明", "not known: {table} on record without the detail"
)


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """One reason of one score.

    `code` is the feature's name; `share` its part of the margin in log-odds, above zero where it
    raises the score; `evidence` the (table, id) of the rows behind the answer that is told.
    """

    code: str
    words: Text
    share: float
    evidence: tuple[tuple[str, str], ...]

    @property
    def raises(self) -> bool:
        """Whether the reason raises the score."""
        return self.share > 0


def reasons(
    spec: ModelSpec, row: Mapping[str, Answer], contributions: Mapping[str, float]
) -> list[ReasonGiven]:
    """All reasons of a score, the weightiest first; their shares add up as contributions do."""
    given = [_reason(feature, row, contributions) for feature in spec.features]
    return sorted(given, key=_weight, reverse=True)


def missing(spec: ModelSpec, row: Mapping[str, Answer]) -> list[tuple[str, Text]]:
    """The features that could not be answered at all: code, and why in words."""
    found = []
    for feature in spec.features:
        answers = [row[column.name] for column in feature.columns]
        if all(_is_unknown(answer) for answer in answers):
            found.append((feature.name, tell(feature, feature.columns[-1], answers[-1])))
    return found


def tell(feature: Feature, column: Column, answer: Answer) -> Text:
    """One answer in plain words, in both languages."""
    table = TABLES[column.value.table].words
    if not answer.recorded:
        return _NOT_RECORDED.filled(table=table)
    if answer.number is None and answer.evidence:
        return _NOT_FILLED_IN.filled(table=table)
    blanks = {"window": column.window.words}
    if answer.number is None or answer.number == column.value.empty:
        return feature.reason.none.filled(**blanks)
    return feature.reason.some.filled(value=number_words(answer.number, feature.unit), **blanks)


def number_words(number: float, unit: str) -> Text:
    """A number as a person says it: days as days, months or years, the rest as it is."""
    if unit == "years":
        return Text(f"{number:g}歳", f"{number:g} year(s)")
    if unit != "days":
        return Text(f"{number:g}", f"{number:g}")
    if number < 90:
        return Text(f"{number:g}日", f"{number:g} day(s)")
    if number < 730:
        return Text(f"約{number / 30.44:.0f}か月", f"about {number / 30.44:.0f} months")
    return Text(f"約{number / 365.25:.0f}年", f"about {number / 365.25:.0f} years")


def _reason(
    feature: Feature, row: Mapping[str, Answer], contributions: Mapping[str, float]
) -> ReasonGiven:
    """The feature's reason, told at the window that weighs most."""
    told = max(feature.columns, key=lambda column: abs(contributions[column.name]))
    answer = row[told.name]
    share = sum(contributions[column.name] for column in feature.columns)
    return ReasonGiven(feature.name, tell(feature, told, answer), share, answer.evidence)


def _weight(reason: ReasonGiven) -> float:
    return abs(reason.share)


def _is_unknown(answer: Answer) -> bool:
    return answer.number is None and (not answer.recorded or bool(answer.evidence))
