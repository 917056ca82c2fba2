"""Contests of facts that the store has: decided by a person, corrected by a later event."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, tuple_, update

from serving.store.keeping import take_turn, upsert
from serving.store.outbox import Message, post
from serving.store.schema import concerned, contests, events, notices

DECIDED, CORRECTED = "contest.decided", "score.corrected"  # types of messages
UPHELD, TURNED_DOWN = "upheld", "turned_down"
What = Literal["corrected", "upheld", "turned_down"]


@dataclass(frozen=True)
class Contest:
    """A fact behind an answer is challenged: the row of a table, or one that is missing there.

    `received` is how many events the office had told when it was answered.
    """

    id: str
    score_id: str
    child: str
    of_table: str
    of_row: str | None
    received: int
    at: str


@dataclass(frozen=True)
class Decision:
    """What a supervisor decided of a contest, `upheld` or `turned_down`, and who is to know."""

    id: str
    at: str
    contest_id: str
    score_id: str
    what: Literal["upheld", "turned_down"]
    readers: Sequence[str]


@dataclass(frozen=True)
class Correction:
    """A contested fact was corrected, and which answer took the place of the earlier one."""

    id: str
    at: str
    contest: Contest
    new_score_id: str
    readers: Sequence[str]


@dataclass(frozen=True)
class Notice:
    """What became of an answer that a person has seen; `new_score_id` is the one that stands.

    It is open until it is acknowledged.
    """

    id: str
    at: str
    person: str
    contest_id: str
    score_id: str
    new_score_id: str
    what: What
    acknowledged_at: str | None = None


def keep_contest(connection: Connection, office: str, contest: Contest) -> None:
    """Keep a contest, once."""
    row = {"office": office, **vars(contest)}
    connection.execute(upsert(connection, contests).values(**row).on_conflict_do_nothing())


def pending(connection: Connection, office: str, after: str | None, most: int) -> Sequence[str]:
    """The contests that ask for something still, behind one of an id, the oldest first.

    They are those that nobody has decided, and those that were upheld and not corrected yet.
    """
    order = tuple_(contests.c.at, contests.c.id)
    asks = or_(contests.c.decided.is_(None), contests.c.decided == UPHELD)
    asked = select(contests.c.id).order_by(*order).limit(most)
    asked = asked.where(contests.c.office == office, contests.c.settled_by.is_(None), asks)
    if after is not None:
        last = select(contests.c.at, contests.c.id).where(_one(office, after))
        asked = asked.where(order > last.scalar_subquery())
    return connection.scalars(asked).all()


def keep_decision(connection: Connection, office: str, decision: Decision) -> None:
    """Keep what was decided of a contest, and tell all whom it concerns; once."""
    take_turn(connection, office)  # notices are numbered
    open_one = and_(_one(office, decision.contest_id), contests.c.decided.is_(None))
    decided = update(contests).where(open_one).values(decided=decision.what)
    if not connection.execute(decided).rowcount:
        return
    said = {
        "id": decision.id,
        "at": decision.at,
        "contest_id": decision.contest_id,
        "score_id": decision.score_id,
        "new_score_id": decision.score_id,
        "what": decision.what,
    }
    names = {"decisionId": decision.id}
    _tell(connection, office, said, decision.readers, DECIDED, names)


def corrected(connection: Connection, office: str, child: str, upto: int) -> Sequence[Contest]:
    """The contests about a child of whose fact something else was told since.

    A row that is told otherwise after all is corrected though the contest was turned down; where
    that was said to miss a row, no row that comes later is taken for the missing one.
    """
    told = and_(
        events.c.office == office,
        events.c.of_table == contests.c.of_table,
        events.c.number > contests.c.received,
        events.c.number <= upto,
    )
    of_row = select(events.c.number).where(told, events.c.of_row == contests.c.of_row)
    missing = and_(contests.c.of_row.is_(None), contests.c.decided.is_distinct_from(TURNED_DOWN))
    of_child = (
        select(events.c.number)
        .join(
            concerned,
            and_(
                concerned.c.office == events.c.office,
                concerned.c.of_table == events.c.of_table,
                concerned.c.of_row == events.c.of_row,
            ),
        )
        .where(told, missing, concerned.c.person == contests.c.child)
    )
    asked = select(*(contests.c[field.name] for field in fields(Contest))).where(
        contests.c.office == office,
        contests.c.child == child,
        contests.c.settled_by.is_(None),
        or_(of_row.correlate(contests).exists(), of_child.correlate(contests).exists()),
    )
    return [Contest(*row) for row in connection.execute(asked.order_by(contests.c.id))]


def keep_correction(connection: Connection, office: str, correction: Correction) -> None:
    """Settle a contest, and tell all who have seen the earlier answer; done before, it stays."""
    contest, new_id = correction.contest, correction.new_score_id
    one = and_(_one(office, contest.id), contests.c.settled_by.is_(None))
    settled = update(contests).where(one).values(settled_by=new_id)
    if not connection.execute(settled).rowcount:
        return
    said = {
        "id": correction.id,
        "at": correction.at,
        "contest_id": contest.id,
        "score_id": contest.score_id,
        "new_score_id": new_id,
        "what": "corrected",
    }
    names = {"newScoreId": new_id}
    _tell(connection, office, said, correction.readers, CORRECTED, names)


def notices_after(
    connection: Connection, office: str, person: str, number: int, most: int, *, only_open: bool
) -> list[tuple[int, Notice]]:
    """The notices to a person after one of them, with their numbers; all, or the open ones."""
    asked = select(notices.c.number, *(notices.c[field.name] for field in fields(Notice))).where(
        notices.c.office == office, notices.c.person == person, notices.c.number > number
    )
    if only_open:
        asked = asked.where(notices.c.acknowledged_at.is_(None))
    found = connection.execute(asked.order_by(notices.c.number).limit(most))
    return [(row[0], Notice(*row[1:])) for row in found]


def is_notice(connection: Connection, office: str, person: str, notice: str) -> bool:
    """Whether a person has a notice of that id."""
    asked = select(notices.c.id).where(_to(office, person, notice))
    return connection.execute(asked).first() is not None


def acknowledge(connection: Connection, office: str, person: str, notice: str, at: str) -> str:
    """Keep when a person has acknowledged a notice; when that was first."""
    one = _to(office, person, notice)
    new = update(notices).where(one, notices.c.acknowledged_at.is_(None))
    connection.execute(new.values(acknowledged_at=at))
    return str(connection.execute(select(notices.c.acknowledged_at).where(one)).scalar_one())


def _to(office: str, person: str, notice: str) -> ColumnElement[bool]:
    return and_(notices.c.office == office, notices.c.person == person, notices.c.id == notice)


def _one(office: str, contest: str) -> ColumnElement[bool]:
    return and_(contests.c.office == office, contests.c.id == contest)


def _tell(
    connection: Connection,
    office: str,
    said: dict[str, str],
    readers: Sequence[str],
    kind: str,
    names: dict[str, str],
) -> None:
    """Put a notice into the work list of each who has seen an answer, and have it sent by ids."""
    last = select(func.coalesce(func.max(notices.c.number), 0)).where(notices.c.office == office)
    first = connection.execute(last).scalar_one() + 1
    rows = [
        {"office": office, "number": number, "person": person, **said}
        for number, person in enumerate(sorted(readers), start=first)
    ]
    if rows:
        connection.execute(insert(notices), rows)
    ids = {"contestId": said["contest_id"], "scoreId": said["score_id"], **names}
    post(connection, office, Message(said["id"], kind, said["at"], {"office": office, **ids}))
