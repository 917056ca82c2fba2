"""Checkpoints: signed words that the journal, up to a record, had this link at this time.

They are lines of JSON in a file of their own, which is only appended to. Kept where those who can
write the journal cannot write, they show a journal that was cut short, or made anew as a whole.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from features.errors import KizukiError

EVERY = 1000  # records at the most between two checkpoints
LONGEST_LINE = 4096  # bytes
AT_LEAST_ALL = timedelta(seconds=60)  # where answers are given
LONGEST_LAG = timedelta(hours=4)  # X-Road's acceptable-timestamp-failure-period is as long


@dataclass(frozen=True)
class Checkpoint:
    """The link that the journal had at a record; `signature` is Ed25519 (RFC 8032), in hex."""

    number: int
    link: str
    at: str
    signature: str

    def holds(self, key: Ed25519PublicKey) -> bool:
        """Whether the holder of the key said so."""
        try:
            key.verify(bytes.fromhex(self.signature), _said(self.number, self.link, self.at))
        except (InvalidSignature, ValueError):
            return False
        return True


class Checkpoints:
    """The file that checkpoints are appended to, by whoever holds the key.

    Where it cannot be written, it may lag behind the journal for as long as `longest_lag`.
    """

    def __init__(
        self, path: Path, key: Ed25519PrivateKey, longest_lag: timedelta = LONGEST_LAG
    ) -> None:
        self.path = path
        self._key = key
        self._longest_lag = longest_lag
        self._last: tuple[int, datetime] | None = None
        self._failing: datetime | None = None

    def due(self, number: int, at: datetime) -> bool:
        """Whether a record is the first since this was opened, or far enough from the last."""
        if self._last is None:
            return True
        last, when = self._last
        return number - last >= EVERY or not timedelta(0) <= at - when < AT_LEAST_ALL

    def lag(self, at: datetime) -> timedelta:
        """For how long no checkpoint could be written."""
        return at - self._failing if self._failing else timedelta(0)

    def too_late(self, at: datetime) -> bool:
        """Whether nothing more may be kept before a checkpoint is written.

        A file that could not be written since it was opened is not waited for at all.
        """
        return bool(self._failing and (not self._last or self.lag(at) > self._longest_lag))

    def write(self, number: int, link: str, at: datetime) -> None:
        """Append a checkpoint; raises OSError where it is not certainly on the disk."""
        try:
            self._append(number, link, at)
        except OSError:
            self._failing = self._failing or at
            raise
        self._last, self._failing = (number, at), None

    def _append(self, number: int, link: str, at: datetime) -> None:
        when = at.isoformat()
        signature = self._key.sign(_said(number, link, when)).hex()
        line = json.dumps(vars(Checkpoint(number, link, when, signature)))
        with self.path.open("a+b") as file:
            _take_off_torn_line(file)
            file.write(f"{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())


def read_checkpoints(path: Path) -> Iterator[Checkpoint]:
    """The checkpoints in a file, the oldest first; raises KizukiError that names a broken line.

    A last line without an end was cut off while it was written, and is none.
    """
    try:
        *lines, _ = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise KizukiError(f"{path}: there are no checkpoints to read") from None
    for number, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
            yield Checkpoint(
                int(said["number"]), str(said["link"]), str(said["at"]), str(said["signature"])
            )
        except (ValueError, TypeError, KeyError):
            raise KizukiError(f"{path}: line {number} is no checkpoint") from None


def _take_off_torn_line(file: BinaryIO) -> None:
    """Take off what was written of a line when the disk was full, or the machine ended."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LONGEST_LINE))
    tail = file.read()
    torn = len(tail) - (tail.rfind(b"\n") + 1)
    if torn:
        file.truncate(size - torn)


def _said(number: int, link: str, at: str) -> bytes:
    return f"kizuki journal {number} {link} {at}".encode()
