"""Which columns are asked for: all, those of some features, or those of a model's lock."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from features.errors import KizukiError
from features.language.feature import Column, Feature
from features.library import COLUMNS, FEATURES


def features_named(names: Sequence[str]) -> list[Feature]:
    """The features of these names, all where none is named; KizukiError for one there is not."""
    for name in names:
        if name not in FEATURES:
            raise KizukiError(f"there is no feature {name}: features/CATALOGUE.md lists them")
    return [FEATURES[name] for name in names] or list(FEATURES.values())


def columns_named(names: Sequence[str]) -> list[Column]:
    """The columns of the features of these names, all where none is named."""
    return [column for feature in features_named(names) for column in feature.columns]


def columns_locked(lock: Path) -> list[Column]:
    """The columns that a model's features.lock names, in its order.

    Raises KizukiError where one of them is gone, or asks something else than it did.
    """
    try:
        lines = lock.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise KizukiError(f"{lock}: cannot be read ({type(problem).__name__})") from problem
    return same_columns([line.partition(" = ")[0] for line in lines])


def same_columns(marks: Sequence[str]) -> list[Column]:
    """The columns that have these marks; KizukiError for a mark that no column has."""
    known = {mark(column): column for column in COLUMNS.values()}
    for wanted in marks:
        if wanted not in known:
            raise KizukiError(
                f"no column is {wanted!r}: that question was changed, or is another version's"
            )
    return [known[wanted] for wanted in marks]


def marked(columns: Sequence[Column]) -> str:
    """A short hash of columns in their order, which changes with any question."""
    return hashlib.sha256("\n".join(map(mark, columns)).encode()).hexdigest()[:16]


def mark(column: Column) -> str:
    """What tells a column from every other, over versions: fingerprint and name."""
    return f"{column.fingerprint} {column.name}"
