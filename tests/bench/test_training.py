"""What a training is held against grows the very same trees; and its memory is told."""

import pytest

from tests.bench.training import TREES, bare, fit_path, made, sliced, tell_memory
from training.fit import as_served


def test_bare_lightgbm_grows_the_trees_of_the_fit_path() -> None:
    rows = made(1500)
    ours, alone = fit_path(rows), bare(sliced(*rows))
    assert ours.num_trees() > 5
    assert as_served(alone).model_to_string() == ours.model_to_string()


def test_memory_is_told_of_a_process_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    tell_memory(3000)
    told = capsys.readouterr().out
    assert told.startswith(f"3000 rows by 180 columns, {TREES} trees: peak 0.")
    assert "asked: under 12 GB" in told
