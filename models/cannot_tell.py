"""When no score is given, and why: "cannot tell" is an answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.engines.one_child import Answer, answer
from features.histories import History
from features.language.text import Text
from features.language.windows import EVER
from features.tables import children
from models.explain import unanswered
from models.score import Score
from models.spec import Cohort, ModelSpec

WIDEST_RANGE = 0.3  # wider, and the range spans most bands: it would tell a person nothing
MOST_UNKNOWN = 0.9  # the share of features beyond which a history is too thin to compare

_AGE = children.within(EVER).age()
_NO_AGE = Text("年齢が不明", "the age is not known")
_OTHER_AGE = Text("対象年齢の外", "the age is outside those that the model is for")
_NO_ROW = Text("基準日までに{table}の記録がない", "no {table} on record by the cutoff")
_TOO_THIN = Text("記録が少なすぎる", "too little is on record")
_TOO_WIDE = Text("推定の幅が広すぎる", "the range is too wide")


@dataclass(frozen=True, slots=True)
class CannotTell:
    """One reason for which no score is given."""

    code: str
    words: Text


def before_scoring(
    spec: ModelSpec, history: History, cutoff: int, row: Mapping[str, Answer]
) -> list[CannotTell]:
    """Why this child is not one that the model can be asked about on the cutoff; mostly empty."""
    found = _outside(spec.cohort, history, cutoff) if isinstance(spec.cohort, Cohort) else []
    if len(unanswered(spec, row)) > MOST_UNKNOWN * len(spec.features):
        found.append(CannotTell("too_thin", _TOO_THIN))
    return found


def after_scoring(score: Score) -> list[CannotTell]:
    """Why a score that was made is not given; mostly empty."""
    if score.high - score.low > WIDEST_RANGE:
        return [CannotTell("range_too_wide", _TOO_WIDE)]
    return []


def _outside(cohort: Cohort, history: History, cutoff: int) -> list[CannotTell]:
    found = []
    age = answer(_AGE, history, cutoff).number
    youngest, oldest = cohort.ages
    if age is None:
        found.append(CannotTell("age_unknown", _NO_AGE))
    elif not youngest <= age <= oldest:
        found.append(CannotTell("age_outside", _OTHER_AGE))
    if not answer(cohort.each.within(EVER).exists(), history, cutoff).number:
        words = _NO_ROW.filled(table=cohort.each.words)
        found.append(CannotTell("not_in_cohort", words))
    return found
