"""Rescoring: the rows of many children in, the score and the reasons of each out, file to file.

Rows say nothing of who may be asked about: that is for who chooses their children and cutoffs. What
a row alone can tell is the same as at the desk: a strange row, or too wide a range, has no score.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from features.engines.compiled import threads
from features.errors import KizukiError
from features.rows.chosen import marked
from features.rows.durable import write_whole
from features.rows.make import MADE_OF
from models.bundle import Bundle
from models.cannot_tell import STRANGE, after_scoring
from models.score import must_add_up, placed
from models.shapley import explain
from models.spec import ModelSpec
from models.trees.text import Reals

AT_ONCE = 20_000  # rows: bounds the memory
_KEYS = ("child", "cutoff")


def schema_of(spec: ModelSpec) -> pa.Schema:
    """What is written for each row: `cannot_tell` says why score and shares are null.

    The share of each feature is under its name, in log-odds; with `base` they add up to `margin`.
    """
    told = ("probability", "low", "high", "margin", "base", *(f.name for f in spec.features))
    return pa.schema([
        ("child", pa.string()),
        ("cutoff", pa.date32()),
        ("cannot_tell", pa.string()),
        ("score", pa.int8()),
        ("band", pa.string()),
        *((name, pa.float64()) for name in told),
    ])  # fmt: skip


def rescore(bundle: Bundle, rows: Path, out: Path, tell: Callable[[int], object]) -> None:
    """Score the rows of a file, whole or not at all; `tell` hears how many more are done.

    Raises KizukiError where it holds no rows, or those of other questions than the model's.
    """
    schema = schema_of(bundle.spec)
    try:
        with pq.ParquetFile(rows) as file:
            _must_be_of(bundle.spec, rows, file.schema_arrow)

            def write(unfinished: Path) -> None:
                with pq.ParquetWriter(unfinished, schema) as writer:
                    for batch in file.iter_batches(AT_ONCE):
                        writer.write_batch(_told(bundle, batch, schema))
                        tell(len(batch))

            write_whole(out, write)
    except (OSError, pa.ArrowInvalid) as problem:
        raise KizukiError(f"{rows}: cannot be rescored: {problem}") from None


def _must_be_of(spec: ModelSpec, rows: Path, schema: pa.Schema) -> None:
    said = json.loads((schema.metadata or {}).get(MADE_OF, b"{}"))
    names = [*_KEYS, *(column.name for column in spec.columns)]
    if schema.names != names or said.get("columns") != marked(spec.columns):
        raise KizukiError(
            f"{rows}: is not made of the questions of {spec.name}; make it with "
            f"`kizuki rows make --lock models/{spec.name}/features.lock`"
        )


def _told(bundle: Bundle, batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    spec, fitted = bundle.spec, bundle.fitted
    numbers = np.column_stack([batch.column(c.name).to_numpy(False) for c in spec.columns])
    strange = fitted.familiar.strangeness(numbers) > spec.doubt.most_strange
    explained = explain(bundle.paths, numbers, threads=threads())
    must_add_up(explained)
    scores = [placed(fitted, margin, explained.base, {}) for margin in explained.margins.tolist()]
    why = [
        STRANGE if odd else next((told.code for told in after_scoring(spec, one)), None)
        for odd, one in zip(strange.tolist(), scores, strict=True)
    ]
    untold = np.array([code is not None for code in why])
    told: list[pa.Array] = [
        pa.array(why, pa.string()),
        pa.array([one.score for one in scores], pa.int8(), mask=untold),
        pa.array([one.band.code for one in scores], pa.string(), mask=untold),
        *(
            pa.array([getattr(one, name) for one in scores], pa.float64(), mask=untold)
            for name in ("probability", "low", "high")
        ),
        pa.array(explained.margins, mask=untold),
        pa.array(np.full(len(why), explained.base), mask=untold),
        *(pa.array(shares, mask=untold) for shares in _by_feature(spec, explained.shares)),
    ]
    keys = [batch.column(name).cast(schema.field(name).type) for name in _KEYS]
    return pa.RecordBatch.from_arrays([*keys, *told], schema=schema)


def _by_feature(spec: ModelSpec, shares: Reals) -> Iterator[Reals]:
    """The share of each feature in each row: that of all its windows."""
    first = 0
    for feature in spec.features:
        after = first + len(feature.columns)
        yield shares[:, first:after].sum(axis=1)
        first = after
