"""A row to a score: the numbers belong together."""

from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.engines.one_child import Answer
from models.bands import BAND_NAMES, band_code, score_of
from models.bundle import Bundle
from models.calibration import Calibrator
from models.score import ContributionError, score_row

numbers = st.none() | st.integers(0, 30).map(float)


@given(data=st.data())
def test_contributions_add_up_to_the_margin(bundle: Bundle, data: st.DataObject) -> None:
    row = {c.name: Answer(data.draw(numbers)) for c in bundle.spec.columns[:12]}
    row = {c.name: row.get(c.name, Answer(None)) for c in bundle.spec.columns}
    score = score_row(bundle, row)
    assert sum(score.contributions.values()) + score.base == pytest.approx(score.margin, abs=1e-9)
    assert score.low <= score.probability <= score.high
    assert 1 <= score.score <= 20
    assert score.band.code == band_code(score.score)


def test_contributions_that_do_not_add_up_never_leave(bundle: Bundle) -> None:
    paths = bundle.paths._replace(base=bundle.paths.base + 1e-6)
    crooked = replace(bundle, paths=paths)
    with pytest.raises(ContributionError):
        score_row(crooked, {c.name: Answer(0.0) for c in bundle.spec.columns})


@pytest.mark.parametrize(
    ("margin", "score"), [(-9.0, 1), (1.0, 2), (1.5, 2), (2.0, 3), (19.0, 20), (99.0, 20)]
)
def test_a_score_counts_the_thresholds_reached(margin: float, score: int) -> None:
    assert score_of(margin, tuple(float(at) for at in range(1, 20))) == score


def test_every_score_has_one_band_in_order() -> None:
    codes = [band_code(score) for score in range(1, 21)]
    assert sorted(codes, key=[name.code for name in BAND_NAMES].index) == codes
    assert set(codes) == {name.code for name in BAND_NAMES}


CALIBRATOR = Calibrator(2.0, -1.0, low_from=(0.0,), low=(0.1, 0.5), high_to=(1.0,), high=(0.3, 0.9))


@pytest.mark.parametrize(
    ("margin", "expected"),
    [
        (-0.1, (0.1, 0.3)),
        (0.0, (CALIBRATOR.probability(0.0), 0.3)),  # the low end steps from its margin on
        (1.0, (0.5, CALIBRATOR.probability(1.0))),  # the high end after its margin
        (1.01, (0.5, 0.9)),
        (3.0, (0.5, CALIBRATOR.probability(3.0))),  # the range always holds the probability
    ],
)
def test_the_range_steps_at_its_margins(margin: float, expected: tuple[float, float]) -> None:
    assert CALIBRATOR.range(margin) == pytest.approx(expected)


def test_probability_is_the_logistic_of_the_line() -> None:
    p = CALIBRATOR.probability(0.8)
    assert log(p / (1 - p)) == pytest.approx(2.0 * 0.8 - 1.0)
