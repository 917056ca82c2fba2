"""What must ring, rings within one watch; what is chance does not."""

import numpy as np
import pandas as pd
import pytest

from serving.watch.alarms import Alarm, drift_alarms
from serving.watch.column import State
from serving.watch.drift import PROBABILITY, Drift, find_drift
from serving.watch.thresholds import FALSE_ALARMS
from tests.watch.small_desk import draw_rows

NAMES = [f"column_{place}" for place in range(120)]
DAYS = [NAMES[place] for place in (2, 8, 14)]  # lognormal columns
FLAG, COUNT, OFTEN_MISSING, RARE = NAMES[0], NAMES[1], NAMES[3], NAMES[5]
ROWS_OF_REFERENCE = 2500
SEEDS = range(5)
A_MONTH = 1000  # children


def windows(seed: int, count: int = A_MONTH) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A reference, and a window served from the same world."""
    chance = np.random.default_rng(seed)
    return draw_rows(NAMES, ROWS_OF_REFERENCE, chance), draw_rows(NAMES, count, chance)


def rung(reference: pd.DataFrame, served: pd.DataFrame, children: int | None = None) -> list[Alarm]:
    return drift_alarms(compared(reference, served, len(served) if children is None else children))


def compared(reference: pd.DataFrame, served: pd.DataFrame, children: int) -> Drift:
    """The drift where every row of the reference is of a household of its own."""
    return find_drift(reference, served, np.arange(len(reference)), children)


def codes(alarms: list[Alarm]) -> dict[str, tuple[str, ...]]:
    return {alarm.code: alarm.about for alarm in alarms}


@pytest.mark.parametrize("seed", SEEDS)
def test_three_columns_that_drift_by_a_psi_of_a_quarter_ring(seed: int) -> None:
    reference, served = windows(seed)
    half_a_spread = 0.5 * 1.2 * np.sqrt(1.25)  # of the logarithm; see draw_rows
    served[DAYS] *= np.exp(half_a_spread)
    about = codes(rung(reference, served))["column_shifted"]
    assert set(about) <= set(DAYS)
    assert len(about) >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_an_outcome_that_became_twice_as_frequent_rings_before_any_outcome_is_known(
    seed: int,
) -> None:
    """Label shift: those with the outcome look as before, but there are more of them."""
    chance = np.random.default_rng(seed)
    reference, world = windows(seed, count=20_000)
    harmed = chance.random(len(world)) < world[PROBABILITY]
    share = 2 * harmed.mean()
    weights = np.where(harmed, share / harmed.sum(), (1 - share) / (~harmed).sum())
    served = world.sample(A_MONTH, weights=weights, random_state=seed)
    alarms = rung(reference, served)
    level = next(alarm for alarm in alarms if alarm.code == "score_level")
    assert level.measured > 0.1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("column", [FLAG, DAYS[0], OFTEN_MISSING, PROBABILITY])
def test_a_column_that_went_missing_rings(seed: int, column: str) -> None:
    reference, served = windows(seed)
    served[column] = np.nan
    assert codes(rung(reference, served))["column_missing"] == (column,)


def test_a_column_that_is_missing_for_one_child_in_eight_rings() -> None:
    reference, served = windows(1)
    served.loc[: A_MONTH // 8, FLAG] = np.nan
    assert codes(rung(reference, served)) == {"column_missing": (FLAG,)}


def test_a_column_that_is_missing_for_one_child_in_thirty_does_not() -> None:
    reference, served = windows(1)
    served.loc[: A_MONTH // 30, FLAG] = np.nan
    assert rung(reference, served) == []


@pytest.mark.parametrize("column", [FLAG, COUNT, DAYS[0], PROBABILITY])
def test_a_frozen_feed_rings(column: str) -> None:
    reference, served = windows(2)
    served[column] = served[column].iloc[0]
    assert codes(rung(reference, served))["column_frozen"] == (column,)


def test_a_case_file_sent_again_and_again_rings() -> None:
    reference, served = windows(2)
    again = served.iloc[[0] * A_MONTH].reset_index(drop=True)
    assert len(codes(rung(reference, again))["column_frozen"]) > len(NAMES) / 2


def test_a_rare_flag_that_nobody_has_this_time_is_not_frozen() -> None:
    reference, served = windows(2, count=300)
    served[RARE] = 0.0
    assert "column_frozen" not in codes(rung(reference, served))


def test_many_small_shifts_at_once_ring() -> None:
    reference, served = windows(3, count=2000)
    moved = [name for place, name in enumerate(NAMES) if place % 6 == 2]
    served[moved] *= np.exp(0.37 * 1.2 * np.sqrt(1.25))  # a PSI of about 0.13
    assert set(codes(rung(reference, served))) == {"many_columns_moved"}


def test_scores_that_are_spread_otherwise_ring() -> None:
    reference, served = windows(3)
    served[PROBABILITY] = (served[PROBABILITY] - 0.25) * 0.5 + 0.25
    assert "score_shifted" in codes(rung(reference, served))


def test_too_few_children_are_insufficient_evidence_and_never_a_quiet_pass() -> None:
    for count in (1, 20, 60):
        assert set(codes(rung(*windows(4, count)))) == {"too_few_children"}
    assert rung(*windows(4, 400)) == []
    states = {column.state for column in compared(*windows(4, 20), 20).columns}
    assert states <= {State.UNCLEAR, State.STEADY}
    assert len(compared(*windows(4, 20), 20).unclear) > len(NAMES) / 2


def test_a_column_in_which_a_shift_could_hide_is_not_called_steady() -> None:
    """A PSI of 0.2 in ten bins is told from chance with some 250 children, and not with 150."""
    for count, state in ((150, State.UNCLEAR), (400, State.STEADY)):
        (days,) = (c for c in compared(*windows(4, count), count).columns if c.name == DAYS[0])
        assert days.state is state


def test_of_a_hundred_windows_of_an_unchanged_world_at_most_one_rings() -> None:
    sizes = (300, 400, 1000, 2500)
    alarms = [rung(*windows(100 + seed, sizes[seed % 4])) for seed in range(100)]
    assert sum(map(bool, alarms)) <= 100 * FALSE_ALARMS, [a for some in alarms for a in some]


def test_rows_of_one_child_are_not_counted_as_so_many_children() -> None:
    for seed in range(10):
        reference, served = windows(300 + seed, 300)
        again = pd.concat([served] * 8)
        assert rung(reference, again, children=300) == []
    reference, served = windows(320, 100)
    again = pd.concat([served] * 20)
    assert "many_columns_moved" in codes(rung(reference, again))
    assert set(codes(rung(reference, again, children=100))) <= {"too_few_children"}


def test_rows_of_one_household_are_not_counted_as_so_many_households() -> None:
    """Siblings share what is known of their home: four rows of a household, in all columns."""
    rung_by = {"strangers": 0, "households": 0}
    for seed in range(10):
        chance = np.random.default_rng(400 + seed)
        households = np.repeat(np.arange(500), 4)
        reference = draw_rows(NAMES, 500, chance).iloc[households].reset_index(drop=True)
        served = draw_rows(NAMES, 150, chance).iloc[np.repeat(np.arange(150), 4)]
        for name, of in (("strangers", np.arange(2000)), ("households", households)):
            alarms = codes(drift_alarms(find_drift(reference, served, of, 600)))
            rung_by[name] += bool(set(alarms) - {"too_few_children"})
    assert rung_by["strangers"] > 5
    assert rung_by["households"] == 0


def test_a_column_that_the_reference_never_knew_rings_when_it_appears() -> None:
    reference, served = windows(5)
    reference[FLAG] = np.nan
    assert FLAG in codes(rung(reference, served))["column_shifted"]
    served[FLAG] = np.nan
    assert rung(reference, served) == []
