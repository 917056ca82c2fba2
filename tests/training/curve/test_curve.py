"""The learning curve: whole households are left out, the same children judged, doubt is told."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser

from features.case_file import CaseFile
from features.errors import KizukiError
from features.language.text import LANGUAGES, Language
from models.groups import Estimate
from models.spec import Gate, ModelSpec
from tests.browser import CONTRAST, opened
from tests.typed import typed
from training.curve import curve as rooms
from training.curve.curve import SHOWN, Curve, Point, learning_curve
from training.curve.page import page_of, picture_of, verdict
from training.record import Training
from training.slices import Slice, Slices
from training.splits import FIT, STOP, TEST


@pytest.fixture(scope="module")
def made(training: Training) -> Curve:
    return learning_curve(training.spec, training.slices)


def test_all_of_the_history_measures_what_training_measured(
    made: Curve, training: Training
) -> None:
    whole = made.points[-1]
    assert whole.share == 1.0
    assert whole.examples == len(training.slices.by_name[FIT].outcomes)
    for name in SHOWN:
        assert whole.measures[name].value == pytest.approx(
            training.judged.measures[name].value, abs=1e-12
        )


def test_the_same_history_gives_the_same_curve(made: Curve, training: Training) -> None:
    assert learning_curve(training.spec, training.slices) == made


def test_each_point_has_about_twice_the_history_of_the_one_before(made: Curve) -> None:
    sizes = [point.examples for point in made.points]
    assert len(sizes) >= 3
    for less, more in pairwise(sizes):
        assert more / less == pytest.approx(2, rel=0.25)


def test_the_gain_is_that_of_the_last_doubling(made: Curve) -> None:
    half, whole = made.points[-2:]
    assert half.share == 0.5
    gained = whole.measures["auroc"].value - half.measures["auroc"].value
    assert made.gain.value == pytest.approx(gained, abs=1e-12)
    assert made.gain.low < made.gain.value < made.gain.high


def test_an_interval_of_a_gain_is_that_of_the_same_children(made: Curve) -> None:
    """Paired: far narrower than if each point had been judged on children of its own."""
    half, whole = (point.measures["auroc"] for point in made.points[-2:])
    apart = (half.high - half.low) + (whole.high - whole.low)
    assert made.gain.high - made.gain.low < 0.6 * apart


def test_parts_share_no_household_and_leave_none_out(training: Training) -> None:
    for name in (FIT, STOP):
        part = training.slices.by_name[name]
        halves = [rooms._thinned(part, begin, begin + 0.5) for begin in (0.0, 0.5)]
        first, second = (set(half.examples.households) for half in halves)
        assert not first & second
        assert first | second == set(part.examples.households)
        assert sum(len(half.outcomes) for half in halves) == len(part.outcomes)


def few(slices: Slices, each: int) -> Slices:
    """The same slices with every so many of the households to learn from, and as many to judge."""

    def thinned(part: Slice) -> Slice:
        kept = np.unique(part.examples.households.astype(str))[::each]
        return part.at(np.isin(part.examples.households.astype(str), kept))

    less = {name: thinned(slices.by_name[name]) for name in (FIT, STOP)}
    return replace(slices, by_name={**slices.by_name, **less})


def test_a_share_too_small_to_fit_on_is_left_out(training: Training) -> None:
    thin = few(training.slices, 5)
    curve = learning_curve(training.spec, thin)
    assert [point.share for point in curve.points][-2:] == [0.5, 1.0]
    assert len(curve.points) < 4
    assert curve.judged == training.slices.by_name[TEST].about


def test_too_little_history_is_told(training: Training) -> None:
    with pytest.raises(KizukiError, match="placement_24m: a half of the history is too little"):
        learning_curve(training.spec, few(training.slices, 40))


def curve_of(gain: Estimate, reaches: bool | None = None) -> Curve:
    measures = {name: Estimate(0.7, 0.6, 0.8) for name in SHOWN}
    points = [Point(0.5, 2, 500, measures), Point(1.0, 1, 1000, measures)]
    return Curve(("2022-01-01", "2022-12-31", 900, 200), points, gain, reaches)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (0.004, 0.03, "more_helps"),
        (0.012, 0.03, "more_helps"),
        (-0.01, 0.009, "enough"),
        (0.001, 0.009, "enough"),  # a gain for certain, and too small for anybody to notice
        (-0.01, 0.03, "cannot_tell"),
        (0.0, 0.01, "cannot_tell"),
        (np.nan, np.nan, "cannot_tell"),
    ],
)
def test_the_verdict_follows_the_interval_and_not_the_point(
    low: float, high: float, says: str
) -> None:
    assert curve_of(Estimate((low + high) / 2, low, high)).verdict == says


@pytest.mark.parametrize(
    ("gates", "reaches"),
    [
        ((Gate("auroc", at_least=0.55),), True),
        ((Gate("auroc", at_least=0.99),), False),
        ((Gate("auroc", at_most=0.99),), None),
        ((Gate("brier", at_most=0.2),), None),
        ((Gate("auroc", at_least=0.55, by="sex"),), None),
    ],
)
def test_the_gate_is_held_against_the_lower_end(
    gates: tuple[Gate, ...], reaches: bool | None, spec: ModelSpec
) -> None:
    point = Point(1.0, 1, 1000, {"auroc": Estimate(0.7, 0.6, 0.8)})
    assert rooms._reaches(replace(spec, gates=gates), point) == reaches


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("high", [0.005, 0.03])
def test_the_page_says_the_verdict_and_opens(
    language: Language, high: float, browser: Browser, spec: ModelSpec, tmp_path: Path
) -> None:
    curve = curve_of(Estimate(0.002, 0.001, high), reaches=False)
    path = tmp_path / "curve.html"
    path.write_text(page_of(curve, spec, language), "utf-8")
    page, asked, complaints = opened(browser, path, 390)
    assert complaints == []
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.images[0].naturalWidth") > 100
    assert page.evaluate(CONTRAST) >= 4.5
    shown = page.locator("body").inner_text()
    assert [said for said in verdict(curve, language) if said not in shown] == []
    page.close()


def test_the_picture_is_the_same_bytes_every_time(made: Curve) -> None:
    assert picture_of(made, "ja") == picture_of(made, "ja")
    assert "AUROC" in picture_of(made, "ja")


def test_the_command_tells_and_writes(
    made: Curve,
    training: Training,
    office: CaseFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office.write(tmp_path / "cases")
    monkeypatch.setattr("training.curve.commands.fill_slices", lambda *_: training.slices)
    words = ["--cases", str(tmp_path / "cases"), "--out", str(tmp_path / "out"), "--lang", "en"]
    code, told, _ = typed(capsys, "learning-curve", "placement_24m", *words)
    assert code == 0
    assert f"{made.points[-1].examples}" in told
    assert [said for said in verdict(made, "en")[:2] if said not in told] == []
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "learning-curve.html",
        "learning-curve.json",
        "learning-curve.svg",
    }
