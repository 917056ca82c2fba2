"""When compiled code that was kept is too old: as soon as any source of its rooms has changed.

Numba looks at the file of the function alone, and compiles functions and constants of other files
into it: kept code would go on answering as they once were.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from numba.core.caching import (
    InTreeCacheLocator,
    UserProvidedCacheLocator,
    UserWideCacheLocator,
)


class _Dated:
    """Kept code that is dated by its rooms' sources."""

    _py_file: str

    def get_source_stamp(self) -> str:
        """What numba compares with what it kept."""
        return stamp(Path(self._py_file))


class WhereTold(_Dated, UserProvidedCacheLocator):  # type: ignore[misc]  # numba has no types
    """Kept in the folder that NUMBA_CACHE_DIR names."""


class BesideSource(_Dated, InTreeCacheLocator):  # type: ignore[misc]
    """Kept beside the source, as Python keeps its own."""


class OfUser(_Dated, UserWideCacheLocator):  # type: ignore[misc]
    """Kept in the user's cache folder."""


PLACES = ",".join(f"{__name__}.{place.__name__}" for place in (WhereTold, BesideSource, OfUser))


def stamp(source: Path) -> str:
    """A hash of every source of the room that a file lies in, and of the room of this one."""
    return " ".join(_hash_of(room) for room in (_room_of(Path(__file__)), _room_of(source)))


def _room_of(source: Path) -> Path:
    """The outermost package around a file."""
    packages = [folder for folder in source.parents if (folder / "__init__.py").exists()]
    return packages[-1]


@lru_cache
def _hash_of(room: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted(room.rglob("*.py")):
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
