"""Contests of facts that the store has, until a later event corrects the fact."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from serving.store.keeping import upsert
from serving.store.outbox import Message, post
from serving.store.schema import concerned, contests, events, notices

CORRECTED = "score.corrected"


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
    """That an answer which a person has seen was corrected."""

    id: str
    at: str
    person: str
    contest_id: str
    score_id: str
    new_score_id: str


def keep_contest(connection: Connection, office: str, contest: Contest) -> None:
    """Keep a contest, once."""
    row = {"office": office, **vars(contest)}
    connection.execute(upsert(connection, contests).values(**row).on_conflict_do_nothing())


def corrected(connection: Connection, office: str, child: str, upto: int) -> Sequence[Contest]:
    """The open contests about a child of whose fact something else was told since."""
    told = and_(
        events.c.office == office,
        events.c.of_table == contests.c.of_table,
        events.c.number > contests.c.received,
        events.c.number <= upto,
    )
    of_row = select(events.c.number).where(told, events.c.of_row == contests.c.of_row)
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
        .where(told, contests.c.of_row.is_(None), concerned.c.person == contests.c.child)
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
    contest = correction.contest
    one = and_(
        contests.c.office == office,
        contests.c.id == contest.id,
        contests.c.settled_by.is_(None),
    )
    settled = update(contests).where(one).values(settled_by=correction.new_score_id)
    if not connection.execute(settled).rowcount:
        return
    last = select(func.coalesce(func.max(notices.c.number), 0)).where(notices.c.office == office)
    first = connection.execute(last).scalar_one() + 1
    ids = {
        "contest_id": contest.id,
        "score_id": contest.score_id,
        "new_score_id": correction.new_score_id,
    }
    said = {"id": correction.id, "at": correction.at, **ids}
    rows = [
        {"office": office, "number": number, "person": person, **said}
        for number, person in enumerate(sorted(correction.readers), start=first)
    ]
    if rows:
        connection.execute(insert(notices), rows)
    names = {"contestId": contest.id, "scoreId": contest.score_id}
    told = {"office": office, **names, "newScoreId": correction.new_score_id}
    post(connection, office, Message(correction.id, CORRECTED, correction.at, told))


def notices_after(
    connection: Connection, office: str, person: str, number: int, most: int
) -> list[tuple[int, Notice]]:
    """The notices to a person after one of them, with their numbers."""
    asked = select(notices.c.number, *(notices.c[field.name] for field in fields(Notice))).where(
        notices.c.office == office, notices.c.person == person, notices.c.number > number
    )
    found = connection.execute(asked.order_by(notices.c.number).limit(most))
    return [(row[0], Notice(*row[1:])) for row in found]
