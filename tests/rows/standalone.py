"""A Spark cluster on this machine: a master and its workers, each a process of its own."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

WAIT = 60  # seconds, at most, until a process has started
ENVIRONMENT = {
    **os.environ,
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # they live for seconds only
    "PYSPARK_PYTHON": sys.executable,
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_NO_DAEMONIZE": "1",
}
HAS_JAVA = shutil.which("java") is not None


@dataclass(frozen=True)
class Standalone:
    """A cluster that is up: the address of its master, and a folder of work for each worker."""

    master: str
    workers: tuple[Path, ...]


@contextmanager
def standalone(folder: Path, workers: int) -> Iterator[Standalone]:
    """A master and that many workers of one core, on free ports of the loopback."""
    with ExitStack() as stack:
        log = stack.enter_context(_process(folder / "master.log", "master.Master"))
        master = _said(log, r"Starting Spark master at (spark://[0-9.:]+)")
        places = tuple(folder / f"worker{number}" for number in range(workers))
        options = ("--cores", "1", "--memory", "1g", "--work-dir")
        logs = [
            stack.enter_context(
                _process(place.with_suffix(".log"), "worker.Worker", *options, str(place), master)
            )
            for place in places
        ]
        for log in logs:
            _said(log, "(Successfully registered with master)")
        yield Standalone(master, places)


@contextmanager
def _process(log: Path, name: str, *arguments: str) -> Iterator[Path]:
    here = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    run = Path(pyspark.__file__).parent / "bin/spark-class"
    command = [run, f"org.apache.spark.deploy.{name}", *here, *arguments]
    with (
        log.open("w") as told,
        subprocess.Popen(command, env=ENVIRONMENT, stdout=told, stderr=told) as process,
    ):
        try:
            yield log
        finally:
            process.terminate()


def _said(log: Path, words: str) -> str:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        found = re.search(words, log.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text("utf-8"))
