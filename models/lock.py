"""features.lock: which question each column of a model asks, and its fingerprint."""

import hashlib

from models.spec import ModelSpec


def lock_text(spec: ModelSpec) -> str:
    """One line a column, in the model's order: fingerprint, name and question."""
    return "".join(f"{c.fingerprint} {c.name} = {c.value}\n" for c in spec.columns)


def lock_hash(spec: ModelSpec) -> str:
    """A short hash that changes when any question, or the order of the columns, changes."""
    return hash_of(lock_text(spec))


def hash_of(text: str) -> str:
    """The first 16 hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
