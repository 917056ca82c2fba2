"""What each record must say, as a JSON Schema: who, through whom, what for, of whom, by which rule.

After IHE BALP and NIST AU-3: and AU-3(3), nothing else; of the columns that are not locked with the
child's key, none can hold a name or a sentence.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from serving.who.asker import PURPOSES

UUID = "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"
CODE, CODES, HASH = (
    "^[a-z][a-z0-9_]{2,40}$",
    "^([a-z][a-z_-]+( [a-z][a-z_-]+)*)?$",
    "^[0-9a-f]{64}$",
)
NAME = r"^[\w.@:-]{1,64}$"  # of a person, system or office: as identifiers are, without a blank
ANSWERS = ("score", "report", "look")


def text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


def perhaps(pattern: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "pattern": pattern}


PLAIN: dict[str, Any] = {
    "number": {"type": "integer", "minimum": 1},
    "id": text(UUID), "at": text(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$"),
    "kind": text(CODE), "model": text("^[a-z0-9_]*$"), "version": {"type": "integer"},
    "digest": text("^[0-9a-f]*$"), "lock": text("^[0-9a-f]*$"), "child": text(HASH),
    "reason": perhaps(CODE), "about": perhaps(UUID), "key": perhaps(HASH),
    "person": text(NAME), "through": perhaps(NAME), "roles": text(CODES),
    "agency": text("^[a-z-]*$"), "office": perhaps(NAME), "policies": text(CODES),
    "purpose": {"enum": [*PURPOSES, "other"]},
    "asked_in": text(f"^$|{UUID}"), "clock_suspect": {"enum": [0, 1]}, "link": text(HASH),
}  # fmt: skip
SCHEMA = {
    "type": "object",
    "properties": PLAIN,
    "required": list(PLAIN),
    "additionalProperties": False,
    "if": {"properties": {"kind": {"enum": list(ANSWERS)}}},
    "then": {"properties": {"model": text(CODE), "digest": text("^[0-9a-f]{16,}$")}},
}
_PROFILE = Draft202012Validator(SCHEMA)


def records(path: Path) -> list[dict[str, Any]]:
    """What of each record anybody can read who has the file."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
        file.row_factory = sqlite3.Row
        found = [dict(row) for row in file.execute("SELECT * FROM answers ORDER BY number")]
    for record in found:
        del record["content"]
    return found


def unfit(path: Path) -> Iterator[str]:
    """What in a journal does not fit: the record, the column, and why."""
    for record in records(path):
        for error in _PROFILE.iter_errors(record):
            yield f"{record['number']} ({record['kind']}) {error.json_path}: {error.message}"
