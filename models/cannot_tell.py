"""When no score is given, and why: "cannot tell" is an answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from features.engines.one_child import Answer, answer
from features.histories import History
from features.language.feature import Column
from features.language.text import Text
from features.language.windows import EVER
from features.tables import children
from features.telling import tell
from models.bundle import Bundle
from models.explain import unanswered
from models.score import Score, numbers_of
from models.spec import Cohort, ModelSpec

TOO_THIN, STRANGE, TOO_WIDE = "too_thin", "unlike_what_was_learnt", "range_too_wide"
NAMED = 3  # strange answers told; more are not read

_AGE = children.within(EVER).age()
_NO_AGE = Text("年齢が不明", "the age is not known")
_OTHER_AGE = Text("対象年齢の外", "the age is outside those that the model is for")
_NO_ROW = Text("基準日までに{table}の記録がない", "no {table} on record by the cutoff")
_TOO_THIN = Text("記録が少なすぎる", "too little is on record")
_STRANGE = Text(
    "学習した事例にほとんど例がない：{answers}",
    "hardly any case that was learnt from was like this: {answers}",
)
_TOO_WIDE = Text(
    "推定の幅が広すぎる（スコア{lowest}から{highest}まで）",
    "the range is too wide: any score from {lowest} to {highest}",
)


@dataclass(frozen=True, slots=True)
class CannotTell:
    """One reason for which no score is given."""

    code: str
    words: Text


def before_scoring(
    bundle: Bundle, history: History, cutoff: int, row: Mapping[str, Answer]
) -> list[CannotTell]:
    """Why this child is not one that the model can be asked about on the cutoff; mostly empty."""
    spec = bundle.spec
    found = _outside(spec.cohort, history, cutoff) if isinstance(spec.cohort, Cohort) else []
    if len(unanswered(spec, row)) > spec.doubt.most_unknown * len(spec.features):
        return [*found, CannotTell(TOO_THIN, _TOO_THIN)]
    return [*found, *_strange(bundle, row)]


def after_scoring(spec: ModelSpec, score: Score) -> list[CannotTell]:
    """Why a score that was made is not given; mostly empty."""
    if score.highest - score.lowest < spec.doubt.widest_range:
        return []
    ends = {"lowest": score.lowest, "highest": score.highest}
    filled = {name: Text(str(end), str(end)) for name, end in ends.items()}
    return [CannotTell(TOO_WIDE, _TOO_WIDE.filled(**filled))]


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


def _strange(bundle: Bundle, row: Mapping[str, Answer]) -> Iterator[CannotTell]:
    """That the row is too unlike those learnt from, with the answers that weigh most in it."""
    spec, familiar = bundle.spec, bundle.fitted.familiar
    numbers = numbers_of(spec, row)
    if familiar.strangeness(numbers)[0] > spec.doubt.most_strange:
        places = familiar.strange(numbers)[0].nonzero()[0].tolist()
        weightiest = sorted(places, key=lambda place: -familiar.weight[place])
        words = _told(spec, (spec.columns[place] for place in weightiest), row)
        yield CannotTell(STRANGE, _STRANGE.filled(answers=words))


def _told(spec: ModelSpec, columns: Iterable[Column], row: Mapping[str, Answer]) -> Text:
    """The answers of the first features, each told once."""
    features = {feature.name: feature for feature in spec.features}
    first: dict[str, Column] = {}
    for column in columns:
        first.setdefault(column.feature, column)
    named = islice(first.items(), NAMED)
    told = [tell(features[name], column, row[column.name]) for name, column in named]
    return Text("、".join(one.ja for one in told), "; ".join(one.en for one in told))
