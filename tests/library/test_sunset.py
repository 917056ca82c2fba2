"""A feature with a sunset lets its facts be: the day after, they change no answer any more."""

import pytest

from features.engines.one_child import answer
from features.events import Event
from features.histories import history_of
from features.language.feature import Feature
from features.library import FEATURES
from tests.small_world import CHILD, read_world

FADING = {name: feature for name, feature in FEATURES.items() if feature.sunset is not None}


def answers(feature: Feature, case_file: dict[str, list[Event]], cutoff: int) -> list[float | None]:
    history = history_of(CHILD, case_file)
    return [answer(column.value, history, cutoff).number for column in feature.columns]


@pytest.mark.parametrize("feature", FADING.values(), ids=FADING)
def test_after_its_sunset_no_fact_of_the_example_counts(feature: Feature) -> None:
    assert feature.sunset is not None
    assert feature.sunset.days is not None
    case_file, table = read_world(feature.example).case_file, feature.columns[0].value.table
    nothing = {**case_file, table: []}
    over = max(event.happened for event in case_file[table]) + feature.sunset.days
    for day in (over, over + 1, over + 5_000):
        assert answers(feature, case_file, day) == answers(feature, nothing, day)
    counted = {day: answers(feature, case_file, day) for day in range(over - 1_500, over)}
    assert any(numbers != answers(feature, nothing, day) for day, numbers in counted.items())


def test_some_features_have_one() -> None:
    assert set(FADING) == {"inconclusive_count", "screened_out_count", "unsubstantiated_count"}
