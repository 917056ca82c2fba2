"""Our batch engine, behind the same two calls as every peer."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.engines.kept_case_file import KeptCaseFile
from tests.bench.columns import QUESTIONS
from tests.bench.peers.answers import Answers
from tests.bench.world import PAIRS


def load(folder: Path) -> BatchTables:
    """The tables read, and made ready to be asked, as those of every peer are."""
    tables = BatchTables(KeptCaseFile(folder))
    answer(tables, pq.read_table(folder / PAIRS).slice(0, 0))
    return tables


def answer(tables: BatchTables, pairs: pa.Table) -> Answers:
    """Every question answered for a part of the pairs."""
    cutoffs = pairs["cutoff"].cast(pa.int32()).to_numpy().astype(np.int64)
    return answer_all(list(QUESTIONS.values()), tables, pairs["child"], cutoffs)
