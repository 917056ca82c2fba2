"""Contributions to reasons: each feature's share of a score, in words, with its evidence.

The shares of one feature's windows are summed into one reason; else one fact is split over several
columns and ranks too low. The reasons of one side of a child's life are summed into its theme, and
within a reason each row has its part. All are sums of the same contributions, so that whatever is
told adds up to the score.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.engines.one_child import Answer
from features.language.feature import Column, Feature
from features.language.text import Text
from features.telling import tell
from features.themes import Theme, theme_of
from models.spec import ModelSpec

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """One reason of one score: a feature, told by the answer at one of its windows.

    `share` is the feature's part of the margin in log-odds, above zero where it raises the score;
    `windows` has the answer and the share of each of its windows.
    """

    feature: Feature
    told: Column
    answer: Answer
    share: float
    windows: tuple[tuple[Answer, float], ...]

    @property
    def code(self) -> str:
        """The feature's name."""
        return self.feature.name

    @property
    def theme(self) -> Theme:
        """The side of a child's life that the feature asks about."""
        return theme_of(self.feature)

    @property
    def words(self) -> Text:
        """The answer in words; made when asked for, as few reasons are shown."""
        return tell(self.feature, self.told, self.answer)

    @property
    def evidence(self) -> dict[Row, float]:
        """The rows behind the answer that is told, by (table, id), and what each carries."""
        carried = self.carried
        return {row: carried[row] for row in self.answer.evidence}

    @property
    def carried(self) -> dict[Row, float]:
        """What each row, by (table, id), carries of the share.

        The share of a window is divided evenly among the rows that its answer was made from, and
        the parts that a row has in several windows are added: rows that only make an answer all
        together have equal Shapley values. What an answer of "none" weighs is carried by no row.
        It is an account of the share, and adds up; it does not say what the score would be without
        the row, which can change other answers too.
        """
        parts: dict[Row, float] = defaultdict(float)
        for answer, share in self.windows:
            rows = dict.fromkeys(answer.evidence)  # a row can be there in several roles
            for row in rows:
                parts[row] += share / len(rows)
        return parts

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


def by_theme(given: Sequence[ReasonGiven]) -> list[tuple[Theme, float]]:
    """Each theme and the sum of its reasons' shares, the weightiest first; none without a share."""
    shares: dict[Theme, float] = defaultdict(float)
    for reason in given:
        shares[reason.theme] += reason.share
    told = [(theme, share) for theme, share in shares.items() if share]
    return sorted(told, key=lambda one: (-abs(one[1]), one[0].code))


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
    windows = tuple([(row[column.name], contributions[column.name]) for column in feature.columns])
    share = sum(part for _, part in windows)
    return ReasonGiven(feature, told, row[told.name], share, windows)


def _weight(reason: ReasonGiven) -> float:
    return abs(reason.share)


def _is_unknown(answer: Answer) -> bool:
    return answer.number is None and (not answer.recorded or bool(answer.evidence))
