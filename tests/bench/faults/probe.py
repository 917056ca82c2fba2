"""Whether a desk is alive, asked by a process of its own: in the crowd's it would wait for them.

`python -m tests.bench.faults.probe PORT SECONDS` prints what came of it, as JSON.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.faults.crowd import Reply, ask_at_pace

PROBED = 5.0  # times a second


@contextmanager
def probing(port: int, seconds: float) -> Iterator[list[Reply]]:
    """Ask for so long; all replies, once it is over."""
    command = [sys.executable, "-m", __name__, str(port), str(seconds)]
    replies: list[Reply] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield replies
        told, _ = process.communicate()
    replies += [Reply(status, b"", took) for status, took in json.loads(told)]


def main(port: int, seconds: float) -> None:
    """Print the status of each reply, and the seconds until it came."""
    replies = ask_at_pace(port, PROBED, seconds, None, "/livez")
    print(json.dumps([[reply.status, reply.seconds] for reply in replies]))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
