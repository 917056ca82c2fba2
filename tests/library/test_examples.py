"""Each feature's example is its test: the small table in, the answers out."""

import pytest

from features.engines.one_child import answer
from features.histories import history_of
from features.language.feature import Feature
from features.library import FEATURES
from tests.small_world import CHILD, read_world


@pytest.mark.parametrize("feature", FEATURES.values(), ids=FEATURES)
def test_example_gives_what_it_says(feature: Feature) -> None:
    world = read_world(feature.example)
    history = history_of(CHILD, world.case_file, world.coverage)
    given = {
        column.window.code if len(feature.columns) > 1 else "": answer(
            column.value, history, world.cutoff
        ).number
        for column in feature.columns
    }
    assert given == world.gives
