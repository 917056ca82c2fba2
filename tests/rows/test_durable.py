"""A file is there whole or not at all, whatever becomes of the process that writes it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from features.rows.durable import write_whole

KILLED = """
import os, signal, sys
from pathlib import Path
from features.rows.durable import write_whole
def half(path):
    path.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
write_whole(Path(sys.argv[1]), half)
"""


@pytest.mark.parametrize("before", [None, "the one before"])
def test_a_process_killed_while_it_writes_changes_nothing(
    before: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "rows.parquet"
    if before is not None:
        file.write_text(before)
    done = subprocess.run([sys.executable, "-c", KILLED, file], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (file.read_text() if file.exists() else None) == before
    assert len(list(tmp_path.iterdir())) == 1 + (before is not None)


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    with pytest.raises(FileNotFoundError):
        write_whole(file, lambda path: path.write_text("half") and (tmp_path / "gone").read_text())
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_there_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "rows.parquet"
    write_whole(file, lambda path: path.write_text("whole"))
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_text() == "whole"
