"""The table of jobs: what is still to be answered, and which answer or problem each request got.

A request is forgotten as soon as it is answered: the journal has it, and only there it is kept.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from serving.keys import Key
from serving.problems import Problem, unavailable
from serving.who.asker import Asker

NO_JOB = "No job has this id."
_TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, key TEXT UNIQUE, sent TEXT, asker TEXT NOT NULL,
    many INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS requests (
    job TEXT NOT NULL, place INTEGER NOT NULL, asked BLOB, answer TEXT, problem BLOB,
    PRIMARY KEY (job, place)
) STRICT;
CREATE INDEX IF NOT EXISTS requests_open ON requests (job) WHERE asked IS NOT NULL;
"""
_COUNTS = (
    "SELECT jobs.many, count(answer), count(problem) FROM jobs JOIN requests ON job = id "
    "WHERE id = ? GROUP BY id"
)
_SETTLED = (
    "SELECT place, answer, problem FROM requests WHERE job = ? AND place >= ? AND place < ? "
    "ORDER BY place"
)


@dataclass(frozen=True)
class Progress:
    """How far a job is: how many requests it has, how many were answered, and how many refused."""

    many: int
    scored: int
    refused: int

    @property
    def done(self) -> bool:
        """Whether nothing is left to be answered."""
        return self.scored + self.refused == self.many


@dataclass(frozen=True)
class Settled:
    """What became of the request at a place: the id of its answer, or its problem as JSON."""

    place: int
    answer: str | None
    problem: bytes | None


class Jobs:
    """The table of jobs in an SQLite file; what was taken is on the disk."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it holds case data: its owner's alone
        self._lock = Lock()
        self._file = sqlite3.connect(path, timeout=1, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = FULL")
        self._file.execute("PRAGMA secure_delete = ON")
        self._file.executescript(_TABLES)

    def take(
        self, job: str, at: datetime, key: Key | None, asker: Asker, asked: Sequence[bytes]
    ) -> str:
        """Keep a job, and tell its id: that of an earlier one under the same key.

        Raises Problem where the key was used for another job, or the job cannot be kept.
        """
        with self._writing() as file:
            if key:
                found = file.execute("SELECT id, sent FROM jobs WHERE key = ?", [key.id])
                for earlier, sent in found.fetchall():
                    key.check(sent)
                    return str(earlier)
            named = (key.id, key.sent) if key else (None, None)
            told = (job, at.isoformat(), *named, json.dumps(asker.record), len(asked))
            file.execute("INSERT INTO jobs VALUES (?,?,?,?,?,?)", told)
            rows = ((job, place, request) for place, request in enumerate(asked))
            file.executemany("INSERT INTO requests (job, place, asked) VALUES (?,?,?)", rows)
        return job

    def asker(self, job: str) -> Asker:
        """Who asked for a job, with the rights of then; raises Problem where there is none."""
        for (said,) in self._read("SELECT asker FROM jobs WHERE id = ?", job):
            return Asker.recorded(json.loads(said))
        raise Problem("not_found", NO_JOB)

    def office(self, job: str) -> str:
        """The office of who asked for a job, "" where they are of none, or there is no job."""
        found = self._read("SELECT asker FROM jobs WHERE id = ?", job)
        return next((json.loads(said)["office"] or "" for (said,) in found), "")

    def unfinished(self) -> list[str]:
        """The jobs with something left to answer, the oldest first."""
        found = self._read(
            "SELECT id FROM jobs WHERE EXISTS "
            "(SELECT 1 FROM requests WHERE job = id AND asked IS NOT NULL) ORDER BY at, id"
        )
        return [job for (job,) in found]

    def left(self, job: str) -> Iterator[tuple[int, bytes]]:
        """What is left of a job, one by one: the place and the request."""
        ask = "SELECT place, asked FROM requests WHERE job = ? AND asked IS NOT NULL LIMIT 1"
        while found := self._read(ask, job):
            yield from found

    def open_requests(self) -> list[bytes]:
        """What is left of all jobs."""
        return [asked for (asked,) in self._read("SELECT asked FROM requests WHERE asked NOTNULL")]

    def scrub(self) -> None:
        """Leave nothing in the log beside the file of what was answered."""
        self._read("PRAGMA wal_checkpoint(TRUNCATE)")

    def settle(self, job: str, settled: Settled) -> None:
        """Keep what became of a request, and forget the request."""
        with self._writing() as file:
            file.execute(
                "UPDATE requests SET asked = NULL, answer = ?, problem = ? "
                "WHERE job = ? AND place = ?",
                (settled.answer, settled.problem, job, settled.place),
            )

    def progress(self, job: str) -> Progress:
        """How far a job is; raises Problem where there is none of that id."""
        for found in self._read(_COUNTS, job):
            return Progress(*found)
        raise Problem("not_found", NO_JOB)

    def settled(self, job: str, first: int, most: int) -> list[Settled]:
        """What became of the requests from a place on, up to the first that is not answered yet."""
        rows = []
        for place, answer, problem in self._read(_SETTLED, job, first, first + most):
            if answer is None and problem is None:
                break
            rows.append(Settled(place, answer, problem))
        return rows

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            try:
                return self._file.execute(query, values).fetchall()
            except sqlite3.Error as lost:
                raise unavailable("jobs_unavailable") from lost

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                with self._file:
                    yield self._file
            except sqlite3.Error as lost:
                raise unavailable("jobs_unavailable") from lost
