"""Answers: what leaves the desk, in the reader's language."""

from datetime import date
from math import isclose
from typing import Literal

from features.language.text import Language, Text
from models.bands import BAND_NAMES, Band, BandName
from models.explain import ReasonGiven, by_theme
from models.score import TOLERANCE, ContributionError, Score
from serving.advice import Advice
from serving.shape import Shape

TOP_REASONS = 8

ADVICE = Text(
    "助言であり、決定ではありません。判断は人が行います。",
    "Advice, not a decision: a person decides.",
)
FARED = Text(
    "過去にこの区分だった児童{count}人のうち{share}%（95%信頼区間 {low}〜{high}%）が、"
    "次の結果になりました：{outcome}。",
    "Of {count} past children in this band, {share} % (95 % interval {low} to {high} %) had the "
    "outcome: {outcome}.",
)


class Model(Shape):
    """Which model answered: `lock` is the hash of its questions, `digest` of its whole bundle."""

    name: str
    title: str
    version: int
    lock: str
    digest: str


class Range(Shape):
    """Two probabilities, the lower and the higher, and the scores that they stand for."""

    low: float
    high: float
    from_score: int
    to_score: int


class BandShape(Shape, title="Band"):
    """The band, and the share of the past children in it who had the outcome, with its interval."""

    code: str
    words: str
    from_score: int
    to_score: int
    share: float
    low: float
    high: float
    count: int
    told: str


class Evidence(Shape):
    """A row of the case file, by table and id."""

    table: str
    id: str


class Carried(Evidence, title="CarriedEvidence"):
    """A row behind a reason, and the part of the reason's share that it carries.

    See `models.explain.ReasonGiven.carried`: an account, not what the score would be without it.
    """

    share: float


class Flag(Shape, title="RedFlag"):
    """A red flag: it stands beside the score, and never changes it."""

    code: str
    words: str
    evidence: list[Evidence]


class Reason(Shape):
    """One reason: `share` is its part of the score in log-odds, and `theme` the code of its theme.

    `evidence` holds the rows behind the words. Their parts make up the share together with those of
    the feature's other windows, and with what it weighs that nothing is on record.
    """

    code: str
    words: str
    theme: str
    share: float
    direction: Literal["raises", "lowers"]
    evidence: list[Carried]


class ThemeShape(Shape, title="Theme"):
    """One side of a child's life: `share` is that of all its reasons, shown or not."""

    code: str
    words: str
    share: float


class Contributions(Shape):
    """How the score adds up, in log-odds: base + shown reasons + all others = margin."""

    base: float
    shown: float
    others: float
    margin: float


class Said(Shape):
    """A stable code and its words."""

    code: str
    words: str


class Response(Shape, title="ScoreAnswer"):
    """The answer; where something is in `cannotTell`, no score is given and the rest is null.

    That holds for a silent desk too, which gives the code `silent`: a client that can be told
    nothing needs no change for a silent trial.
    """

    score_id: str
    model: Model
    child: str
    cutoff: date
    language: Language
    advice: str
    outcome: str
    probability: float | None
    range: Range | None
    score: int | None
    band: BandShape | None
    red_flags: list[Flag]
    reasons: list[Reason]
    themes: list[ThemeShape]
    contributions: Contributions | None
    missing: list[Said]
    cannot_tell: list[Said]


def respond(advice: Advice, most_reasons: int = TOP_REASONS) -> Response:
    """Advice in the reader's language, with so many of the weightiest reasons.

    Raises ContributionError unless the contributions add up to the score.
    """
    language, score = advice.question.language, advice.score
    spec = advice.champion.bundle.spec
    return Response(
        score_id=advice.id,
        model=_model(advice, language),
        child=advice.question.child,
        cutoff=advice.question.cutoff,
        language=language,
        advice=ADVICE.read(language),
        outcome=spec.label.about.read(language),
        probability=score.probability if score else None,
        range=_range(score) if score else None,
        score=score.score if score else None,
        band=_band(score.band, spec.label.about, language) if score else None,
        red_flags=[
            Flag(code=f.code, words=f.words.read(language), evidence=_evidence(f.evidence))
            for f in advice.red_flags
        ],
        reasons=_reasons(shown_reasons(advice, most_reasons), language),
        themes=[
            ThemeShape(code=theme.code, words=theme.words.read(language), share=share)
            for theme, share in by_theme(advice.reasons)
        ],
        contributions=_contributions(advice, score, most_reasons) if score else None,
        missing=[Said(code=code, words=words.read(language)) for code, words in advice.missing],
        cannot_tell=[Said(code=c.code, words=c.words.read(language)) for c in advice.cannot_tell],
    )


def _range(score: Score) -> Range:
    return Range(low=score.low, high=score.high, from_score=score.lowest, to_score=score.highest)


def _model(advice: Advice, language: Language) -> Model:
    bundle = advice.champion.bundle
    return Model(
        name=bundle.spec.name,
        title=bundle.spec.title.read(language),
        version=advice.champion.version,
        lock=bundle.lock,
        digest=bundle.digest,
    )


def _band(band: Band, outcome: Text, language: Language) -> BandShape:
    return BandShape(
        code=band.code,
        words=band.name.words.read(language),
        from_score=first_score(band.name),
        to_score=band.name.to_score,
        share=band.share,
        low=band.low,
        high=band.high,
        count=band.count,
        told=how_band_fared(band, outcome).read(language),
    )


def how_band_fared(band: Band, outcome: Text) -> Text:
    """The share of the band's past children who had the outcome, in words."""
    numbers = {"share": band.share, "low": band.low, "high": band.high}
    in_percent = {name: f"{100 * share:.0f}" for name, share in numbers.items()}
    blanks = {"count": f"{band.count:,}", **in_percent}
    return FARED.filled(
        outcome=outcome, **{name: Text(said, said) for name, said in blanks.items()}
    )


def first_score(name: BandName) -> int:
    """The lowest score of a band."""
    below = [other.to_score for other in BAND_NAMES if other.to_score < name.to_score]
    return max(below, default=0) + 1


def shown_reasons(advice: Advice, most: int = TOP_REASONS) -> list[ReasonGiven]:
    """The weightiest reasons, as many as a person reads; none without a share."""
    return [reason for reason in advice.reasons[:most] if reason.share]


def _reasons(given: list[ReasonGiven], language: Language) -> list[Reason]:
    return [
        Reason(
            code=reason.code,
            words=reason.words.read(language),
            theme=reason.theme.code,
            share=reason.share,
            direction="raises" if reason.raises else "lowers",
            evidence=[
                Carried(table=table, id=row, share=share)
                for (table, row), share in reason.evidence.items()
            ],
        )
        for reason in given
    ]


def _contributions(advice: Advice, score: Score, most: int) -> Contributions:
    shown = sum(reason.share for reason in shown_reasons(advice, most))
    others = sum(reason.share for reason in advice.reasons) - shown
    margin = score.base + shown + others
    if not isclose(margin, score.margin, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        raise ContributionError("the reasons do not add up to the score")
    return Contributions(base=score.base, shown=shown, others=others, margin=score.margin)


def _evidence(rows: tuple[tuple[str, str], ...]) -> list[Evidence]:
    return [Evidence(table=table, id=row) for table, row in rows]
