"""The same rows from a cluster as from this machine, to the last bit."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from features.rows.part import part_name
from tests.rows.front_door import run
from tests.rows.standalone import ENVIRONMENT, HAS_JAVA, standalone

ROOT = Path(__file__).parents[2]
MAKE = (sys.executable, "-m", "kizuki", "rows", "make", "--part-rows", "20")

needs_java = pytest.mark.skipif(not HAS_JAVA, reason="Spark needs Java 17, which is not installed")


def make(
    cases: Path, out: Path, *engine: str, environment: Mapping[str, str] = ENVIRONMENT
) -> subprocess.CompletedProcess[str]:
    """`kizuki rows make` in a process of its own: Spark stays in the one that it was started in."""
    command = [*MAKE, "--cases", cases, "--out", out, *engine]
    return subprocess.run(
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True
    )


def on(master: str) -> tuple[str, ...]:
    return "--engine", "spark", "--master", master


def interrupted(*_: object) -> None:
    raise InterruptedError


@needs_java
def test_a_cluster_makes_the_same_file(cases: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    assert make(cases, here).returncode == 0
    with standalone(tmp_path, workers=2) as cluster:
        done = make(cases, there, *on(cluster.master))
        assert done.returncode == 0, done.stderr
        executors = [list(place.glob("app-*/*")) for place in cluster.workers]
    assert all(executors), "a worker had nothing to do"
    assert pq.read_metadata(there).num_row_groups > 5
    assert there.read_bytes() == here.read_bytes()
    assert not there.with_name(f"{there.name}.parts").exists()
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr


@needs_java
def test_what_a_task_refuses_is_told_in_one_line(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that was damaged, found by whichever machine gets to it."""
    out = tmp_path / "rows.parquet"
    monkeypatch.setattr("features.rows.make.answer_part", interrupted)
    with pytest.raises(InterruptedError):
        run("rows", "make", "--part-rows", "20", "--cases", cases, "--out", out)
    part = tmp_path / "rows.parquet.parts" / "cases" / part_name(1)
    for slice_of_table in (part / "notifications.parquet").iterdir():
        slice_of_table.write_bytes(b"damaged")
    done = make(cases, out, *on("local[1]"))
    assert done.returncode == 2
    assert "is broken" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_without_java_it_says_what_it_needs(cases: Path, tmp_path: Path) -> None:
    bare = {**ENVIRONMENT, "PATH": str(tmp_path), "JAVA_HOME": str(tmp_path)}
    done = make(cases, tmp_path / "rows.parquet", *on("local[1]"), environment=bare)
    assert done.returncode == 2
    assert "it needs Java 17" in done.stderr
