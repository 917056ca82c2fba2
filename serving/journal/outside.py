"""For an outsider: this file, Python and `cryptography` suffice to hold a journal against its word.

`python outside.py journal.db journal.checkpoints journal.pub`, with the three files copied to where
nobody of the office can write; nothing of Kizuki is imported, and nothing in the journal is opened
that a key locks. Exits with 1 where something was changed, taken out, put in, moved or cut off.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key

KINDS = {type(None): "n", bytes: "b", float: "f", int: "i", str: "t"}


def written(value: Any) -> bytes:
    """A value as it goes into a hash: its kind, its length, and what it says."""
    said = value if isinstance(value, bytes) else b"" if value is None else str(value).encode()
    said = value.hex().encode() if isinstance(value, float) else said
    return f"{KINDS[type(value)]}{len(said)}:".encode() + said


def links(journal: Path) -> Iterator[tuple[int, str, str]]:
    """The number of each record, the link that it should have, and the one that it has."""
    before = "0" * 64
    with closing(sqlite3.connect(f"{journal.resolve().as_uri()}?mode=ro", uri=True)) as file:
        for *values, linked in file.execute("SELECT * FROM answers ORDER BY number"):
            record = hashlib.sha256(b"".join(map(written, values))).digest()
            yield values[0], hashlib.sha256(before.encode() + record).hexdigest(), linked
            before = linked


def faults(journal: Path, checkpoints: Path, public_key: Path) -> Iterator[str]:
    """What is wrong, in words; nothing where all is as it was signed."""
    key, there = load_pem_public_key(public_key.read_bytes()), dict[int, str]()
    for place, (number, due, linked) in enumerate(links(journal), 1):
        there[number] = linked
        if (number, due) != (place, linked):
            yield f"record {number} is not what was linked to the one before it"
    *lines, _ = checkpoints.read_text("utf-8").split("\n")
    for signed in map(json.loads, lines):
        number = signed["number"]
        try:
            key.verify(bytes.fromhex(signed["signature"]), _said(signed))  # type: ignore[union-attr, call-arg]
        except (InvalidSignature, ValueError):
            yield f"the checkpoint of record {number} was not signed with this key"
            continue
        if there.get(number) != signed["link"]:
            yield f"the journal up to record {number} is not the one that was signed"


def main(journal: str, checkpoints: str, public_key: str) -> int:
    """Tell what is wrong, or that nothing is."""
    found = list(faults(Path(journal), Path(checkpoints), Path(public_key)))
    sys.stdout.write("\n".join(found or ["nothing was changed since it was signed"]) + "\n")
    return 1 if found else 0


def _said(signed: Mapping[str, Any]) -> bytes:
    return f"kizuki journal {signed['number']} {signed['link']} {signed['at']}".encode()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
