"""Restoring: a backup is put into an empty place, and held against what it was when it was made."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from features.errors import KizukiError
from models.key_files import public_half, public_key
from serving.backups.kept import LOCKED, MANIFEST, Kept, checksum, copy_private, there
from serving.journal.checkpoints import read_checkpoints
from serving.journal.child_keys import ChildKeys
from serving.journal.locked_files import unlock_file
from serving.journal.verify import Verdict, verify
from serving.settings import Settings


def restore(settings: Settings, backup: Path, keys_from: Path) -> Verdict:
    """Put a backup in its place, and hold it against its checksums and its checkpoints.

    Raises KizukiError where something is in that place, or the backup is not whole.
    """
    kept, name = Kept.of(settings), _check_whole(backup)
    places = {**kept.all, "children.keys": settings.child_keys}
    _must_be_empty(places)
    for name_of_key in ("children.keys", *kept.keys):
        copy_private(keys_from / name_of_key, places[name_of_key])
    with closing(ChildKeys(settings.child_keys)) as keys:
        secret = keys.of_backup(name)
    for file, path in _backed_up(backup, {**kept.files, **kept.databases}):
        copy_private(file, path)
    for file, path in _backed_up(backup, kept.locked, LOCKED):
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
    for _, path in there(places):
        if path.is_file() or any(path.iterdir()):
            raise KizukiError(f"{path}: is there already; restore into an empty place")
    for path in places.values():
        path.parent.mkdir(parents=True, exist_ok=True)


def _check_whole(backup: Path) -> str:
    """The name of a backup's key; raises KizukiError where a file is missing or changed."""
    try:
        said = json.loads((backup / MANIFEST).read_text("utf-8"))
        wrong = [file for file, known in said["files"].items() if checksum(backup / file) != known]
        name = str(said["key"])
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise KizukiError(f"{backup}: is no whole backup: {type(problem).__name__}") from None
    if wrong:
        raise KizukiError(f"{backup}: {wrong[0]} was changed since it was backed up")
    return name
