"""GET /v1/contests and POST /v1/contests/{contestId}/decisions: a contest is upheld or turned down.

A supervisor decides, and nobody on what they have contested themselves. What is upheld stays in the
work list until the fact is told otherwise, by an event as every other (`serving.lookout`); what is
turned down is closed. Either way the answer says so ever after, and whoever contested it or has
seen it is told.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from serving.about import CONTEST, DECISION, READ, keep_first, readers
from serving.at_hand import journal_at_hand
from serving.cases import of_store
from serving.contest_reasons import TURNED_DOWN_REASONS, UPHELD_REASONS
from serving.desk import Desk
from serving.endpoints import contest
from serving.endpoints.events import Identifier
from serving.endpoints.review import Words
from serving.journal import Erased
from serving.journal.acts import Act
from serving.problems import FieldProblem, conflicting, invalid
from serving.shape import Shape
from serving.store.contesting import Decision

MOST_CONTESTS = 200  # of one answer
REASONS = {"upheld": UPHELD_REASONS, "turned_down": TURNED_DOWN_REASONS}

Decided = Literal["upheld", "turned_down"]
ReasonCode = Literal[
    "record_mistaken", "evidence_given", "record_confirmed", "nothing_shows_it", "not_a_fact",
    "other",
]  # fmt: skip


class Place(Shape, title="ContestsOf"):
    """The contests of whose answers, and behind which one."""

    office: Identifier
    after: str | None = None


class ContestId(Shape):
    """Which contest is meant."""

    contest_id: str


class Request(Shape, title="ContestDecisionRequest"):
    """Whether what was contested is so, why, and in which words."""

    decision: Decided
    reason_code: ReasonCode
    words: Words


class Response(Shape, title="ContestDecision"):
    """What was decided of a contest, by whom, when, and why."""

    decision_id: str
    contest_id: str
    score_id: str
    at: datetime
    person: str
    decision: Decided
    reason_code: ReasonCode
    words: str


class Pending(contest.Response, title="PendingContest"):
    """A contest that asks for something: to be decided or, where it was upheld, to be corrected."""

    child: str
    person: str
    decisions: list[Response]


class Listed(Shape, title="ContestList"):
    """The oldest first; more may be behind the last one while the list is full."""

    office: str
    contests: list[Pending]


def listed(desk: Desk, place: Place) -> bytes:
    """The list as canonical JSON; that it was read is in the journal already."""
    desk.permit_in(place.office)
    told: list[Pending] = []
    after = place.after
    with of_store(desk) as store:
        while found := store.pending(place.office, after, MOST_CONTESTS - len(told)):
            told += filter(None, (_pending(desk, id_) for id_ in found))
            after = found[-1]
    response = Listed(office=place.office, contests=told)
    asked: dict[str, object] = {"read": "contests", "office": place.office}
    desk.do(Act(READ, "", asked, {"sha256": sha256(response.json_bytes).hexdigest()}))
    return response.json_bytes


def decide(desk: Desk, place: ContestId, request: Request) -> bytes:
    """The decision as it is kept; a contest is decided once."""
    there = REASONS[request.decision]
    if request.reason_code not in there:
        raise invalid([FieldProblem("reasonCode", f"must be one of: {', '.join(there)}")])
    kept = desk.said(place.contest_id, CONTEST)
    score_id = contest.Response.model_validate_json(kept.answer).score_id

    def say(decision_id: str, at: datetime) -> bytes:
        return Response(
            decision_id=decision_id,
            contest_id=kept.id,
            score_id=score_id,
            at=at,
            person=desk.asker.person,
            **request.model_dump(),
        ).json_bytes

    answer, is_first = keep_first(desk, kept, DECISION, request.json_bytes, say)
    _tell(desk, Response.model_validate_json(answer))
    if not is_first:
        raise conflicting([FieldProblem("decision", "was made before, once and for all")])
    return answer


def decisions_of(desk: Desk, contest_id: str) -> list[Response]:
    """What was decided of a contest: one decision, or none as yet."""
    with journal_at_hand():
        since = desk.journal.about(contest_id, DECISION)
    return [Response.model_validate_json(entry.answer) for entry in since]


def _tell(desk: Desk, said: Response) -> None:
    """Have the store tell of it, once, where the answer is one of an office.

    Whoever decided may have been cut off before it did.
    """
    with journal_at_hand():
        answer = desk.journal.entry(said.score_id)
    assert answer, "it was contested"
    if desk.store is None or not answer.office:
        return
    decision = Decision(
        id=said.decision_id,
        at=said.at.isoformat(),
        contest_id=said.contest_id,
        score_id=said.score_id,
        what=said.decision,
        readers=sorted(readers(desk, answer)),
    )
    with of_store(desk) as store:
        store.keep_decision(answer.office, decision)


def _pending(desk: Desk, contest_id: str) -> Pending | None:
    """What is told of one; None where it was erased, and the store does not know of it yet."""
    with journal_at_hand():
        try:
            kept = desk.journal.entry(contest_id)
        except Erased:
            return None
    assert kept, "it was kept there before the store knew of it"
    said = contest.Response.model_validate_json(kept.answer).model_dump()
    by, decided = kept.asker.person, decisions_of(desk, contest_id)
    return Pending(**said, child=kept.child, person=by, decisions=decided)


EXAMPLE: dict[str, Any] = {
    "decision": "upheld",
    "reasonCode": "record_mistaken",
    "words": "入院の記録で、訪問日に不在だったことを確認した。",
}
