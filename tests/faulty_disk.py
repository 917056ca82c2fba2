"""A disk that fails: a shim between SQLite and the file system, as SQLite's own tests have one.

It is put under the very SQLite that Python uses, through a VFS (sqlite.org/vfs.html) of our own:
apsw, which has such shims ready, brings another SQLite along than the one that is to be tested. It
sees what SQLite asks of its files: opening, reading, writing, cutting short and syncing them. It
does not see shared memory, nor what the machine loses when its power goes.
"""

import _sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import (
    CDLL,
    CFUNCTYPE,
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_int,
    c_int64,
    c_void_p,
    cast,
    pointer,
    string_at,
)  # fmt: skip
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FULL, READ_ONLY = 13, 8  # SQLITE_FULL, SQLITE_READONLY
ERRORS = {"open": 14, "read": 266, "write": 778, "truncate": 1546, "sync": 1034}  # …_IOERR_…

_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Block = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_METHODS = {"read": ("xRead", _Block), "write": ("xWrite", _Block),
            "truncate": ("xTruncate", _Truncate), "sync": ("xSync", _Sync)}  # fmt: skip


class _Methods(Structure):  # struct sqlite3_io_methods, as of its third version
    _fields_ = [("iVersion", c_int), ("xClose", c_void_p), ("xRead", _Block), ("xWrite", _Block),
                ("xTruncate", _Truncate), ("xSync", _Sync),
                *((f"other{number}", c_void_p) for number in range(13))]  # fmt: skip


class _File(Structure):  # struct sqlite3_file
    _fields_ = [("pMethods", POINTER(_Methods))]


class _Vfs(Structure):  # struct sqlite3_vfs, as of its third version
    _fields_ = [("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int),
                ("pNext", c_void_p), ("zName", c_char_p), ("pAppData", c_void_p), ("xOpen", _Open),
                *((f"other{number}", c_void_p) for number in range(14))]  # fmt: skip


@dataclass
class FaultyDisk:
    """What SQLite asks of its files, as (what, name of the file); and what fails from when on.

    The call after `whole` more of the kinds in `failing` fails with the code named there, and,
    where it fails `for_ever`, each one after it too. Before each sync it waits as it is told to.
    """

    asked: list[tuple[str, str]] = field(default_factory=list)
    failing: dict[str, int] = field(default_factory=dict)
    whole: int = 0
    for_ever: bool = False
    failed: int = 0
    waits: Callable[[], object] = bool

    def fail(self, failing: dict[str, int], whole: int = 0, *, for_ever: bool = True) -> None:
        """Fail from now on, after so many calls that do not."""
        self.failing, self.whole, self.for_ever, self.failed = failing, whole, for_ever, 0

    def repair(self) -> None:
        """Fail no more."""
        self.failing = {}

    def code(self, kind: str, name: str) -> int:
        """What SQLite is told of a call, 0 where it is let through."""
        self.asked.append((kind, name))
        if kind == "sync":
            self.waits()
        if kind not in self.failing or (self.failed and not self.for_ever):
            return 0
        self.whole -= 1
        if self.whole >= 0:
            return 0
        self.failed += 1
        return self.failing[kind]


class _Shim:
    """The VFS that stands before SQLite's own: made once, since files may stay open on it."""

    def __init__(self) -> None:
        self.disk = FaultyDisk()
        self._sqlite = CDLL(_sqlite3.__file__)  # finds the library that Python's module is bound to
        self._sqlite.sqlite3_vfs_find.restype = POINTER(_Vfs)
        self._real = self._sqlite.sqlite3_vfs_find(None)
        self._opens = self._real.contents.xOpen
        self._names: dict[int, str] = {}  # of files, by where they lie in memory
        self._methods: dict[int, _Methods] = {}
        self._vfs = _Vfs.from_buffer_copy(self._real.contents)
        self._vfs.zName, self._vfs.xOpen = b"faulty", _Open(self._open)

    def stand(self, *, before: bool) -> None:
        chosen = pointer(self._vfs) if before else self._real
        assert self._sqlite.sqlite3_vfs_register(chosen, 1) == 0

    def _open(self, _: int, path: int | None, place: int, flags: int, told: int) -> int:
        """Open a file as SQLite does, and stand before what it can do.

        The path is handed on as SQLite gave it: it keeps no copy, and reads on behind its end.
        """
        name = Path(string_at(path).decode()).name if path else ""
        file = cast(place, POINTER(_File)).contents
        code = self.disk.code("open", name)
        if code:
            file.pMethods = POINTER(_Methods)()
            return code
        code = self._opens(cast(self._real, c_void_p), path, place, flags, told)
        if not code:
            self._names[place] = name
            file.pMethods = pointer(self._before(file.pMethods.contents))
        return int(code)

    def _before(self, real: Any) -> _Methods:
        address = cast(byref(real), c_void_p).value or 0
        if address not in self._methods:
            made = _Methods.from_buffer_copy(real)
            for kind, (name, shape) in _METHODS.items():
                setattr(made, name, shape(self._watched(kind, getattr(real, name))))
            made.iVersion = min(made.iVersion, 2)  # nothing is read past us, by mmap
            self._methods[address] = made
        return self._methods[address]

    def _watched(self, kind: str, real: Callable[..., int]) -> Callable[..., int]:
        def call(place: int, *more: Any) -> int:
            return self.disk.code(kind, self._names[place]) or real(place, *more)

        return call


_SHIM = _Shim()


@contextmanager
def faulty_disk() -> Iterator[FaultyDisk]:
    """Every database that is opened meanwhile lies on a disk that can be told to fail."""
    _SHIM.disk = disk = FaultyDisk()
    _SHIM.stand(before=True)
    try:
        yield disk
    finally:
        _SHIM.stand(before=False)
        disk.repair()
