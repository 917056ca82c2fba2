"""Advice: what the rooms make of a question, each asked once, before it is put into words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from features.engines.checked_row import checked_row
from features.engines.one_child import Answer
from features.histories import History, history_of
from features.language.text import Text
from features.reading import day_number
from models.cannot_tell import CannotTell
from models.explain import ReasonGiven, missing, reasons
from models.red_flags import RedFlag, red_flags
from models.score import Score
from models.scoring import tell
from serving.champions import Champion
from serving.journal import Entry
from serving.question import Question, read_question

SCORE, REPORT = "score", "report"
LOOK = "look"  # the kind of an answer that nobody asked for: a child was looked at again
SILENT = CannotTell(
    "silent", Text("試行中：記録しましたが、表示しません", "silent: recorded, not shown")
)


@dataclass(frozen=True)
class Advice:
    """What the rooms make of a question, before it is put into words.

    `score` is None where it cannot be told, and `reasons` is empty then; red flags always stand.
    `missing` holds code and words of what could not be answered; `at` is when it was asked.
    """

    id: str
    at: datetime
    question: Question
    champion: Champion
    history: History
    row: Mapping[str, Answer]
    red_flags: list[RedFlag]
    missing: list[tuple[str, Text]]
    cannot_tell: list[CannotTell]
    score: Score | None
    reasons: list[ReasonGiven]

    @property
    def silenced(self) -> "Advice":
        """The same without score and reasons: whoever puts it into words cannot give them away."""
        untold = [SILENT, *self.cannot_tell]
        return replace(self, score=None, reasons=[], cannot_tell=untold)


@dataclass(frozen=True)
class Written:
    """Advice as it leaves: canonical JSON, and a page where one was asked for."""

    answer: bytes
    page: bytes | None = None


def advise(
    champion: Champion, question: Question, new_id: Callable[[], str], now: datetime
) -> Advice:
    """What the rooms make of a question; raises Problem where it cannot be answered."""
    events, coverage = read_question(question, now.date())
    spec, cutoff = champion.bundle.spec, day_number(question.cutoff)
    history = history_of(question.child, events, coverage)
    row = checked_row(spec.columns, history, cutoff)
    told, untold = tell(champion.bundle, history, cutoff, row)
    return Advice(
        id=new_id(),
        at=now,
        question=question,
        champion=champion,
        history=history,
        row=row,
        red_flags=red_flags(history, cutoff),
        missing=missing(spec, row),
        cannot_tell=untold,
        score=told,
        reasons=reasons(spec, row, told.contributions) if told else [],
    )


def entry_of(advice: Advice, written: Written) -> Entry:
    """What the journal keeps of an answer."""
    question, bundle, score = advice.question, advice.champion.bundle, advice.score
    return Entry(
        id=advice.id,
        at=advice.at,
        kind=SCORE,
        model=bundle.spec.name,
        version=advice.champion.version,
        digest=bundle.digest,
        lock=bundle.lock,
        request=question.request,
        asked=question.asked,
        child=question.child,
        cutoff=question.cutoff,
        row={name: answer.number for name, answer in advice.row.items()},
        probability=score.probability if score else None,
        score=score.score if score else None,
        band=score.band.code if score else None,
        answer=written.answer,
        page=written.page,
    )
