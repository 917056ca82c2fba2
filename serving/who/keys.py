"""API keys of systems: made once, shown once, and kept as hashes alone.

A key holds 256 random bits, so that its hash needs no salt and no slowness: nobody can try them.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from features.errors import KizukiError
from serving.who.asker import SERVICE, Asker
from serving.who.tokens import Refused

MARK = "kizuki"  # what a key begins with: scanners that look for lost secrets find it


@dataclass(frozen=True)
class Kept:
    """What is kept of a key: whose it is, until when it is taken, and the hash of its secret."""

    id: str
    system: str
    agency: str
    office: str | None
    until: str
    hash: str

    @property
    def asker(self) -> Asker:
        """The system that asks: it has no rights but those of a system."""
        return Asker(self.system, frozenset({SERVICE}), self.agency, self.office)


_LINE = TypeAdapter(Kept)


def make_key(
    path: Path, system: str, agency: str, office: str | None, until: datetime
) -> tuple[str, Kept]:
    """A new key, and what was appended of it to the file of keys, which is made if need be."""
    key_id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    kept = Kept(key_id, system, agency, office, until.isoformat(), _hash(secret))
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as file:
        file.write(f"{json.dumps(asdict(kept))}\n")
    return f"{MARK}_{key_id}_{secret}", kept


def read_kept(path: Path) -> dict[str, Kept]:
    """The keys in a file by their id, none where there is no file.

    Raises KizukiError that names a broken line.
    """
    if not path.exists():
        return {}
    kept = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            key = _LINE.validate_json(line, strict=True, extra="forbid")
            timed = datetime.fromisoformat(key.until).utcoffset() is not None
        except ValueError:
            timed = False
        if not timed:
            raise KizukiError(f"{path}: line {number} is no key")
        kept[key.id] = key
    return kept


def look_up(keys: Mapping[str, Kept], said: str, now: datetime) -> Kept:
    """The key that was said; raises Refused where it is none, or was taken until before now."""
    _, _, rest = said.partition("_")
    key_id, _, secret = rest.partition("_")
    kept = keys.get(key_id)
    if kept is None or not hmac.compare_digest(_hash(secret), kept.hash):
        raise Refused("it is not one of ours")
    if now >= datetime.fromisoformat(kept.until):
        raise Refused("it has expired")
    return kept


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
