"""GET /v1/model: which models answer here, and what is known of each."""

from features.language.text import Text
from models.bands import Band
from serving.answers import first_score
from serving.champions import Champion
from serving.desk import Desk
from serving.shape import Shape


class Words(Shape):
    """One phrase in both languages."""

    ja: str
    en: str


class BandFared(Shape):
    """A band: its scores, and the share of its past children who had the outcome."""

    code: str
    words: Words
    from_score: int
    to_score: int
    share: float
    low: float
    high: float
    count: int


class Loaded(Shape, title="LoadedModel"):
    """A model that answers, what it had to hold, and who made it the one that answers."""

    name: str
    title: Words
    outcome: Words
    version: int
    lock: str
    digest: str
    promoted_by: str
    promoted_at: str
    gates: list[str]
    bands: list[BandFared]


class Response(Shape, title="Models"):
    """Every model that answers; `defaultModel` does where a request names none.

    `silent` says that scores are journaled and not shown.
    """

    default_model: str
    silent: bool
    models: list[Loaded]


def model(desk: Desk) -> bytes:
    """What is loaded, as canonical JSON."""
    loaded = [_loaded(champion) for champion in desk.champions.values()]
    response = Response(default_model=desk.model, silent=desk.silent, models=loaded)
    return response.json_bytes


def _loaded(champion: Champion) -> Loaded:
    bundle = champion.bundle
    return Loaded(
        name=bundle.spec.name,
        title=_words(bundle.spec.title),
        outcome=_words(bundle.spec.label.about),
        version=champion.version,
        lock=bundle.lock,
        digest=bundle.digest,
        promoted_by=champion.promoted_by,
        promoted_at=champion.promoted_at.isoformat(),
        gates=[str(gate) for gate in bundle.spec.gates],
        bands=[_band(band) for band in bundle.fitted.bands],
    )


def _band(band: Band) -> BandFared:
    return BandFared(
        code=band.code,
        words=_words(band.name.words),
        from_score=first_score(band.name),
        to_score=band.name.to_score,
        share=band.share,
        low=band.low,
        high=band.high,
        count=band.count,
    )


def _words(text: Text) -> Words:
    return Words(ja=text.ja, en=text.en)
