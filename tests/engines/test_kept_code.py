"""Compiled code is kept on disk, and never runs once a source that went into it has changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from features.engines.kept_code import KeptFile

ROOM = {
    "__init__.py": "",
    "part.py": "from features.engines.compiled import compiled\n\n\n"
    "@compiled\ndef part(number):\n    return number + {more}\n",
    "whole.py": "from features.engines.compiled import entered\nfrom room.part import part\n\n\n"
    "@entered\ndef whole(number):\n    return part(number)\n",
}
ASK = (
    "from room.whole import whole; "
    "print(whole(1), sum(whole.stats.cache_hits.values()), whole.stats.cache_path)"
)


def ask(folder: Path, more: int, kept: Path | None = None) -> tuple[int, int, Path]:
    """The answer of a room in a process of its own; how often kept code was used, and where."""
    (folder / "room").mkdir(exist_ok=True)
    for name, text in ROOM.items():
        (folder / "room" / name).write_text(text.format(more=more), "utf-8")
    paths = os.pathsep.join([str(folder), str(Path(__file__).parents[2])])
    told = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    if kept:
        told["NUMBA_CACHE_DIR"] = str(kept)
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=told, check=True, capture_output=True, text=True
    )
    answer, hits, path = done.stdout.split()
    return int(answer), int(hits), Path(path)


def test_code_is_kept_until_something_that_went_into_it_changes(tmp_path: Path) -> None:
    assert [ask(tmp_path, more)[:2] for more in (1, 1, 5, 5)] == [(2, 0), (2, 1), (6, 0), (6, 1)]


def test_it_is_kept_beside_its_source_or_where_one_says(tmp_path: Path) -> None:
    assert ask(tmp_path, 1)[2] == tmp_path / "room" / "__pycache__"
    elsewhere = tmp_path / "elsewhere"
    assert ask(tmp_path, 1, elsewhere)[2].parent == elsewhere


def test_where_no_folder_can_be_written_it_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from numba.core import caching

    from features.engines.compiled import entered

    def refused(self: object) -> None:
        raise OSError

    monkeypatch.setattr(caching._CacheLocator, "ensure_cache_path", refused)

    @entered
    def twice(number: int) -> int:
        return 2 * number

    assert twice(4) == 8


def kept_file(folder: Path, stamp: str = "now") -> KeptFile:
    return KeptFile(str(folder), "function-1.py311", stamp)


@pytest.mark.parametrize("step", ["_save_data", "_save_index"])
def test_two_processes_that_keep_code_at_once_never_find_the_others(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = kept_file(tmp_path), kept_file(tmp_path)
    monkeypatch.setattr(other, "_load_index", dict)  # it looked before either had kept anything
    go_on = getattr(one, step)

    def after_the_other(*given: object) -> None:
        other.save("of floats", "code for floats")
        go_on(*given)

    monkeypatch.setattr(one, step, after_the_other)
    one.save("of ints", "code for ints")
    assert kept_file(tmp_path).load("of ints") in {"code for ints", None}
    assert kept_file(tmp_path).load("of floats") in {"code for floats", None}


@pytest.mark.parametrize("cut_off", ["_save_data", "_save_index"])
def test_who_is_ended_while_keeping_code_leaves_none_of_older_sources(
    cut_off: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_file(tmp_path, "before").save("of ints", "older code")
    ended = kept_file(tmp_path)
    monkeypatch.setattr(ended, cut_off, ended_now)
    with pytest.raises(KeyboardInterrupt):
        ended.save("of ints", "code")
    assert kept_file(tmp_path).load("of ints") is None


def ended_now(*given: object) -> None:
    raise KeyboardInterrupt


def test_what_is_too_old_does_not_stay(tmp_path: Path) -> None:
    for stamp in ("before", "now"):
        kept_file(tmp_path, stamp).save("of ints", stamp)
        kept_file(tmp_path, stamp).save("of floats", stamp)
    assert len(list(tmp_path.glob("*.nbc"))) == 2
    assert kept_file(tmp_path).load("of floats") == "now"
