"""The chain: each record of the journal is bound to all records before it by a hash.

A record's link is SHA-256 over the link before it and the record's own hash, as in the hash chains
of Haber and Stornetta (1991): whoever changes, takes out, puts in or moves a record would have to
make every later link anew, and so contradict every checkpoint signed since.
"""

import hashlib
from collections.abc import Sequence

START = "0" * 64  # the link before the first record
Value = str | int | float | bytes | None


def record_hash(values: Sequence[Value]) -> bytes:
    """The SHA-256 of a record, told apart by kind and length: no two records look alike."""
    whole = hashlib.sha256()
    for value in values:
        kind, said = _written(value)
        whole.update(b"%c%d:" % (kind, len(said)))
        whole.update(said)
    return whole.digest()


def link(before: str, number: int, values: Sequence[Value]) -> str:
    """The link of the record of that number with these values, as 64 hexadecimal digits."""
    return hashlib.sha256(before.encode() + record_hash((number, *values))).hexdigest()


def _written(value: Value) -> tuple[int, bytes]:
    match value:
        case None:
            return ord("n"), b""
        case bytes():
            return ord("b"), value
        case float():
            return ord("f"), value.hex().encode()
        case _:
            return ord("t" if isinstance(value, str) else "i"), str(value).encode()
