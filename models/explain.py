"""Contributions to reasons: each feature's share of a score, in words, with its evidence.

The shares of one feature's windows are summed into one reason; else one fact is split over several
columns and ranks too low.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from features.engines.one_child import Answer
from features.language.feature import Feature
from features.language.text import Text
from features.telling import tell
from models.spec import ModelSpec


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
