"""The desk: one question in, one journaled answer out, through each room once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from features.language.text import Language
from serving.advice import LOOK, REPORT, SCORE, Advice, Written, advise, entry_of
from serving.at_hand import journal_at_hand
from serving.challengers import Challengers
from serving.champions import Champion, chosen, no_past
from serving.jobs.table import Jobs
from serving.jobs.worker import Worker
from serving.journal import Entry, Erased, Journal
from serving.journal.acts import Act
from serving.keys import Key, Running
from serving.metrics import ANSWERS
from serving.problems import Problem, erased, unavailable
from serving.question import Question
from serving.store.database import StoreUnavailable
from serving.store.handling import Handling
from serving.store.store import Store
from serving.tracing import part
from serving.turn import Turn
from serving.who.asker import NOBODY, UNASKED, Action, Asker
from serving.who.permit import POLICY, decide, forbidden
from serving.who.policy import Case

NO_ANSWER = "No answer has this id."
ANSWERED = (SCORE, REPORT, LOOK)
REFUSED = "refused"  # the kind of the record of what the policy did not permit


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
        """This desk as it answers who asks, once the policy permits it for some case.

        That is one of their own, or, to break the glass, one that is not. Raises Problem where it
        does not: then it does so for no case.
        """
        office = "" if action == "break_glass" else asker.office or ""
        mine = Case(self.agency, office, frozenset({asker.person}))
        return replace(self, asker=replace(self, asker=asker)._permitted(action, mine))

    def permit_in(self, office: str) -> None:
        """Raise Problem unless the policy permits what is asked, in an office as a whole.

        A command asks for nothing that the policy knows: who types it has the files themselves.
        """
        if self.asker.action:
            self._permitted(self.asker.action, Case(self.agency, office))

    def permit_on(
        self, office: str, child: str, otherwise: str = "", about: Entry | None = None
    ) -> None:
        """Raise Problem unless the policy permits what is asked, on the case of a child.

        Where the office has not said who handles it, that is who is named `otherwise`. The record
        that is asked `about` is named in the journal, should it be refused.
        """
        if self.asker.action:
            known = self.handling(office, child)
            handlers = known.handlers or {otherwise}
            by, record = (about.asker.person, about.id) if about else (None, None)
            case = Case(self.agency, office, frozenset(handlers), known.sealed, by)
            self._permitted(self.asker.action, case, child, glass=known.opened, about=record)

    @property
    def itself(self) -> "Desk":
        """This desk as it works on its own, and not on behalf of who asks: sealed cases, too."""
        return replace(self, asker=replace(self.asker, action=None))

    def may(self, office: str, child: str) -> bool:
        """Whether what is asked would be permitted, of a case to be listed or offered.

        It is no decision about one that was named: nothing of it is on record.
        """
        known = self.handling(office, child)
        return self._would(Case(self.agency, office, known.handlers, known.sealed))

    def may_sealed(self, office: str) -> bool:
        """Whether what is asked would be permitted of the sealed cases of an office, to be listed.

        Of all others it is, where it is in the office as a whole: who handles them is not asked.
        """
        return self._would(Case(self.agency, office, sealed=True))

    def _would(self, case: Case) -> bool:
        action = self.asker.action
        return action is None or POLICY().decide(self.asker, action, case).allowed

    def handling(self, office: str, child: str) -> Handling:
        """How the office handles a case, and whether it is open to who asks; raises Problem.

        Who is not asked who they are may see every case, so that the store need not be there.
        """
        if self.store is None or UNASKED in self.asker.roles:
            return Handling()
        try:
            return self.store.handling(office, child, self.asker.person, self.clock())
        except StoreUnavailable as lost:
            raise unavailable("store_unavailable") from lost

    def _permitted(
        self,
        action: Action,
        case: Case,
        child: str = "",
        *,
        glass: bool = False,
        about: str | None = None,
    ) -> Asker:
        """Who asks, with the rules that permit it; what they do not permit is in the journal."""
        decision = decide(self.asker, action, case, glass=glass)
        ruled = replace(self.asker, action=action, policies=decision.policies)
        if decision.allowed:
            return ruled
        asked: dict[str, object] = {"action": action, "office": case.office}
        replace(self, asker=ruled, key=None).do(
            Act(REFUSED, child, asked, {"allowed": False}, about)
        )
        raise forbidden()

    def do(self, act: Act) -> Entry:
        """The record of what is done, kept in the journal; raises Problem where it cannot be."""
        return self.once(lambda: act.entry(self.new_id(), self.clock()))

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

    def once(self, make: Callable[[], Entry], look: Callable[[], None] = lambda: None) -> Entry:
        """What the journal holds under the request's key, or else what is made, and kept, now.

        Raises Problem where the key was used for another request, or for one that was erased, and
        where nothing can be kept. `look` is the journal's last look before it keeps something.
        """
        with self.running.alone(self.key), journal_at_hand():
            try:
                kept = self.journal.under(self.key.id) if self.key else None
                if self.key and kept:
                    self.key.check(kept.sent)
                    return kept
                made = replace(make(), asker=self.asker)
                if self.key:
                    made = replace(made, key=self.key.id, sent=self.key.sent)
                with part("keep"):
                    self.journal.keep(made, look)
            except Erased:
                raise erased() from None
        return made

    def said(self, record_id: str, *kinds: str) -> Entry:
        """The answer of that id, or the record of one of the kinds.

        Raises Problem where there is none that the asker may know of.

        Where there is none at all, the policy is asked all the same, about a case of no office:
        neither words, nor journal, nor time tell that from an answer of another office.
        """
        try:
            with journal_at_hand():
                kept = self.journal.entry(record_id)
        except Erased as gone:
            self._permit_to_know(gone.asker or NOBODY)
            raise erased() from None
        if kept is None or kept.kind not in (kinds or ANSWERED):
            self._permit_to_know(NOBODY)
            raise Problem("not_found", NO_ANSWER)
        self._permit_to_know(kept.asker, kept)
        return kept

    def _permit_to_know(self, before: Asker, kept: Entry | None = None) -> None:
        """Raise Problem unless the policy permits to know of what another asked for `before`.

        To who asks from another office, there is no such thing.
        """
        office = kept.office if kept else before.office or ""
        try:
            self.permit_on(office, kept.child if kept else "", before.handler(self.asker), kept)
        except Problem as problem:
            if office == self.asker.office or problem.code != "forbidden":
                raise
            raise Problem("not_found", NO_ANSWER) from None

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
