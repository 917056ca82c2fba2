"""The desk: one question in, one journaled answer out, through each room once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from features.engines.checked_row import checked_row, get_ready
from features.engines.one_child import Answer
from features.histories import History, history_of
from features.language.text import Language, Text
from features.reading import day_number
from models.cannot_tell import CannotTell
from models.explain import ReasonGiven, missing, reasons
from models.red_flags import RedFlag, red_flags
from models.score import Score, score_row
from models.scoring import tell
from models.specs import NAMES
from serving.challengers import Challengers
from serving.champions import Champion, no_past
from serving.jobs.table import Jobs
from serving.jobs.worker import Worker
from serving.journal import Entry, Journal, JournalUnavailable
from serving.keys import Key, Running
from serving.metrics import ANSWERS, JOURNAL_FAILURES
from serving.problems import (
    NOT_KEPT,
    FieldProblem,
    Problem,
    conflicting,
    invalid,
    unavailable,
)
from serving.question import Question, read_question
from serving.store.case_event import CaseEvent
from serving.store.database import StoreUnavailable
from serving.store.keeping import Conflict, Receipt
from serving.store.store import Around, Store
from serving.turn import Turn
from serving.who.asker import NOBODY, Action, Asker
from serving.who.permit import permit
from serving.who.policy import Case

SCORE, REPORT = "score", "report"
NO_ANSWER = "No answer has this id."
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


@dataclass(frozen=True)
class Desk:
    """What an answer needs at hand; clock and id maker are given, so that nothing is by chance.

    `model` and `language` answer where a request names none. The clock tells the time with its
    zone: "today" is the day of that zone. A silent desk journals every score and shows none; red
    flags are fixed rules apart from the score, and are shown all the same. `past` finds the
    champion that a model had by the digest of its bundle and a time. All cases are of one `agency`.
    Each request is answered by a desk of its own `key`, under which it is answered once, and of its
    own `asker`, whom the journal names.
    """

    champions: Mapping[str, Champion]
    model: str
    language: Language
    journal: Journal
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    silent: bool = False
    challengers: Challengers | None = None
    store: Store | None = None
    past: Callable[[str, str, datetime], Champion] = no_past
    key: Key | None = None
    jobs: Jobs | None = None
    worker: Worker | None = None
    turn: Turn = field(default_factory=Turn)
    running: Running = field(default_factory=Running)
    agency: str = NOBODY.agency
    asker: Asker = NOBODY

    def asked_by(self, asker: Asker, action: Action) -> "Desk":
        """This desk as it answers who asks, once the policy permits it for a case of their own.

        Raises Problem where it does not: then it does so for no case.
        """
        own = Case(self.agency, asker.office or "", frozenset({asker.person}))
        return replace(self, asker=permit(asker, action, own))

    def permit_in(self, office: str, *handlers: str) -> None:
        """Raise Problem unless the policy permits what is asked, on a case of an office.

        A command asks for nothing that the policy knows: who types it has the files themselves.
        """
        if self.asker.action:
            case = Case(self.agency, office, frozenset(handlers))
            permit(self.asker, self.asker.action, case)

    def answer(
        self, question: Question, write: Callable[[Advice], Written], kind: str = SCORE
    ) -> Written:
        """The answer to a question, put into words by `write`; it is in the journal already.

        Raises Problem where the question cannot be answered, or the answer not be kept.
        """
        advised: list[Advice] = []

        def made() -> Entry:
            with self.turn:
                advice = self.advise(question)
                written = write(self.shown(advice))
            advised.append(advice)
            return replace(entry_of(advice, written), kind=kind)

        kept = self.once(made)
        ANSWERS.labels(kept.model, "cannot_tell" if kept.score is None else "score").inc()
        if self.challengers and advised:
            self.challengers.answer_beside(kept, advised[0].history, advised[0].row)
        return Written(kept.answer, kept.page)

    def once(self, make: Callable[[], Entry]) -> Entry:
        """What the journal holds under the request's key, or else what is made, and kept, now.

        Raises Problem where the key was used for another request, or nothing can be kept.
        """
        with self.running.alone(self.key):
            try:
                kept = self.journal.under(self.key.id) if self.key else None
                if self.key and kept:
                    self.key.check(kept.sent)
                    return kept
                made = replace(make(), asker=self.asker)
                if self.key:
                    made = replace(made, key=self.key.id, sent=self.key.sent)
                self.journal.keep(made)
            except JournalUnavailable as lost:
                JOURNAL_FAILURES.inc()
                raise unavailable("journal_unavailable") from lost
        return made

    def said(self, answer_id: str) -> Entry:
        """The answer of that id; raises Problem where there is none that the asker may know of."""
        try:
            kept = self.journal.entry(answer_id)
        except JournalUnavailable as lost:
            raise unavailable("journal_unavailable") from lost
        if kept is None or kept.about is not None:
            raise Problem("not_found", NO_ANSWER)
        office, handler = kept.whose(self.asker)
        try:
            self.permit_in(office, handler)
        except Problem:
            if office == self.asker.office:
                raise
            raise Problem("not_found", NO_ANSWER) from None  # nor is it told that there is one
        return kept

    def keep(self, office: str, told: Sequence[CaseEvent]) -> list[Receipt]:
        """Keep what an office tells, all of it; raises Problem where none of it was kept."""
        self.permit_in(office)
        if self.store is None:
            raise Problem("store_unavailable", NOT_KEPT)
        try:
            return self.store.keep(office, told, self.clock())
        except Conflict as conflict:
            errors = [FieldProblem(f"events{one.place}", one.reason) for one in conflict.problems]
            raise conflicting(errors) from None
        except StoreUnavailable as lost:
            raise Problem("store_unavailable", NOT_KEPT) from lost

    def known_around(self, office: str, child: str, cutoff: date, received: int | None) -> Around:
        """What the store has of a child; raises Problem where it has nothing, or cannot be asked.

        `received` asks about the store as it was after so many of the office's events.
        """
        self.permit_in(office)
        if self.store is None:
            raise unavailable("store_unavailable")
        try:
            found = self.store.around(office, child, cutoff, received)
        except StoreUnavailable as lost:
            raise unavailable("store_unavailable") from lost
        if received is not None and received > found.received:
            raise invalid([FieldProblem("received", "the store has not received so many events")])
        if not found.has(child):
            raise invalid([FieldProblem("child", "is not on record in this office by the cutoff")])
        return found

    def close(self) -> None:
        """Let the challengers finish what they were asked, and let go of all that is open."""
        if self.worker and self.jobs:
            self.worker.close()
            self.jobs.close()
        if self.challengers:
            self.challengers.close()
        self.journal.close()
        if self.store:
            self.store.close()

    def advise(self, question: Question) -> Advice:
        """What the rooms make of a question; nothing of it may leave before it is journaled."""
        champion = self._champion(question.model)
        now = self.clock()
        events, coverage = read_question(question, now.date())
        spec, cutoff = champion.bundle.spec, day_number(question.cutoff)
        history = history_of(question.child, events, coverage)
        row = checked_row(spec.columns, history, cutoff)
        told, untold = tell(champion.bundle, history, cutoff, row)
        return Advice(
            id=self.new_id(),
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

    def rehearse(self) -> None:
        """Score a row of which nothing is known with each champion: it is no answer, and not kept.

        What is compiled or read at first use takes seconds, for which no child is to wait.
        """
        for champion in self.champions.values():
            columns = champion.bundle.spec.columns
            get_ready(columns)
            score_row(champion.bundle, {column.name: Answer(None) for column in columns})

    def shown(self, advice: Advice) -> Advice:
        """What may be put into words."""
        return advice.silenced if self.silent else advice

    def _champion(self, model: str) -> Champion:
        if model in self.champions:
            return self.champions[model]
        if model in NAMES:
            raise unavailable("model_unavailable")
        there = f"no such model; there are: {', '.join(self.champions)}"
        raise invalid([FieldProblem("model", there)])


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
