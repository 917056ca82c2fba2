"""Alerts of an office: whom new events concern, and what was seen when they were looked at.

The events themselves are the list of what is still to be looked at: an office was looked at up to
one of them, and what was seen is kept together with how far. So nothing is lost or told twice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from sqlalchemy import Connection, RowMapping, Select, and_, func, insert, select, union, update

from features.tables import LINKS, children
from serving.store.contesting import Correction, keep_correction
from serving.store.outbox import Message, post
from serving.store.schema import alerts, concerned, events, offices, seals
from serving.store.standing import Standing, keep_standing

ALERT = "score.alert"
How = Literal["taken_up", "nothing_needed"]
LINKING = sorted({link.table.name for link in LINKS})


@dataclass(frozen=True)
class Unlooked:
    """The children whom events concern that nobody looked at yet, and which events these are."""

    after: int
    received: int
    children: Sequence[str]


@dataclass(frozen=True)
class Tended:
    """That a person has dealt with an alert, when (ISO 8601 in UTC), and how."""

    at: str
    person: str
    what: How


@dataclass(frozen=True)
class Alert:
    """A child who moved across a band, or of whom red flags were raised, and by which answer.

    `received` is how many events the office had told by then. It is open until it is `tended`.
    """

    id: str
    at: str
    child: str
    model: str
    cutoff: date
    received: int
    band_before: str | None
    band: str | None
    red_flags: Sequence[str]
    score_id: str
    tended: Tended | None = None


@dataclass(frozen=True)
class Sight:
    """What was seen of a child: how it stands now, and the alert where it moved.

    Without a standing, it is the one that is kept already.
    """

    standing: Standing | None = None
    alert: Alert | None = None
    corrections: Sequence[Correction] = ()


def unlooked(connection: Connection, office: str, most: int) -> Unlooked:
    """Whom to look at, for the sake of so many events at the most."""
    asked = select(offices.c.looked, offices.c.received).where(offices.c.office == office)
    after, received = connection.execute(asked).one_or_none() or (0, 0)
    upto = min(received, after + most)
    concerns = _children(office, _in_one_household(office, _named(office, after, upto)))
    return Unlooked(after, upto, connection.scalars(concerns).all() if upto > after else ())


def keep_looked(
    connection: Connection, office: str, looked: Unlooked, seen: Sequence[Sight]
) -> bool:
    """Keep what was seen, unless others have looked meanwhile; whether it was kept."""
    turn = update(offices).where(offices.c.office == office, offices.c.looked == looked.after)
    if not connection.execute(turn.values(looked=looked.received)).rowcount:
        return False
    _keep(connection, office, seen)
    return True


def keep_seen(connection: Connection, office: str, seen: Sequence[Sight]) -> None:
    """Keep what was seen for another reason than new events."""
    turn = update(offices).where(offices.c.office == office)
    connection.execute(turn.values(looked=offices.c.looked))  # others who keep wait until this ends
    _keep(connection, office, seen)


def _keep(connection: Connection, office: str, seen: Sequence[Sight]) -> None:
    """Keep how each child stands, with the alert of it; what was kept already is not told again."""
    last = select(func.coalesce(func.max(alerts.c.number), 0)).where(alerts.c.office == office)
    number = connection.execute(last).scalar_one()
    for sight in seen:
        new = sight.standing and keep_standing(connection, office, sight.standing)
        if new and sight.alert:
            number += 1
            _tell(connection, office, number, sight.alert)
        for correction in sight.corrections:
            keep_correction(connection, office, correction)


def _tell(connection: Connection, office: str, number: int, alert: Alert) -> None:
    """Put an alert into the work list, and have it sent."""
    row = {name: getattr(alert, name) for name in _TOLD}
    row["red_flags"] = json.dumps(list(alert.red_flags))
    connection.execute(insert(alerts).values(office=office, number=number, **row))
    ids = {"alertId": alert.id, "position": number, "scoreId": alert.score_id}
    post(connection, office, Message(alert.id, ALERT, alert.at, {"office": office, **ids}))


def take_as_looked(connection: Connection, office: str) -> None:
    """Look at nothing of what the office has told so far."""
    turn = update(offices).where(offices.c.office == office)
    connection.execute(turn.values(looked=offices.c.received))


def alerts_after(
    connection: Connection, office: str, number: int, most: int, *, only_open: bool, sealed: bool
) -> list[tuple[int, Alert]]:
    """The alerts of an office after one of them, with their numbers; all, or the open ones."""
    after = _ALERTS.where(alerts.c.office == office, alerts.c.number > number)
    if only_open:
        after = after.where(alerts.c.tended.is_(None))
    if not sealed:
        closed = select(seals.c.child).where(seals.c.office == office)
        after = after.where(alerts.c.child.not_in(closed))
    found = connection.execute(after.order_by(alerts.c.number).limit(most)).mappings()
    return [(row["number"], _alert(row)) for row in found]


def alert(connection: Connection, office: str, alert_id: str) -> Alert | None:
    """The alert of an id; None where the office has none."""
    one = _ALERTS.where(alerts.c.office == office, alerts.c.id == alert_id)
    return next(map(_alert, connection.execute(one).mappings()), None)


def tend(connection: Connection, office: str, alert_id: str, said: Tended) -> None:
    """Keep who has dealt with an alert, and how; once."""
    one = and_(alerts.c.office == office, alerts.c.id == alert_id, alerts.c.tended.is_(None))
    how = {"tended_at": said.at, "tended_by": said.person, "tended": said.what}
    connection.execute(update(alerts).where(one).values(how))


_TOLD = [field.name for field in fields(Alert) if field.name != "tended"]  # what never changes
_ALERTS = select(alerts)


def _alert(row: RowMapping) -> Alert:
    told = {name: row[name] for name in _TOLD}
    by = row["tended"] and Tended(row["tended_at"], row["tended_by"], row["tended"])
    return Alert(**{**told, "red_flags": json.loads(row["red_flags"]), "tended": by})


def _named(office: str, after: int, upto: int) -> Select[str]:
    """Everybody whom the rows name that some events tell of."""
    new = (events.c.office == office, events.c.number > after, events.c.number <= upto)
    rows = select(events.c.of_table, events.c.of_row).where(*new).distinct().subquery()
    of_row = and_(concerned.c.of_table == rows.c.of_table, concerned.c.of_row == rows.c.of_row)
    return select(concerned.c.person).join(rows, of_row).where(concerned.c.office == office)


def _in_one_household(office: str, persons: Select[str]) -> Select[str]:
    """These, and everybody whom a row that makes a link names together with one of them."""
    one, other = concerned.alias(), concerned.alias()
    together = and_(
        other.c.office == one.c.office,
        other.c.of_table == one.c.of_table,
        other.c.of_row == one.c.of_row,
    )
    linked = select(other.c.person).select_from(one.join(other, together))
    of_link = one.c.of_table.in_(LINKING)
    named = linked.where(one.c.office == office, of_link, one.c.person.in_(persons))
    everybody = union(persons, named).subquery()
    return select(everybody.c.person)


def _children(office: str, persons: Select[str]) -> Select[str]:
    """Those of the persons who are on file as children, in order."""
    on_file = (concerned.c.office == office, concerned.c.of_table == children.name)
    asked = select(concerned.c.person).where(*on_file, concerned.c.person.in_(persons))
    return asked.distinct().order_by(concerned.c.person)
