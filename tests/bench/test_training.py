"""What a training is held against grows the very same trees; and its memory is told."""

import pytest

from tests.bench.training import SPEC, TREES, bare, made, sliced, tell_memory, tell_time
from training.fit import as_served
from training.rotate import rotate


def test_bare_lightgbm_grows_the_trees_that_serve() -> None:
    slices = sliced(*made(1500))
    ours, alone = rotate(SPEC, slices).booster, bare(slices)
    assert ours.num_trees() > 5
    assert as_served(alone).model_to_string() == ours.model_to_string()


def test_both_are_timed_and_told_in_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    tell_time(1500, 2)
    about, _, alone, learnt, judged, asked = capsys.readouterr().out.splitlines()
    assert about == f"1500 examples by {len(SPEC.columns)} columns, one thread, 2 rounds"
    assert alone.split()[-1] == "+0.0%"
    seconds = [float(line.split()[-2]) for line in (learnt, judged)]
    assert 0 < seconds[0] <= seconds[1]
    assert asked == "asked: at most 15 % over"


def test_memory_is_told_of_a_process_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    tell_memory(3000)
    told = capsys.readouterr().out
    assert told.startswith(f"3000 rows by 180 columns, {TREES} trees: peak 0.")
    assert "asked: under 12 GB" in told
