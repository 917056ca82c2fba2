"""What the journal keeps of a child, as bytes that only the child's key opens (AES-GCM).

They are compressed first: every child on file is answered anew each night, and a year of nights
must fit on the disk. That a length tells how well a text compresses is borne: who reads the file
has no say in what is in it.
"""

import json
import secrets
import zlib
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from features.errors import KizukiError
from serving.journal.child_keys import ChildKey
from serving.journal.entry import Entry
from serving.who.asker import Asker

NONCE = 12  # bytes, as NIST SP 800-38D asks for
LEVEL = 1  # of zlib, the fastest: the higher ones save another tenth and take three times as long
OF_A_CHILD = (
    "request", "asked", "child", "cutoff", "row", "probability", "score", "band", "answer", "page",
    "sent",
)  # fmt: skip
_BYTES = ("asked", "answer", "page")


class Erased(KizukiError):
    """What is asked for was erased: nobody can read it any more.

    Who had asked for it, the `asker`, is known still where one record was looked for.
    """

    asker: Asker | None = None


def encrypt(entry: Entry, key: ChildKey) -> bytes:
    """Everything of an entry that is of its child; bound to the id of the entry."""
    said = {name: getattr(entry, name) for name in OF_A_CHILD}
    said |= {name: said[name].decode() for name in _BYTES if said[name] is not None}
    said["cutoff"] = entry.cutoff.isoformat()
    plain = json.dumps(said, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    nonce = secrets.token_bytes(NONCE)
    packed = zlib.compress(plain.encode(), LEVEL)
    return nonce + AESGCM(key.secret).encrypt(nonce, packed, entry.id.encode())


def decrypt(record: str, content: bytes, key: ChildKey) -> dict[str, Any]:
    """The same again, by field; raises KizukiError where the key does not open it."""
    try:
        packed = AESGCM(key.secret).decrypt(content[:NONCE], content[NONCE:], record.encode())
    except (InvalidTag, ValueError):
        raise KizukiError(f"the record {record} does not open with the key of its child") from None
    said: dict[str, Any] = json.loads(zlib.decompress(packed))
    said |= {name: said[name].encode() for name in _BYTES if said[name] is not None}
    return {**said, "cutoff": date.fromisoformat(said["cutoff"])}
