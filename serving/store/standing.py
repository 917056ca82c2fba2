"""How children stand: what was said last of each, so that it is seen who moved."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from features.tables import children
from serving.store.keeping import upsert
from serving.store.schema import concerned, standings


@dataclass(frozen=True)
class Standing:
    """What was said of a child, by which bundle and of which history, a SHA-256.

    `band` and `red_flags` are what was shown: of a silent desk, there is no band. `received` is how
    many events the office had told, `score_id` the answer in the journal.
    """

    child: str
    model: str
    digest: str
    history: str
    cutoff: date
    received: int
    band: str | None
    red_flags: Sequence[str]
    score_id: str
    at: str


def standing(connection: Connection, office: str, child: str, model: str) -> Standing | None:
    """How a child stands; None where nothing was said yet."""
    asked = select(*(standings.c[field.name] for field in fields(Standing))).where(
        standings.c.office == office, standings.c.child == child, standings.c.model == model
    )
    for found in connection.execute(asked).mappings():
        return Standing(**{**found, "red_flags": json.loads(found["red_flags"])})
    return None


def keep_standing(connection: Connection, office: str, now: Standing) -> bool:
    """Keep how a child stands; False where that, or what follows from later events, is kept."""
    said = {**vars(now), "red_flags": json.dumps(list(now.red_flags))}
    key = ("office", "child", "model")
    new = upsert(connection, standings).values(office=office, **said)
    stands = new.on_conflict_do_update(
        index_elements=key,
        set_={name: new.excluded[name] for name in said if name not in key},
        where=and_(
            new.excluded.received >= standings.c.received,
            or_(
                new.excluded.history != standings.c.history,
                new.excluded.digest != standings.c.digest,
            ),
        ),
    )
    return connection.execute(stands.returning(standings.c.child)).first() is not None


def unsaid(
    connection: Connection, office: str, model: str, digest: str, day: date | None, after: str
) -> Sequence[str]:
    """Children on file of whom a bundle has said nothing, or nothing since a day; in order.

    They are those behind the child `after`, a few at a time.
    """
    said = and_(
        standings.c.office == concerned.c.office,
        standings.c.child == concerned.c.person,
        standings.c.model == model,
    )
    asked = select(concerned.c.person).outerjoin(standings, said)
    wanting = [standings.c.child.is_(None), standings.c.digest != digest]
    if day is not None:
        wanting.append(standings.c.cutoff < day)
    asked = asked.where(
        concerned.c.office == office,
        concerned.c.of_table == children.name,
        concerned.c.person > after,
        or_(*wanting),
    )
    return connection.scalars(asked.distinct().order_by(concerned.c.person).limit(AT_ONCE)).all()


AT_ONCE = 20  # children: so many are kept together, and whoever waits then gets a turn
