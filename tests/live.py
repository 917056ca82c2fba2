"""A desk as a process on loopback, for tests and benches that end it, crowd it or starve it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

LONGEST_START = 60.0  # seconds


@dataclass
class Server:
    """A desk that answers; `started` is how many seconds it took until it was ready."""

    process: subprocess.Popen[str]
    port: int
    home: Path
    started: float = 0.0

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        said = {"content-type": "application/json"} if body else {}
        try:
            connection.request(method, path, body, {**said, **(headers or {})})
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def post(
        self,
        path: str,
        said: object,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        """The same of something sent as JSON, under a key or not."""
        under = {"idempotency-key": key} if key else {}
        status, body = self.ask(
            "POST", path, json.dumps(said).encode(), {**under, **(headers or {})}
        )
        return status, json.loads(body)

    def wait_until_ready(self) -> None:
        """Until it says that it could give a score."""
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            with suppress(OSError, HTTPException):
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("not ready")

    def end_at_once(self) -> None:
        """As a machine does that loses power, but for the disk: nothing is said or tidied up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(
    home: Path, program: Sequence[str] = ("kizuki", "serve"), **settings: object
) -> Iterator[Server]:
    """A desk on a state folder, ready, which is ended afterwards."""
    begun = time.monotonic()
    chosen = {f"KIZUKI_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {**os.environ, "KIZUKI_HOME": str(home), "KIZUKI_PORT": "0", **chosen}
    command = [sys.executable, "-m", *program]
    with (home / "log").open("a") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        found = re.match(r"Kizuki answers at http://127\.0\.0\.1:(\d+) with ", first)
        assert found, (home / "log").read_text()
        server = Server(process, int(found[1]), home)
        server.wait_until_ready()
        server.started = time.monotonic() - begun
        yield server
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
