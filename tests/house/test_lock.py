"""The lock holds what pyproject.toml asks for, by hash, and says nothing of where it came from."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(
    r"([a-z0-9.-]+)==([^ ;]+)(?: ; [^\\]+)?((?: +\\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


def asked() -> list[Requirement]:
    """Every direct dependency, of every extra and of the build."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = about["project"]["optional-dependencies"].values()
    lines = [*about["project"]["dependencies"], *about["build-system"]["requires"]]
    return [Requirement(line) for line in [*lines, *(line for extra in extras for line in extra)]]


def faults(lock: str, requirements: list[Requirement]) -> Iterator[str]:
    """What is wrong with a lock."""
    lines = "".join(line for line in lock.splitlines(keepends=True) if not line.startswith("#"))
    yield from (f"not a hashed pin: {rest}" for rest in PIN.sub("", lines).split("\n") if rest)
    pins = {canonicalize_name(name): version for name, version, _ in PIN.findall(lines)}
    for requirement in requirements:
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or version not in requirement.specifier:
            yield f"{requirement} is asked for, {version} is locked"


LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_is_complete_and_hashed() -> None:
    assert not list(faults(LOCK, asked()))


@pytest.mark.parametrize(
    "broken",
    [
        re.sub(r"(?m)^numpy==.*\\$", r"numpy==1.0 \\", LOCK),
        re.sub(r"(?m)^typer==.*\\\n(    --hash=.*\n)+", "", LOCK),
        re.sub(r"(?m)^typer==.*\\\n(    --hash=.*\n)+", "typer==0.29.2\n", LOCK),
        LOCK.replace("sha256:", "md5:"),
        "--find-links somewhere\n" + LOCK,
        LOCK + "thing @ https://example.org/thing.whl\n",
    ],
    ids=["another version", "absent", "no hash", "weak hash", "an address", "a link"],
)
def test_a_fault_in_the_lock_is_found(broken: str) -> None:
    assert list(faults(broken, asked()))
