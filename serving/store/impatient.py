"""A connection to PostgreSQL that waits for an answer so long, and no longer.

The server ends a statement that takes too long; of a server that says nothing more, a network that
swallows what is said, or a balancer between, only this side can tell. Names are resolved here: the
library of PostgreSQL waits for a resolver as long as that likes, and keeps every thread from going
on meanwhile.
"""

from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from serving.circuit import addresses_of

_LEAVES = ("08", "57P", "53300")  # what a server says that lets nobody in, or everybody go


def wait_no_longer(engine: Engine, seconds: float, connect: float) -> None:
    """Let every connection of an engine be lost once an answer takes longer.

    `connect` is how long the name of the server may take.
    """

    class Impatient(psycopg.Connection[Any]):
        def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, seconds if timeout is None else timeout)
            except psycopg.OperationalError:
                if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                    self.pgconn.finish()  # what it is still to answer would be taken for another's
                raise

    def open_one(dialect: object, record: object, words: Any, named: Any) -> Impatient:
        return Impatient.connect(*words, **named | _addresses(named, connect))

    event.listen(engine, "do_connect", open_one)


def is_silent(problem: Exception) -> bool:
    """Whether an error means that the server did not answer, or is about to leave."""
    if isinstance(problem, DBAPIError):
        told = getattr(problem.orig, "sqlstate", None)
        return told is None or told.startswith(_LEAVES)
    return isinstance(problem, PoolExhausted | OSError)


def _addresses(said: dict[str, Any], seconds: float) -> dict[str, str]:
    """Where the server is, as addresses, in the words of the library; none for one that is here."""
    host, port = str(said.get("host") or ""), said.get("port") or 5432
    if not host or host.startswith("/") or "," in host or "hostaddr" in said:
        return {}
    addresses = addresses_of(host, port, seconds)
    return {"host": ",".join([host] * len(addresses)), "hostaddr": ",".join(addresses)}
