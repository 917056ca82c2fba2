"""A trial: a process of its own reads who is to answer, so that only it can die of it.

`python -m serving.champions.trial KEYS FOLDER MODEL VERSION …` ends with 0 where each bundle gives
a score. What has passed is remembered by its signature, which vouches for every byte of it, for as
long as neither Kizuki, nor its libraries, nor the machine is another: it need not wait again.
"""

import hashlib
import platform
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import models
from features.engines.kept_code import stamp
from features.errors import KizukiError
from models.signing import SIGNATURE
from serving.champions.champion import Champion, rehearse
from serving.champions.reading import Signed
from serving.log import log_fault

MEMORY = 3 << 30  # bytes of addresses: numpy and the compiler take one of them
LONGEST_WORK = 90  # seconds of a processor: a machine that has kept no compiled code takes half
LONGEST = 240.0  # seconds, however busy the machine is
_LIBRARIES = ("llvmlite", "numba", "numpy")


class Trials:
    """Tries bundles, each once; what has passed is in a file, a line each."""

    def __init__(self, passed: Path, keys: Path) -> None:
        self._passed, self._keys, self._here = passed, keys, _here()

    def __call__(self, bundles: Sequence[Signed]) -> None:
        """Raise KizukiError unless each of the bundles can be read, and gives a score."""
        known, lines = self._known(), {bundle: self._line(bundle) for bundle in bundles}
        new = [bundle for bundle, line in lines.items() if line not in known]
        if not new:
            return
        _try(new, self._keys)
        try:
            self._passed.parent.mkdir(parents=True, exist_ok=True)
            with self._passed.open("ab") as file:
                file.writelines(lines[bundle] + b"\n" for bundle in new)
        except OSError as lost:
            log_fault("that a bundle passed its trial cannot be kept", lost)

    def _known(self) -> set[bytes]:
        try:
            return set(self._passed.read_bytes().split(b"\n"))
        except OSError:
            return set()

    def _line(self, bundle: Signed) -> bytes:
        try:
            signature = (bundle.folder / SIGNATURE).read_bytes()
        except OSError:
            raise KizukiError(f"{bundle.folder}: is not signed; promote it again") from None
        return f"{self._here} {hashlib.sha256(signature).hexdigest()}".encode()


def _here() -> str:
    """What a trial holds for: this code, with these libraries, on this machine."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    machine = [platform.node(), platform.machine(), platform.platform(), sys.version]
    said = "\n".join([stamp(Path(str(models.__file__))), *libraries, *machine])
    return hashlib.sha256(said.encode()).hexdigest()


def _try(bundles: Sequence[Signed], keys: Path) -> None:
    named = [str(word) for one in bundles for word in (one.folder, one.model, one.version)]
    names = ", ".join(f"{one.model} version {one.version}" for one in bundles)
    command = [sys.executable, "-m", "serving.champions.trial", str(keys), *named]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)  # noqa: S603  # ourselves
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise KizukiError(f"{names}: the trial did not end: {type(problem).__name__}") from None
    if done.returncode:
        why = done.stderr[-500:].strip() or f"its process ended with {done.returncode}"
        raise KizukiError(f"{names}: tried, and refused: {why}")


def main(keys: Path, named: Sequence[str]) -> None:
    """Read and rehearse them here."""
    try:
        for folder, model, number in zip(named[::3], named[1::3], named[2::3], strict=True):
            bundle = Signed(Path(folder), model, int(number)).read(keys)
            rehearse({model: Champion(bundle, int(number), "", datetime.now(UTC))})
    except KizukiError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_WORK, LONGEST_WORK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(Path(sys.argv[1]), sys.argv[2:])
