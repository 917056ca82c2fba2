"""Which rows are asked for: pairs of child and cutoff."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from features.errors import KizukiError
from features.rows.source import Source
from features.tables import TABLES, notifications

SCHEMA = pa.schema([("child", pa.string()), ("cutoff", pa.date32())])


def notified(source: Source) -> pa.Table:
    """Each child on each day on which a notification of it was first on record.

    Raises KizukiError where the case file records no notifications.
    """
    if notifications.name not in source.names:
        raise KizukiError(
            "the case file does not record notifications: name the pairs of child and cutoff in a "
            "file, with --pairs"
        )
    read = source.table(notifications.name, ["id", "child", "known", "withdrawn"])
    rows: pd.DataFrame = read.to_pandas(date_as_object=False)
    # A correction is another row with the same id: it tells of nothing new.
    rows = rows[rows["withdrawn"].isna() | (rows["known"] < rows["withdrawn"])]
    first = rows.groupby(["child", "id"])["known"].min().reset_index()
    pairs = first[["child", "known"]].drop_duplicates().rename(columns={"known": "cutoff"})
    return pa.Table.from_pandas(pairs, preserve_index=False).cast(SCHEMA)


def read_pairs(file: Path, source: Source) -> pa.Table:
    """The pairs in a CSV or Parquet file with the columns `child` and `cutoff`.

    Raises KizukiError for a pair that is not complete, is there twice, lies after the day on which
    the case file was drawn, or is of a child of whom the case file has no row.
    """
    try:
        pairs = _read(file).select(SCHEMA.names).cast(SCHEMA)
    except (LookupError, OSError, TypeError, ValueError) as problem:
        raise KizukiError(
            f"{file}: must be a CSV or Parquet file with the columns child and cutoff, days "
            f"written 2024-04-01 ({type(problem).__name__})"
        ) from problem
    child, cutoff = pairs["child"], pairs["cutoff"]
    _refuse(file, pc.or_(pc.is_null(child), pc.is_null(cutoff)), "is not filled in")
    _refuse(file, pc.greater(cutoff, source.as_of), f"lies after {source.as_of}")
    _refuse(file, pc.invert(pc.is_in(child, _children(source))), "is of a child without a row")
    _refuse(file, pa.array(pairs.to_pandas().duplicated()), "is there already")
    return pairs


def _read(file: Path) -> pa.Table:
    if file.suffix == ".parquet":
        return pq.read_table(file)
    text = pyarrow.csv.ConvertOptions(column_types={"child": pa.string(), "cutoff": pa.date32()})
    return pyarrow.csv.read_csv(file, convert_options=text)


def _refuse(file: Path, wrong: pa.Array, why: str) -> None:
    places = np.flatnonzero(wrong.to_numpy(zero_copy_only=False))
    if len(places):
        raise KizukiError(f"{file}: row {places[0] + 1} {why}; so it is of {len(places)} rows")


def _children(source: Source) -> pa.Array:
    """Every child of whom any table has a row."""
    named = [
        pc.unique(source.table(name, [subject])[subject])
        for name in source.names
        for subject in TABLES[name].concerns[:1]
    ]
    return pc.unique(pa.chunked_array(named, pa.string()).combine_chunks())
