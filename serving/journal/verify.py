"""Is the journal what it was: every link made anew, and held against what was signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from serving.journal.chain import START, link
from serving.journal.checkpoints import Checkpoint
from serving.journal.reading import Record, records


@dataclass(frozen=True)
class Verdict:
    """What was found: `signed` is the last record that a checkpoint vouches for, 0 for none.

    Where `faults` is empty, no record up to `signed` was changed, taken out, put in or moved since.
    Of those behind it the links alone speak, which who can write the journal could make anew.
    `suspect` counts the records before which the clock jumped.
    """

    records: int
    checkpoints: int
    signed: int
    faults: tuple[str, ...]
    suspect: int = 0


def verify(path: Path, checkpoints: Sequence[Checkpoint], key: Ed25519PublicKey) -> Verdict:
    """Hold the journal at a path against its checkpoints; raises KizukiError where it is none."""
    wanted = {checkpoint.number for checkpoint in checkpoints}
    links, before, count, suspect = {0: START}, START, 0, 0
    faults: list[str] = []
    for count, record in enumerate(records(path), 1):
        faults += _misplaced(record, count, before)
        before = record.link
        suspect += record.clock_suspect
        if count in wanted:
            links[count] = before
    signed = 0
    for checkpoint in checkpoints:
        fault = _contradicted(checkpoint, links.get(checkpoint.number), count, key)
        if fault is None:
            signed = max(signed, checkpoint.number)
        else:
            faults.append(fault)
    return Verdict(count, len(checkpoints), signed, tuple(faults), suspect)


def _misplaced(record: Record, place: int, before: str) -> Iterator[str]:
    """What is wrong with a record at a place, behind the link of the one before it."""
    if record.number != place:
        yield f"record {place} is not there: {record.number} stands in its place"
    if link(before, record.number, record.values) != record.link:
        yield f"record {record.number} is not what was linked to the one before it"


def _contradicted(
    checkpoint: Checkpoint, linked: str | None, count: int, key: Ed25519PublicKey
) -> str | None:
    number = checkpoint.number
    if not checkpoint.holds(key):
        return f"the checkpoint of record {number} was not signed with this key"
    if number > count:
        return f"the journal ends at record {count}, and record {number} was signed"
    if linked != checkpoint.link:
        return f"the journal up to record {number} is not the one that was signed"
    return None
