"""Rows are made part by part, go on where they stopped, and are there whole or not at all."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from features.case_file import CaseFile
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.library import COLUMNS
from features.rows.pairs import notified
from features.rows.source import Source
from tests.rows.front_door import run

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "models/placement_24m/features.lock"
SOME = ("--feature", "notification_count", "--feature", "sibling_notifications")
SMALL_PARTS = (*SOME, "--part-rows", "4")


def make(cases: Path, out: Path, *options: object) -> int:
    return run("rows", "make", "--cases", cases, "--out", out, *options)


def test_every_cell_is_what_the_engine_says_of_the_whole_office(
    office: CaseFile, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.parquet"
    assert make(cases, out, "--part-rows", "25") == 0
    rows = pq.read_table(out)
    assert rows.schema.names == ["child", "cutoff", *COLUMNS]
    pairs = {(row["child"], row["cutoff"]) for row in notified(Source(cases)).to_pylist()}
    assert {(row["child"], row["cutoff"]) for row in rows.select([0, 1]).to_pylist()} == pairs
    days = rows["cutoff"].cast("int32").to_numpy().astype(np.int64)
    values = [column.value for column in COLUMNS.values()]
    whole = answer_all(values, BatchTables(office), rows["child"].to_pylist(), days)
    made = np.column_stack([rows[name].to_numpy() for name in COLUMNS])
    assert np.array_equal(made, whole, equal_nan=True)
    assert rows["days_since_last_substantiated"].null_count  # missing is null, and not NaN
    said = capsys.readouterr()
    assert f"{len(pairs)} rows of {len(COLUMNS)} columns" in said.out
    assert "100%" in said.err
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_how_it_is_cut_changes_no_byte_of_any_column(cases: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    assert make(cases, one, *SOME, "--part-rows", "7") == 0
    assert make(cases, other, *SOME) == 0
    assert pq.read_table(one).equals(pq.read_table(other))


def test_a_models_lock_chooses_its_columns_in_its_order(cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.parquet"
    few = [line for line in LOCK.read_text("utf-8").splitlines() if "notification_count" in line]
    (tmp_path / "few.lock").write_text("\n".join(reversed(few)), "utf-8")
    assert make(cases, out, "--lock", tmp_path / "few.lock") == 0
    names = [line.split()[1] for line in reversed(few)]
    assert pq.read_schema(out).names == ["child", "cutoff", *names]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--lock", LOCK, *SOME), "leave one out"),
        (("--lock", "nowhere.lock"), "nowhere.lock: cannot be read"),
        (("--feature", "shoe_size"), "no feature shoe_size"),
        (("--master", "spark://here:7077"), "--engine spark"),
        (("--engine", "spark"), "--master"),
        (("--out", "."), "is a folder, and --out must be a file"),
    ],
)
def test_what_makes_no_sense_is_refused(
    options: tuple[object, ...],
    word: str,
    cases: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert make(cases, tmp_path / "rows.parquet", *options) == 2
    assert word in capsys.readouterr().err


def test_a_lock_of_another_version_is_refused(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.lock").write_text("0123456789abcdef notification_count_6m = asked", "utf-8")
    assert make(cases, tmp_path / "rows.parquet", "--lock", tmp_path / "old.lock") == 2
    assert "notification_count_6m" in capsys.readouterr().err


@pytest.fixture
def stopped(cases: Path, tmp_path: Path) -> Path:
    """Where rows were being made by a process that was killed, some parts done and some not."""
    out = tmp_path / "rows.parquet"
    command = [sys.executable, "-m", "kizuki", "rows", "make", "--cases", cases, "--out", out]
    with subprocess.Popen([*command, *SMALL_PARTS], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        while len(done(out)) < 3:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return out


def done(out: Path) -> dict[str, int]:
    """The parts whose rows are done, and when each was written."""
    rows = out.with_name(f"{out.name}.parts") / "rows"
    return {path.name: path.stat().st_mtime_ns for path in rows.glob("[0-9]*.parquet")}


def test_what_was_killed_goes_on_where_it_stopped(
    stopped: Path, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not stopped.exists()
    before = done(stopped)
    kept: dict[str, int] = {}
    replace = Path.replace

    def watched(path: Path, target: Path) -> Path:
        if target == stopped:
            kept.update(done(stopped))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", watched)
    assert make(cases, stopped, *SMALL_PARTS) == 0
    assert before.items() <= kept.items()
    assert len(kept) > len(before)
    assert make(cases, tmp_path / "at_once.parquet", *SMALL_PARTS) == 0
    assert stopped.read_bytes() == (tmp_path / "at_once.parquet").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"at_once.parquet", "rows.parquet"}


def test_it_does_not_go_on_with_something_else(
    stopped: Path, office: CaseFile, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = done(stopped)
    for changed, (case_file, *options) in {
        "columns": (cases, "--part-rows", "4"),
        "rows per part": (cases, *SOME, "--part-rows", "5"),
        "pairs": (cases, *SMALL_PARTS, "--pairs", _one_pair(cases, tmp_path)),
        "case file": (_one_row_less(office, tmp_path / "other"), *SMALL_PARTS),
    }.items():
        assert make(case_file, stopped, *options) == 2
        assert f"was begun with other {changed}: " in capsys.readouterr().err
    assert done(stopped) == before
    assert not stopped.exists()


def test_two_at_the_same_file_do_not_meet(
    stopped: Path, cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print(1)"
    lock = stopped.with_name(f"{stopped.name}.parts") / "lock"
    command = [sys.executable, "-uc", held + "; time.sleep(60)", lock]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert make(cases, stopped, *SMALL_PARTS) == 2
        other.kill()
    assert "another process is at work" in capsys.readouterr().err
    assert make(cases, stopped, *SMALL_PARTS) == 0


def test_what_cannot_be_written_leaves_the_file_before_in_its_place(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "rows.parquet"
    assert make(cases, out, *SOME) == 0
    before = out.read_bytes()

    def fails(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", fails)
    with pytest.raises(OSError, match="no space left"):
        make(cases, out, *SOME)
    assert out.read_bytes() == before


def _one_pair(cases: Path, folder: Path) -> Path:
    pair = notified(Source(cases)).slice(0, 1)
    pq.write_table(pair, folder / "pairs.parquet")
    return folder / "pairs.parquet"


def _one_row_less(office: CaseFile, folder: Path) -> Path:
    tables = {**office.tables, "placements": office.tables["placements"].iloc[1:]}
    CaseFile(office.as_of, tables).write(folder)
    return folder
