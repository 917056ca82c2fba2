"""Why this score, as the page shows it: its reasons, what acts together, and its themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from features.records import Record
from models.explain import ReasonGiven
from models.together import Pair, together
from serving.advice import Advice
from serving.answers import Response, ThemeShape, shown_reasons

MOST_THEMES = 5

Row = tuple[str, str]


@dataclass(frozen=True)
class Why:
    """The shares that are shown, in log-odds; bars of reasons and of themes have a scale each."""

    reasons: list[ReasonGiven]
    others: float
    pairs: list[Pair]
    themes: list[ThemeShape]
    other_themes: float

    @property
    def largest(self) -> float:
        """What a reason's bar is measured by."""
        return _largest([*(reason.share for reason in self.reasons), self.others])

    @property
    def largest_theme(self) -> float:
        """What a theme's bar is measured by."""
        return _largest([*(theme.share for theme in self.themes), self.other_themes])


def why_of(advice: Advice, answer: Response) -> Why | None:
    """What makes up the score of an answer; None where there is no score."""
    if answer.contributions is None:
        return None
    shown = shown_reasons(advice)
    return Why(
        reasons=shown,
        others=answer.contributions.others,
        pairs=together(advice.champion.bundle, advice.row, shown),
        themes=answer.themes[:MOST_THEMES],
        other_themes=sum(theme.share for theme in answer.themes[MOST_THEMES:]),
    )


def weightiest_first(
    rows: Mapping[Row, float] | Sequence[Row], records: Mapping[Row, Record]
) -> list[tuple[Record, float]]:
    """The rows behind something, each once, with what each carries; then the newest first."""
    carried = rows if isinstance(rows, Mapping) else dict.fromkeys(rows, 0.0)
    found = [(record, carried[key]) for key, record in records.items() if key in carried]
    return sorted(found, key=lambda one: abs(one[1]), reverse=True)


def _largest(shares: list[float]) -> float:
    return max(map(abs, shares)) or 1.0
