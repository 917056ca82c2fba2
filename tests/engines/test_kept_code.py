"""Compiled code is kept on disk, and never runs once a source that went into it has changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
