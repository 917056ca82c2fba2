"""When compiled code that was kept is too old, and under which name it is kept.

It is too old as soon as any source of its rooms has changed. Numba looks at the file of the
function alone, and compiles functions and constants of other files into it: kept code would go on
answering as they once were.

No two pieces of code ever have the same name. Numba numbers them by its index, and writes that
first: of two processes that compile at once both take the same number, and who is ended before the
code is written leaves the index naming older code. Either way the wrong code would run.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from numba.core.caching import (
    IndexDataCacheFile,
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


class KeptFile(IndexDataCacheFile):  # type: ignore[misc]
    """The kept code of one function, by signature and processor."""

    @classmethod
    def like(cls, made: IndexDataCacheFile) -> "KeptFile":
        """The same place, as we keep it."""
        base = made._index_name.removesuffix(".nbi")
        return cls(made._cache_path, base, made._source_stamp)

    def save(self, key: Any, data: Any) -> None:
        """Keep code under a name of its own, and then where it is found."""
        named = hashlib.sha256(repr((self._source_stamp, key)).encode()).hexdigest()[:16]
        name = self._index_name.replace(".nbi", f".{named}.nbc")
        self._save_data(name, data)
        self._save_index({**self._load_index(), key: name})
        self._forget_others()

    def _forget_others(self) -> None:
        """Remove what no index names any more; who still wants it compiles it anew."""
        named = {self._data_path(name) for name in self._load_index().values()}
        for path in Path(self._cache_path).glob(self._index_name.replace(".nbi", ".*.nbc")):
            if str(path) not in named:
                path.unlink(missing_ok=True)


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
