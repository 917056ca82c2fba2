"""Backing up: everything that a state folder keeps is copied while the desk answers.

No backup keeps a child readable who is erased. The journal's copy opens with the keys of children,
which are copied to a place of their own, where each copy takes the place of the last. The store's
copy opens with a key of its own in the same file; after an erasure, the next backup that is whole
destroys the keys of all before it.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from features.errors import KizukiError
from serving.backups.kept import LOCKED, MANIFEST, Kept, checksum, copy_private, files_under, there
from serving.journal.child_keys import ChildKeys
from serving.journal.locked_files import lock_file
from serving.settings import Settings


def back_up(settings: Settings, out: Path, keys_out: Path) -> int:
    """Copy everything into a new folder, and the keys into a folder apart; tells how many bytes.

    Raises KizukiError where the folder is there already, or a key is not.
    """
    kept, beside = Kept.of(settings), out.with_name(f"{out.name}.next")
    for path in kept.keys.values():
        if not path.exists():
            raise KizukiError(f"{path}: is not there, and no backup is whole without it")
    if out.exists():
        raise KizukiError(f"{out}: is there already; a backup is never written over")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True, mode=0o700)
    name = uuid4().hex
    with closing(ChildKeys(settings.child_keys)) as keys:
        secret = keys.begin_backup(name)
        for file, path in there(kept.files):  # before the journal, which is never behind them
            shutil.copyfile(path, beside / file)
        for file, path in there(kept.databases):
            _copy_database(path, beside / file)
        for file, path in there(kept.locked):
            _copy_database(path, beside / file)
            lock_file(beside / file, beside / f"{file}{LOCKED}", secret)
            (beside / file).unlink()
        for folder, path in there(kept.folders):
            shutil.copytree(path, beside / folder, ignore=shutil.ignore_patterns("*.key"))
        sums = {str(path.relative_to(beside)): checksum(path) for path in files_under(beside)}
        (beside / MANIFEST).write_text(json.dumps({"key": name, "files": sums}, indent=1), "utf-8")
        beside.rename(out)
        keys.end_backup(name)
    _copy_keys(settings, kept, keys_out)
    return sum(path.stat().st_size for path in files_under(out))


def _copy_keys(settings: Settings, kept: Kept, out: Path) -> None:
    """In place of the copy before: what was destroyed must not stay there."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = out / "children.keys.next"
    beside.unlink(missing_ok=True)
    _copy_database(settings.child_keys, beside)
    beside.chmod(0o600)
    beside.replace(out / "children.keys")
    for file, path in kept.keys.items():
        copy_private(path, out / file)


def _copy_database(path: Path, out: Path) -> None:
    """A SQLite file as it is at one moment, whoever writes it meanwhile."""
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(out)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, and no log beside it
