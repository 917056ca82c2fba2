"""The steps of a demo: commands as a user types them, and a desk to ask over HTTP."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TextIO, TypeVar

import typer

from features.errors import KizukiError
from models.ledger import bundle_folder

LONGEST_START = 60.0  # seconds in which the desk must answer
_Came = TypeVar("_Came")
_KIZUKI = (sys.executable, "-m", "kizuki")
_ADDRESS = re.compile(r"http://\S+?:\d+")
_VERSION = re.compile(r"version (\d+)")


class Steps:
    """Runs `kizuki` commands with a state folder of their own, and tells each before it runs.

    What they say is shown as they say it, or goes into `aside`.
    """

    def __init__(self, home: Path, aside: TextIO | None = None) -> None:
        self.home = home
        self._aside = aside
        self._environment = {**os.environ, "KIZUKI_HOME": str(home), "KIZUKI_PORT": "0"}

    def run(self, *words: object, well: tuple[int, ...] = (0,)) -> str:
        """Run a command, show and return what it says; KizukiError unless it ends well."""
        line = ["kizuki", *map(str, words)]
        typer.secho(f"\n$ {shlex.join(line)}", self._aside, bold=True)
        began = time.monotonic()
        said = []
        with subprocess.Popen(
            [*_KIZUKI, *line[1:]],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if self._aside else None,
            text=True,
        ) as command:
            assert command.stdout is not None
            for text in command.stdout:
                typer.echo(text, self._aside, nl=False)
                said.append(text)
        if command.returncode not in well:
            raise KizukiError(f"`{' '.join(line)}` ended with exit code {command.returncode}")
        typer.echo(f"({time.monotonic() - began:.0f} s)", self._aside)
        return "".join(said)

    def side_by_side(self, *ways: Callable[["Steps"], _Came]) -> list[_Came]:
        """Go several ways at once, and show what is said one way after the other."""
        first, *others = ways
        asides = [StringIO() for _ in others]
        with ThreadPoolExecutor() as at_once:
            going = [
                at_once.submit(way, Steps(self.home, aside))
                for way, aside in zip(others, asides, strict=True)
            ]
            came = [first(self)]
            for gone, aside in zip(going, asides, strict=True):
                wait([gone])
                typer.echo(aside.getvalue(), nl=False)
                came.append(gone.result())
        return came

    def train_and_promote(self, model: str, cases: Path) -> Path:
        """Train a model, promote the version that comes of it, and return where its bundle lies.

        Two people promote: one proposes, and another approves.
        """
        said = self.run("train", model, "--cases", cases)
        version = _VERSION.findall(said)[-1]
        for by, why in (("Sato", "its gates hold"), ("Suzuki", "its card is read")):
            self.run("promote", model, "--version", version, "--by", by, "--why", why)
        return bundle_folder(self.home, model, int(version))

    @contextmanager
    def desk(self) -> Iterator["Desk"]:
        """A desk of this state folder, on a free port of this machine, while the block runs."""
        log = self.home / "serve.log"
        typer.secho(f"\n$ kizuki serve 2> {log}", bold=True)
        with (
            log.open("w") as lines,
            subprocess.Popen(
                [*_KIZUKI, "serve"],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=lines,
                text=True,
            ) as server,
        ):
            try:
                yield Desk(_address(server, log))
            finally:
                server.terminate()
                server.wait(timeout=30)


class Desk:
    """A desk over HTTP, asked with nothing but the standard library."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._wait()

    def post(self, path: str, request: Mapping[str, object]) -> str:
        """The body of the answer; KizukiError with the problem's words where it is refused."""
        body = json.dumps(request).encode()
        asked = urllib.request.Request(
            self.address + path, body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                text: str = answer.read().decode()
                return text
        except urllib.error.HTTPError as problem:
            raise KizukiError(f"POST {path}: {problem.read().decode()}") from None

    def _wait(self) -> None:
        latest = time.monotonic() + LONGEST_START
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=5).close()
            except urllib.error.URLError:
                if time.monotonic() > latest:
                    raise KizukiError(f"{self.address} does not answer") from None
                time.sleep(0.2)
            else:
                return


def _address(server: "subprocess.Popen[str]", log: Path) -> str:
    """Where the server says that it listens."""
    assert server.stdout is not None
    for line in server.stdout:
        typer.echo(line, nl=False)
        if found := _ADDRESS.search(line):
            return found[0]
    raise KizukiError(f"the desk ended before it listened: {log.read_text('utf-8').strip()}")
