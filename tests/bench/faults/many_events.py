"""A store of many events in its first form: brought up to date, and one step back and forth."""

import hashlib
import json
from datetime import date
from pathlib import Path

from alembic import command
from sqlalchemy import MetaData, insert, text

from serving.store.database import open_engine, see_one_office
from serving.store.migrating import migrate
from tests import postgres
from tests.bench.faults.finding import Finding, at_most, seconds_of
from tests.store.forms import FORMS, give

OFFICE, DAY = "north", date(2024, 1, 10)
EACH = 10  # events of a child
AT_ONCE = 10_000
READ = text("SELECT number, id, known, version, said FROM events ORDER BY number")


def many_events(home: Path, many: int) -> list[Finding]:
    """So many events, in a file and on PostgreSQL."""
    file = f"sqlite:///{home / 'old.db'}"
    with postgres.server() as server:
        on_server = server.url(postgres.OWNER, server.database())
        return [*_migrated("SQLite", file, many), *_migrated("PostgreSQL", on_server, many)]


def _migrated(where: str, url: str, many: int) -> list[Finding]:
    name = f"{many:,} events on {where}"
    give(url, command.upgrade, FORMS[-1])
    _fill(url, many)
    before = _said(url)
    forward = seconds_of(lambda: migrate(url, postgres.DESK))
    back = seconds_of(lambda: give(url, command.downgrade, FORMS[1]))
    again = seconds_of(lambda: migrate(url, postgres.DESK))
    most = max(5, 60 * many / 1_000_000)
    same = _said(url) == before
    return [
        at_most(f"{name}: brought from the first form to the newest within", most, forward, "s"),
        at_most(f"{name}: a step back, and forth, within", most, max(back, again), "s"),
        Finding(
            f"{name}: what they say after it", "the same", "the same" if same else "else", same
        ),
    ]


def _fill(url: str, many: int) -> None:
    engine, there = open_engine(url), MetaData()
    with engine.begin() as connection:
        see_one_office(connection, OFFICE)
        there.reflect(connection)
        add = {name: insert(table) for name, table in there.tables.items()}
        connection.execute(add["offices"], {"office": OFFICE, "received": many})
        for first in range(1, many + 1, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, many + 1))
            connection.execute(add["events"], [_event(number) for number in numbers])
            connection.execute(add["concerned"], [_concerned(number) for number in numbers])
    engine.dispose()


def _event(number: int) -> dict[str, object]:
    """A notification; each tenth is who lives with the child, which a later form notes anew."""
    table = "notifications" if number % EACH else "members"
    said = {"child": f"child-{number // EACH}", "id": f"r{number}", "known": str(DAY)}
    more = {"relation": "mother", "person": f"p{number}"} if table == "members" else {}
    return {
        "office": OFFICE, "number": number, "id": f"e{number}", "received_at": str(DAY),
        "type": "record", "of_table": table, "of_row": f"r{number}", "known": DAY,
        "version": 0, "said": json.dumps(said | more),
    }  # fmt: skip


def _concerned(number: int) -> dict[str, object]:
    event = _event(number)
    row = {name: event[name] for name in ("office", "of_table", "of_row")}
    return row | {"person": f"child-{number // EACH}"}


def _said(url: str) -> tuple[int, str]:
    """How many events there are, and a hash of all that they say."""
    engine, digest, count = open_engine(url), hashlib.sha256(), 0
    with engine.begin() as connection:
        see_one_office(connection, OFFICE)
        for row in connection.execution_options(yield_per=AT_ONCE).execute(READ):
            digest.update(repr(tuple(map(str, row))).encode())
            count += 1
    engine.dispose()
    return count, digest.hexdigest()
