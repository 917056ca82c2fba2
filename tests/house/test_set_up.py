"""`make` says what it can do, and what it lacks."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGETS = (
    "help",
    "demo",
    "demo-real",
    "test",
    "coverage",
    "check",
    "bench-features",
    "bench-one-child",
    "bench-link",
    "bench-reasons",
    "bench-serving",
    "bench-training",
    "faults",
    "mutants",
    "nightly",
    "client",
    "sbom",
    "lock",
    "clean",
)


def make(folder: Path, *arguments: str, path: str = os.environ["PATH"]) -> tuple[int, str]:
    command = ["make", "--no-print-directory", *arguments]
    # What an outer make hands down, this one must not take for its own.
    plain = {n: v for n, v in os.environ.items() if n not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"}}
    heard = subprocess.PIPE
    done = subprocess.run(
        command, check=False, cwd=folder, env={**plain, "PATH": path}, stdout=heard, stderr=heard
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def test_make_alone_lists_every_target() -> None:
    code, told = make(ROOT)
    assert code == 0
    assert [line.split()[:2] for line in told.splitlines()] == [["make", t] for t in TARGETS]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_another_python_is_refused_with_a_word_on_what_to_do(fresh: Path) -> None:
    bin_ = fresh / "bin"
    bin_.mkdir()
    for name in ("python3.11", "python3", "python"):
        (bin_ / name).write_text("#!/bin/sh\nexit 1\n")
        (bin_ / name).chmod(0o755)
    code, told = make(fresh, ".venv/.ready", path=f"{bin_}:{os.environ['PATH']}")
    assert code == 2
    assert told.startswith("Kizuki needs Python 3.11: install it, or name it with make PYTHON=")
    assert not (fresh / ".venv").exists()


def test_the_set_up_is_made_once(fresh: Path) -> None:
    (fresh / ".venv").mkdir()
    (fresh / ".venv/.ready").touch()
    assert make(fresh, ".venv/.ready") == (0, "make: '.venv/.ready' is up to date.\n")
    os.utime(fresh / "requirements.lock", ns=(2**62, 2**62))
    assert "Installing the locked dependencies" in make(fresh, "--dry-run", ".venv/.ready")[1]
