"""A connection to PostgreSQL that waits for an answer so long, and no longer.

The server ends a statement that takes too long; of a server that says nothing more, a network that
swallows what is said, or a balancer between, only this side can tell.
"""

from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event


def wait_no_longer(engine: Engine, seconds: float) -> None:
    """Let every connection of an engine be lost once an answer takes longer."""

    class Impatient(psycopg.Connection[Any]):
        def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, seconds if timeout is None else timeout)
            except psycopg.OperationalError:
                if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                    self.pgconn.finish()  # what it is still to answer would be taken for another's
                raise

    def connect(dialect: object, record: object, words: Any, named: Any) -> Impatient:
        return Impatient.connect(*words, **named)

    event.listen(engine, "do_connect", connect)
