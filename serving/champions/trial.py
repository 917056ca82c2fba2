"""A trial: a process of its own reads who is to answer, so that only it can die of it.

`python -m serving.champions.trial HOME KEYS` ends with 0 where each of them gives a score.
"""

import resource
import subprocess
import sys
from pathlib import Path

from features.errors import KizukiError
from serving.champions.champion import rehearse
from serving.champions.reading import read_champions

MEMORY = 3 << 30  # bytes of addresses: numpy and the compiler take one of them
LONGEST = 60.0  # seconds, most of them for the libraries


def try_champions(home: Path, keys: Path) -> None:
    """Raise KizukiError unless the champions of a state folder can be read, and give scores."""
    command = [sys.executable, "-m", "serving.champions.trial", str(home), str(keys)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)  # noqa: S603  # ourselves
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise KizukiError(f"{home}: the trial did not end: {type(problem).__name__}") from None
    if done.returncode:
        raise KizukiError(f"{home}: tried, and refused: {done.stderr[-500:].strip()}")


def main(home: Path, keys: Path) -> None:
    """Read and rehearse them here."""
    try:
        rehearse(read_champions(home, keys))
    except KizukiError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(Path(sys.argv[1]), Path(sys.argv[2]))
