"""Contributions to reasons: each feature's share of a score, in words, with its evidence.

The shares of one feature's windows are summed into one reason; else one fact is split over several
columns and ranks too low.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from features.engines.one_child import Answer
from features.language.feature import Column, Feature
from features.language.text import Text
from features.telling import tell
from models.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """One reason of one score: a feature, told by the answer at one of its windows.

    `share` is the feature's part of the margin in log-odds, above zero where it raises the score.
    """

    feature: Feature
    told: Column
    answer: Answer
    share: float

    @property
    def code(self) -> str:
        """The feature's name."""
        return self.feature.name

    @property
    def words(self) -> Text:
        """The answer in words; made when asked for, as few reasons are shown."""
        return tell(self.feature, self.told, self.answer)

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]:
        """The (table, id) of the rows behind the answer that is told."""
        return self.answer.evidence

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
    unknown = [(feature, feature.columns[-1]) for feature in unanswered(spec, row)]
    return [(feature.name, tell(feature, last, row[last.name])) for feature, last in unknown]


def unanswered(spec: ModelSpec, row: Mapping[str, Answer]) -> list[Feature]:
    """The features of which no window could be answered."""
    return [
        feature
        for feature in spec.features
        if all(_is_unknown(row[column.name]) for column in feature.columns)
    ]


def _reason(
    feature: Feature, row: Mapping[str, Answer], contributions: Mapping[str, float]
) -> ReasonGiven:
    """The feature's reason, told at the window that weighs most."""
    told = max(feature.columns, key=lambda column: abs(contributions[column.name]))
    share = sum(contributions[column.name] for column in feature.columns)
    return ReasonGiven(feature, told, row[told.name], share)


def _weight(reason: ReasonGiven) -> float:
    return abs(reason.share)


def _is_unknown(answer: Answer) -> bool:
    return answer.number is None and (not answer.recorded or bool(answer.evidence))
