"""A history is found by index: no question reads all events, or all that concern anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Connection, event, func, select, text

from serving.store.store import Store
from tests.store.telling import OFFICE, tell

TOLD = """
    event | table         | id | known      | child | person | relation | kind
    e1    | members       | m1 | 2024-01-10 | child | a      | mother   |
    e2    | agency_events | x1 | 2024-01-10 |       | a      |          | arrest
"""


@contextmanager
def overheard(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that asks for something, with what it was given."""
    asked: list[tuple[str, Any]] = []

    def hear(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        if statement.startswith("SELECT") and "FROM events" in statement:
            asked.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", hear)
    yield asked
    event.remove(store.engine, "before_cursor_execute", hear)


def plan(connection: Connection, statement: str, parameters: Any) -> str:
    """How the database would go about it, if it reads a whole table only where it must."""
    if connection.dialect.name == "sqlite":
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(row[3] for row in steps)
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    connection.execute(select(func.set_config("kizuki.office", OFFICE, True)))
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars())


def test_no_table_is_read_as_a_whole(store: Store) -> None:
    tell(store, TOLD)
    with overheard(store) as asked:
        store.around(OFFICE, "child", date(2024, 2, 1))
    assert len(asked) == 3
    for statement, parameters in asked:
        with store.engine.begin() as connection:
            how = plan(connection, statement, parameters)
        for table in ("events", "concerned"):
            assert f"SCAN {table}" not in how, how
            assert f"Seq Scan on {table}" not in how, how
