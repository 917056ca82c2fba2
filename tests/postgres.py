"""A PostgreSQL server of the tests' own, on a socket in a folder that is gone afterwards."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg

ADMIN, OWNER, DESK = "admin", "kizuki_owner", "kizuki_desk"
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
INSTALLED = bool(_BINARIES)
FOLDER = _BINARIES[-1] if INSTALLED else Path()  # of the programs that come with it
_NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A server that runs; its databases are thrown away together."""

    folder: Path

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run a statement as the superuser."""
        self.run_in("postgres", statement)

    def run_in(self, database: str, statement: str) -> None:
        """The same in a database of the server."""
        with psycopg.connect(self.url(ADMIN, database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # names are our own

    def database(self, template: str = "template1") -> str:
        """The name of a new database, like the template."""
        name = f"store_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
        return name

    def start(self) -> None:
        """Start it, for the first time or again."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self.control("-l", str(self.folder / "log"), "-o", options, "start")

    def control(self, *arguments: str) -> None:
        """Run pg_ctl on the server, as the user that it runs as."""
        _as_somebody("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)


@contextmanager
def server() -> Iterator[Server]:
    """A new server with the roles that an office would have: one owns the tables, one serves."""
    made = Server(Path(mkdtemp(prefix="kizuki-pg-")))  # a socket's path must be short
    try:
        if os.getuid() == 0:
            shutil.chown(made.folder, _USER, _USER)
        data = str(made.folder / "data")
        _as_somebody("initdb", "-D", data, "-U", ADMIN, "-A", "trust", "-E", "UTF8", "--no-sync")
        made.start()
        made.run(f"CREATE ROLE {OWNER} LOGIN")
        made.run(f"CREATE ROLE {DESK} LOGIN")
        yield made
        made.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(made.folder, ignore_errors=True)


_USER = "postgres"  # comes with the server, which refuses to run as root


def _as_somebody(command: str, *arguments: str) -> None:
    somebody = {"user": _USER, "group": _USER, "extra_groups": []} if os.getuid() == 0 else {}
    subprocess.run(
        [str(_BINARIES[-1] / command), *arguments],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **somebody,  # type: ignore[call-overload]
    )
