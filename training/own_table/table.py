"""The table itself: what its columns are for, and whether each can be that."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from features.errors import KizukiError
from features.groups import NOT_KNOWN, Names
from models.gaps import AND
from models.groups import Ints
from models.measures import Numbers
from models.table_spec import TableColumn, TableSpec
from training.rows_on_disk import AT_ONCE, RowsOnDisk

MOST_GROUPS = 50  # more are no groups, and each too small to judge
_EMPTY = pc_csv.ConvertOptions(strings_can_be_null=True)  # nothing filled in is not known
NOT_IN_A_NAME = re.compile(r'[\s"\[\]{}:,]')  # LightGBM takes none of these


@dataclass(frozen=True)
class Roles:
    """Which column of a table is what; every other column is learnt from.

    `entity` says whose rows belong together, `time` the day of a row; the rows of one entity are
    only judged by trees that have seen none of them. `groups` are audited, and never learnt from,
    and `left_out` is neither.
    """

    label: str
    entity: str
    groups: tuple[str, ...]
    time: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is not learnt from."""
        time = () if self.time is None else (self.time,)
        return (self.label, self.entity, *time, *self.groups, *self.left_out)


@dataclass(frozen=True)
class OwnTable:
    """A table read: what is learnt, the rows on disk, and what is known of each row.

    `days` are day numbers, or None where the table has no time. `data` is the SHA-256 of the file.
    """

    spec: TableSpec
    rows: RowsOnDisk
    outcomes: Numbers
    entities: Names
    days: Ints | None
    groups: dict[str, Names]
    data: str


def read_table(path: Path, roles: Roles, scratch: Path) -> OwnTable:
    """Read a table in CSV or Parquet; a CSV is kept as Parquet in the folder `scratch` meanwhile.

    Raises KizukiError, naming file and column, for whatever cannot be learnt from as it stands.
    """
    with _readable(path):
        data = _hash(path)
        stored = path if path.suffix.lower() != ".csv" else _as_parquet(path, scratch)
        schema = pq.read_schema(stored)
        _must_be_there(path, roles, schema.names)
        learnt = [name for name in schema.names if name not in roles.named]
        _must_be_numbers(path, [schema.field(name) for name in learnt])
        known = pq.read_table(stored, columns=sorted({*roles.named} - {*roles.left_out}))
    spec = TableSpec(
        f"table-{path.stem}",
        roles.label,
        tuple(map(TableColumn, learnt)),
        roles.groups,
        roles.left_out,
    )
    return OwnTable(
        spec=spec,
        rows=RowsOnDisk(stored, learnt),
        outcomes=_outcomes(path, roles.label, known[roles.label]),
        entities=_entities(path, roles.entity, known[roles.entity]),
        days=None if roles.time is None else _days(path, roles.time, known[roles.time]),
        groups={name: _groups(path, name, known[name]) for name in roles.groups},
        data=data,
    )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as problem:
        first = str(problem).partition("\n")[0]
        raise KizukiError(f"{path}: cannot be read as CSV or Parquet: {first}") from problem


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _as_parquet(path: Path, scratch: Path) -> Path:
    stored = scratch / f"{path.stem}.parquet"
    pq.write_table(pc_csv.read_csv(path, convert_options=_EMPTY), stored, row_group_size=AT_ONCE)
    return stored


def _must_be_there(path: Path, roles: Roles, names: Sequence[str]) -> None:
    missing = [name for name in roles.named if name not in names]
    if missing:
        raise KizukiError(f"{path}: has no column {', '.join(missing)}; it has: {_some(names)}")
    twice = sorted({name for name in roles.named if roles.named.count(name) > 1})
    if twice or len(set(names)) < len(names):
        raise KizukiError(f"{path}: a column can be only one thing: {', '.join(twice) or 'two of'}")
    joined = [name for name in roles.groups if AND in name]
    if joined:
        raise KizukiError(f"{path}: rename {_some(joined)}: no {AND} in the name of a group column")


def _must_be_numbers(path: Path, learnt: Sequence[pa.Field]) -> None:
    if not learnt:
        raise KizukiError(f"{path}: no column is left to learn from")
    unfit = [f.name for f in learnt if not _is_number(f.type)]
    if unfit:
        raise KizukiError(
            f"{path}: {_some(unfit)} {'is' if len(unfit) == 1 else 'are'} no numbers: write "
            "categories as one column of 0 and 1 each, or leave the column out with --without NAME"
        )
    unsayable = [field.name for field in learnt if NOT_IN_A_NAME.search(field.name)]
    if unsayable:
        raise KizukiError(
            f'{path}: rename {_some(unsayable)}: no blank and none of " [ ] {{ }} : , in a name'
        )


def _is_number(kind: pa.DataType) -> bool:
    fits = (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_decimal,
            pa.types.is_null)  # fmt: skip
    return any(fit(kind) for fit in fits)


def _outcomes(path: Path, name: str, column: pa.ChunkedArray) -> Numbers:
    if not _is_number(column.type):
        raise KizukiError(f"{path}: the label {name} must be 0 or 1, and holds no numbers")
    outcomes: Numbers = column.cast(pa.float64()).to_numpy()
    unfit = int((~np.isin(outcomes, (0, 1))).sum())
    if unfit:
        raise KizukiError(f"{path}: the label {name} must be 0 or 1: {unfit} rows are neither")
    for value, words in ((1, "has the outcome"), (0, "is without the outcome")):
        if not (outcomes == value).any():
            raise KizukiError(f"{path}: no row {words} {name}: there is nothing to learn")
    return outcomes


def _entities(path: Path, name: str, column: pa.ChunkedArray) -> Names:
    if column.null_count:
        raise KizukiError(f"{path}: {column.null_count} rows name no entity in {name}")
    return _words(column)


def _days(path: Path, name: str, column: pa.ChunkedArray) -> Ints:
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        raise KizukiError(f"{path}: the time {name} must hold days, such as 2024-03-31")
    if column.null_count:
        raise KizukiError(f"{path}: {column.null_count} rows have no day in {name}")
    days: Ints = column.cast(pa.date32(), safe=False).cast(pa.int32()).to_numpy().astype(np.int64)
    return days


def _groups(path: Path, name: str, column: pa.ChunkedArray) -> Names:
    distinct = len(pc.unique(column))
    if distinct > MOST_GROUPS:
        raise KizukiError(
            f"{path}: {name} has {distinct} values, which are no groups: band them, into "
            f"{MOST_GROUPS} at the most"
        )
    return _words(column.cast(pa.string()).fill_null(NOT_KNOWN))


def _words(column: pa.ChunkedArray) -> Names:
    words: Names = column.cast(pa.string()).to_numpy(zero_copy_only=False)
    return words


def _some(names: Sequence[str]) -> str:
    listed = ", ".join(names[:10])
    return listed if len(names) <= 10 else f"{listed} and {len(names) - 10} more"
