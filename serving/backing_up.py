"""Backups: everything that a state folder keeps, copied while the desk answers, and put back.

No backup keeps a child readable who is erased. The journal's copy opens with the keys of children,
which are copied to a place of their own, where each copy takes the place of the last. The store's
copy opens with a key of its own in the same file; after an erasure, the next backup that is whole
destroys the keys of all before it.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from features.errors import KizukiError
from models.key_files import public_half, public_key
from serving.journal.checkpoints import read_checkpoints
from serving.journal.child_keys import ChildKeys
from serving.journal.locked_files import lock_file, unlock_file
from serving.journal.verify import Verdict, verify
from serving.settings import Settings
from serving.store.database import file_of, open_engine

MANIFEST = "backup.json"
_LOCKED = ".locked"


@dataclass(frozen=True)
class Kept:
    """The files of a desk, by the names that they have in a backup; which of them are locked."""

    databases: Mapping[str, Path]
    locked: Mapping[str, Path]
    files: Mapping[str, Path]
    folders: Mapping[str, Path]
    keys: Mapping[str, Path]

    @classmethod
    def of(cls, settings: Settings) -> "Kept":
        """Those that the settings name; a store on PostgreSQL is not among them."""
        engine = open_engine(settings.store.get_secret_value())
        store = file_of(engine)
        engine.dispose()
        return cls(
            databases={"journal.db": settings.journal, "challengers.db": settings.beside},
            locked={"jobs.db": settings.jobs, **({"store.db": store} if store else {})},
            files={
                "journal.checkpoints": settings.checkpoints,
                "challengers.checkpoints": settings.checkpoints_beside,
                "api_keys": settings.api_keys,
                "revoked": settings.revoked,
            },
            folders={
                "champions": settings.home / "champions",
                "bundle-keys": settings.bundle_keys,
            },
            keys={
                "journal.key": settings.signing_key,
                "journal.pub": public_half(settings.signing_key),
            },
        )

    @property
    def all(self) -> dict[str, Path]:
        """All of them."""
        return {**self.databases, **self.locked, **self.files, **self.folders, **self.keys}


def back_up(settings: Settings, out: Path, keys_out: Path) -> int:
    """Copy everything into a new folder, and the keys into a folder apart; tells how many bytes.

    Raises KizukiError where the folder is there already.
    """
    kept, beside = Kept.of(settings), out.with_name(f"{out.name}.next")
    if out.exists():
        raise KizukiError(f"{out}: is there already; a backup is never written over")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True, mode=0o700)
    name = uuid4().hex
    with closing(ChildKeys(settings.child_keys)) as keys:
        secret = keys.begin_backup(name)
        for file, path in _there(kept.files):  # before the journal, which is never behind them
            shutil.copyfile(path, beside / file)
        for file, path in _there(kept.databases):
            _copy_database(path, beside / file)
        for file, path in _there(kept.locked):
            _copy_database(path, beside / file)
            lock_file(beside / file, beside / f"{file}{_LOCKED}", secret)
            (beside / file).unlink()
        for folder, path in _there(kept.folders):
            shutil.copytree(path, beside / folder, ignore=shutil.ignore_patterns("*.key"))
        sums = {str(path.relative_to(beside)): _sum(path) for path in _files(beside)}
        (beside / MANIFEST).write_text(json.dumps({"key": name, "files": sums}, indent=1), "utf-8")
        beside.rename(out)
        keys.end_backup(name)
    _copy_keys(settings, kept, keys_out)
    return sum(path.stat().st_size for path in _files(out))


def restore(settings: Settings, backup: Path, keys_from: Path) -> Verdict:
    """Put a backup in its place, and hold it against its checksums and its checkpoints.

    Raises KizukiError where something is in that place, or the backup is not whole.
    """
    kept, name = Kept.of(settings), _check_whole(backup)
    places = {**kept.all, "children.keys": settings.child_keys}
    _must_be_empty(places)
    for name_of_key in ("children.keys", *kept.keys):
        _copy_private(keys_from / name_of_key, places[name_of_key])
    with closing(ChildKeys(settings.child_keys)) as keys:
        secret = keys.of_backup(name)
    for file, path in _backed_up(backup, {**kept.files, **kept.databases}):
        _copy_private(file, path)
    for file, path in _backed_up(backup, kept.locked, _LOCKED):
        unlock_file(file, path, secret)
        path.chmod(0o600)
    for folder, path in _backed_up(backup, kept.folders):
        shutil.copytree(folder, path, dirs_exist_ok=True)
    signed = list(read_checkpoints(settings.checkpoints))
    return verify(settings.journal, signed, public_key(public_half(settings.signing_key)))


def _backed_up(
    backup: Path, places: Mapping[str, Path], ending: str = ""
) -> Iterator[tuple[Path, Path]]:
    """What a backup has of these, and where it belongs."""
    found = ((backup / f"{name}{ending}", path) for name, path in places.items())
    return ((file, path) for file, path in found if file.exists())


def _must_be_empty(places: Mapping[str, Path]) -> None:
    for _, path in _there(places):
        if path.is_file() or any(path.iterdir()):
            raise KizukiError(f"{path}: is there already; restore into an empty place")
    for path in places.values():
        path.parent.mkdir(parents=True, exist_ok=True)


def _check_whole(backup: Path) -> str:
    """The name of a backup's key; raises KizukiError where a file is missing or changed."""
    try:
        said = json.loads((backup / MANIFEST).read_text("utf-8"))
        wrong = [file for file, known in said["files"].items() if _sum(backup / file) != known]
        name = str(said["key"])
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise KizukiError(f"{backup}: is no whole backup: {type(problem).__name__}") from None
    if wrong:
        raise KizukiError(f"{backup}: {wrong[0]} was changed since it was backed up")
    return name


def _copy_keys(settings: Settings, kept: Kept, out: Path) -> None:
    """In place of the copy before: what was destroyed must not stay there."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = out / "children.keys.next"
    beside.unlink(missing_ok=True)
    _copy_database(settings.child_keys, beside)
    beside.chmod(0o600)
    beside.replace(out / "children.keys")
    for file, path in kept.keys.items():
        _copy_private(path, out / file)


def _copy_database(path: Path, out: Path) -> None:
    """A SQLite file as it is at one moment, whoever writes it meanwhile."""
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(out)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, and no log beside it


def _copy_private(path: Path, out: Path) -> None:
    shutil.copyfile(path, out)
    out.chmod(0o600)


def _there(places: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    return ((name, path) for name, path in places.items() if path.exists())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
