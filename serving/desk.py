"""The desk: one question in, one journaled answer out, through each room once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from features.language.text import Language
from serving.advice import SCORE, Advice, Written, advise, entry_of
from serving.challengers import Challengers
from serving.champions import Champion, chosen, no_past
from serving.jobs.table import Jobs
from serving.jobs.worker import Worker
from serving.journal import Entry, Erased, Journal, JournalUnavailable
from serving.keys import Key, Running
from serving.metrics import ANSWERS, JOURNAL_FAILURES
from serving.problems import Problem, erased, unavailable
from serving.question import Question
from serving.store.store import Store
from serving.tracing import part
from serving.turn import Turn
from serving.who.asker import NOBODY, Action, Asker
from serving.who.permit import permit
from serving.who.policy import Case

NO_ANSWER = "No answer has this id."


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
            with self.turn, part("advise"):
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

        Raises Problem where the key was used for another request, or for one that was erased, and
        where nothing can be kept.
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
                with part("keep"):
                    self.journal.keep(made)
            except Erased:
                raise erased() from None
            except JournalUnavailable as lost:
                JOURNAL_FAILURES.inc()
                raise unavailable("journal_unavailable") from lost
        return made

    def said(self, answer_id: str) -> Entry:
        """The answer of that id; raises Problem where there is none that the asker may know of."""
        try:
            kept = self.journal.entry(answer_id)
        except Erased:
            raise erased() from None
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
        champion = chosen(self.champions, question.model)
        return advise(champion, question, self.new_id, self.clock())

    def shown(self, advice: Advice) -> Advice:
        """What may be put into words."""
        return advice.silenced if self.silent else advice
