"""What a desk keeps: its files by the names that they have in a backup."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.key_files import public_half
from serving.settings import Settings
from serving.store.database import file_of, open_engine

MANIFEST = "backup.json"
LOCKED = ".locked"


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


def there(places: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    """Those of these that there are."""
    return ((name, path) for name, path in places.items() if path.exists())


def files_under(folder: Path) -> Iterator[Path]:
    """Every file in a folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def checksum(path: Path) -> str:
    """What tells a file from any other."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_private(path: Path, out: Path) -> None:
    """Copy a file for its owner alone."""
    shutil.copyfile(path, out)
    out.chmod(0o600)
