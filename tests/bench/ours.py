"""Our batch engine, behind the same two calls as every peer."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.engines.kept_case_file import KeptCaseFile
from tests.bench.columns import QUESTIONS
from tests.bench.peers.answers import Answers


def load(folder: Path) -> BatchTables:
    """The case file made ready to be asked."""
    return BatchTables(KeptCaseFile(folder))


def answer(tables: BatchTables, pairs: pa.Table) -> Answers:
    """Every question answered for a part of the pairs."""
    cutoffs = pairs["cutoff"].cast(pa.int32()).to_numpy().astype(np.int64)
    return answer_all(list(QUESTIONS.values()), tables, pairs["child"], cutoffs)
