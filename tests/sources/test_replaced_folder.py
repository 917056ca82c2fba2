"""A folder is replaced as a whole or not at all, whenever the run is cut short."""

import fcntl
import os
from pathlib import Path

import pytest

from features.errors import KizukiError
from features.sources.replaced_folder import replacing


def test_the_new_folder_takes_the_place_of_the_old_and_keeps_what_is_not_touched(
    tmp_path: Path,
) -> None:
    out = tmp_path / "deep" / "out"
    with replacing(out) as folder:
        (folder / "a").write_text("1")
        assert not out.exists()
    with replacing(out) as folder:
        (folder / "b").write_text("2")
        assert [path.name for path in out.iterdir()] == ["a"]
    assert sorted(path.name for path in out.iterdir()) == ["a", "b"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_run_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with replacing(out) as folder:
        (folder / "a").write_text("1")

    def fail() -> None:
        with replacing(out) as folder:
            (folder / "a").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / "a").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_killed_between_two_names_is_undone(tmp_path: Path) -> None:
    out, before = tmp_path / "out", tmp_path / ".out.before"
    before.mkdir()
    (before / "a").write_text("1")
    with replacing(out):
        assert (out / "a").read_text() == "1"
    before.mkdir()  # and one killed after both
    (before / "a").write_text("0")
    (tmp_path / ".out.partial").mkdir()
    with replacing(out):
        assert not before.exists()
    assert (out / "a").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("step", [1, 2])
def test_whenever_it_is_cut_short_the_old_is_there_or_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    out = tmp_path / "out"
    with replacing(out) as folder:
        (folder / "a").write_text("1")
    rename, done = Path.rename, []

    def cut_short(path: Path, to: Path) -> Path:
        done.append(to)
        if len(done) == step:
            raise KeyboardInterrupt
        return rename(path, to)

    def write() -> None:
        with replacing(out) as folder:
            (folder / "a").write_text("2")

    monkeypatch.setattr(Path, "rename", cut_short)
    with pytest.raises(KeyboardInterrupt):
        write()
    monkeypatch.undo()
    with replacing(out):
        assert (out / "a").read_text() == "1"
    write()
    assert (out / "a").read_text() == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_do_not_write_at_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    held = os.open(out, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(KizukiError, match="another import is writing here"), replacing(out):
        raise AssertionError
    os.close(held)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KizukiError, match="cannot be written"), replacing(tmp_path / "file" / "x"):
        raise AssertionError
