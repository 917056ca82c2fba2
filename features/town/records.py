"""Records as offices have them: late, corrected, without every field, and closed on one day."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from features.case_file import arrow_schema, to_frame
from features.language.fields import Choice
from features.language.rows import Table
from features.tables import fields_of
from features.town.arrays import NEVER, Chance, Column, Columns, blanked, rows_of, stacked


def delays(chance: Chance, count: int, promptly: float, days: float) -> Column:
    """Days until something is recorded: none for the prompt share, else with a heavy tail."""
    late = chance.lognormal(np.log(days), 1.0, count)
    waited: Column = np.where(chance.random(count) < promptly, 0, np.minimum(late, 900))
    return waited.astype(int)


def numbered(prefix: str, count: int) -> Column:
    """Identifiers: the prefix and a number, counted from 1."""
    number = pc.utf8_lpad(pa.array(np.arange(1, count + 1)).cast(pa.string()), 7, "0")
    text = pc.binary_join_element_wise(prefix, number, "")
    identifiers: Column = text.to_numpy(zero_copy_only=False)
    return identifiers


def with_ends(table: Table, spans: Columns, end_known: Column) -> Columns:
    """Spans whose end was recorded later: a version without its end, and the one in its place.

    An end that was known no later than the span itself is part of its first version.
    """
    later = (spans["until"] < NEVER) & (end_known > spans["known"])
    open_still = dict(spans, withdrawn=np.where(later, end_known, NEVER))
    open_still["until"] = np.where(later, NEVER, spans["until"])
    for name, field in table.columns.items():
        if isinstance(field, Choice) and field.ends:
            open_still[name] = blanked(spans[name], later & np.isin(spans[name], field.ends))
    closed = rows_of(dict(spans, withdrawn=np.full(len(later), NEVER)), later)
    return stacked([open_still, closed | {"known": end_known[later]}])


def corrected(rows: Columns, table: Table, shares: Mapping[str, float], chance: Chance) -> Columns:
    """Rows some of which were first recorded with another code, and put right weeks later."""
    count = len(rows["id"])
    rows = {"withdrawn": np.full(count, NEVER)} | rows
    slips = []
    for name, share in shares.items():
        wrong = (chance.random(count) < share) & (rows["withdrawn"] == NEVER)
        slip = rows_of(rows, wrong)
        field = fields_of(table)[name]
        codes = np.array(
            list(field.allowed) if isinstance(field, Choice) else [True, False], object
        )
        slip[name] = chance.choice(codes, wrong.sum())
        rows["known"] = rows["known"] + wrong * chance.integers(3, 150, count)
        slip["withdrawn"] = rows["known"][wrong]
        slips.append(slip)
    return stacked([*slips, rows])


def with_gaps(rows: Columns, shares: Mapping[str, float], chance: Chance) -> Columns:
    """Rows in which a share of each named field was never filled in."""
    gaps = {name: chance.random(len(rows["id"])) < share for name, share in shares.items()}
    return rows | {name: blanked(rows[name], gap) for name, gap in gaps.items()}


def as_frame(table: Table, rows: Columns, as_of: int) -> pd.DataFrame:
    """The rows on record on the day, in the order in which they were recorded."""
    count = len(rows["id"])
    never = np.full(count, NEVER)
    rows = {"withdrawn": never, "until": never} | rows
    rows["withdrawn"] = np.where(rows["withdrawn"] > as_of, NEVER, rows["withdrawn"])
    on_record = np.flatnonzero((rows["happened"] <= as_of) & (rows["known"] <= as_of))
    on_record = on_record[np.argsort(rows["known"][on_record], kind="stable")]
    schema = arrow_schema(table)
    blank = np.full(count, None)
    arrays = [_array(rows.get(name, blank)[on_record], schema.field(name).type)
              for name in schema.names]  # fmt: skip
    return to_frame(table, pa.Table.from_arrays(arrays, schema=schema))


def _array(column: Column, kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind) and column.dtype != object:
        return pa.array(column.astype(np.int32), pa.int32(), mask=column >= NEVER).cast(kind)
    if pa.types.is_date(kind):
        return pa.array(column, pa.int32()).cast(kind)
    return pa.array(column, kind, from_pandas=True)
