"""Compiles whatever is compiled, so that it lies on disk: `python -m tests.kept_code`.

A process of its own does it, once, before the tests: else each of their workers would, and coverage
would look on.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from features.engines.batch_tables import BatchTables
from features.engines.checked_row import get_ready
from models.shapley import explain, interactions
from models.specs import spec_of
from tests.small_model import small_bundle
from tests.training.small_office import small_office
from training.examples import draw_examples, read_rows


def main() -> None:
    spec, tables = spec_of("placement_24m"), BatchTables(small_office(families=20, seed=1))
    rows = read_rows(spec, tables, draw_examples(spec, tables))
    get_ready(spec.columns)
    with TemporaryDirectory() as folder:
        paths = small_bundle(Path(folder) / "bundle", spec).paths
    explain(paths, np.asarray(rows))
    interactions(paths, np.asarray(rows[0]))


if __name__ == "__main__":
    main()
