"""A search: the same when stopped and gone on with, honest about baselines, and on record."""

from pathlib import Path

import numpy as np
import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from models.spec import ModelSpec
from training.baselines.ways import COUNT, LOGISTIC, POINTS
from training.search.audition import Audition, Tried, hold_audition
from training.search.candidates import DECLARED, Settings
from training.search.report import audition_numbers, audition_report, chosen
from training.search.rules import DEFAULT
from training.search.trials import FULL_TRIALS, Trial, run_trials
from training.splits import ORIGINS

NAME = "a model-0"


def bowl(settings: Settings, origin: int) -> tuple[float, int]:
    """A stand-in for a fit: the nearer the learning rate is to 0.05, the better; in no time."""
    off = abs(float(settings["learning_rate"]) - 0.05)
    return 0.8 - off - 0.01 * origin, int(settings["num_leaves"]) * 100


class StoppedError(Exception):
    pass


def test_a_search_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole = run_trials(tmp_path / "one", NAME, 14, ORIGINS, bowl)
    fits = 0

    def stopped(settings: Settings, origin: int) -> tuple[float, int]:
        nonlocal fits
        fits += 1
        if fits == 27:  # in the middle of a trial
            raise StoppedError
        return bowl(settings, origin)

    with pytest.raises(StoppedError):
        run_trials(tmp_path / "two", NAME, 14, ORIGINS, stopped)
    assert run_trials(tmp_path / "two", NAME, 14, ORIGINS, bowl) == whole


def test_asked_again_it_fits_nothing(tmp_path: Path) -> None:
    whole = run_trials(tmp_path, NAME, 6, ORIGINS, bowl)

    def never(settings: Settings, origin: int) -> tuple[float, int]:
        raise AssertionError

    assert run_trials(tmp_path, NAME, 6, ORIGINS, never) == whole
    assert run_trials(tmp_path, "another-0", 1, ORIGINS, bowl)[0].settings == whole[0].settings


def test_bad_settings_are_given_up_before_the_last_origin(tmp_path: Path) -> None:
    fits: list[int] = []

    def counted(settings: Settings, origin: int) -> tuple[float, int]:
        fits.append(origin)
        return bowl(settings, origin)

    kept = run_trials(tmp_path, NAME, 20, ORIGINS, counted)
    assert FULL_TRIALS <= len(kept) < 20
    assert fits.count(ORIGINS - 1) == len(kept)
    assert len(fits) < 20 * ORIGINS


def test_it_finds_what_is_good(tmp_path: Path) -> None:
    def best(trials: list[Trial]) -> float:
        return max(np.mean(trial.values) for trial in trials)

    kept = run_trials(tmp_path, NAME, 25, ORIGINS, bowl)
    assert best(kept) > 0.78  # of 0.785, were the rate 0.05
    assert best(kept) > best(kept[:FULL_TRIALS])


def test_the_last_origin_guides_no_search(tmp_path: Path) -> None:
    def turned(settings: Settings, origin: int) -> tuple[float, int]:
        value, size = bowl(settings, origin)
        return (1 - value if origin == ORIGINS - 1 else value), size

    one = run_trials(tmp_path / "one", NAME, 10, ORIGINS, bowl)
    two = run_trials(tmp_path / "two", NAME, 10, ORIGINS, turned)
    assert [trial.settings for trial in one] == [trial.settings for trial in two]


@pytest.fixture(scope="module")
def audition(
    narrow: ModelSpec, office: CaseFile, tmp_path_factory: pytest.TempPathFactory
) -> Audition:
    return hold_audition(narrow, office, tmp_path_factory.mktemp("search"), 2)


def test_everybody_is_judged_at_every_origin(audition: Audition, narrow: ModelSpec) -> None:
    assert [tried.name for tried in audition.simple] == [COUNT, POINTS, LOGISTIC]
    assert [tried.name for tried in audition.trees] == [DECLARED, "trial 0", "trial 1"]
    assert audition.trees[0].settings == narrow.settings
    for tried in audition.tried:
        assert len(tried.values) == ORIGINS
        assert 0.45 < np.mean(tried.values) < 0.8
    sizes = [tried.size for tried in audition.tried]
    assert sizes[0] == 1
    assert sizes[1] <= 10 < sizes[3]


def test_the_same_case_file_gives_the_same_bits(
    audition: Audition, narrow: ModelSpec, office: CaseFile, tmp_path: Path
) -> None:
    again = hold_audition(narrow, office, tmp_path, 1)
    assert again.tried == audition.tried[:-1]


def test_the_report_tells_rules_choice_baselines_and_settings(
    audition: Audition, narrow: ModelSpec
) -> None:
    told = audition_report(narrow, audition)
    for words in (
        "0 trials were given up early, 2 run to the end",
        "the best on average less its deviation",
        "any at random",
        "by default the choice is the simplest within one standard error: ",
        "the last origin was seen by no search of settings",
        ": logistic regression, by ",
    ):
        assert words in told
    assert "mean_auroc.trial 1" in audition_numbers(audition)


def made(simple: tuple[float, ...]) -> Audition:
    declared = Tried(DECLARED, (0.80, 0.80, 0.81, 0.81), 900, {"num_leaves": 7})
    tried = Tried("trial 0", (0.78, 0.79, 0.78, 0.78), 300, {"num_leaves": 3})
    return Audition((0, 100, 200, 300), [Tried(LOGISTIC, simple, 50)], [declared, tried], 0)


def test_trees_that_beat_the_baseline_are_chosen(narrow: ModelSpec) -> None:
    told = audition_report(narrow, made((0.70, 0.71, 0.70, 0.70)))
    assert f"standard error: {DECLARED}" in told
    assert f"baseline beaten: {LOGISTIC}, by +0.10" in told
    assert "at 4 of 4 origins" in told
    assert f"lost least at the origins is {DEFAULT}, which chooses {DECLARED}" in told
    assert "prefer it" not in told


def test_trees_that_do_not_are_told_to_be_no_better(narrow: ModelSpec) -> None:
    audition = made((0.80, 0.81, 0.81, 0.80))
    told = audition_report(narrow, audition)
    assert chosen(audition.tried).name == LOGISTIC
    assert f"trees do not beat the {LOGISTIC} by more than one standard error: prefer it" in told
    assert f"baseline not beaten: {LOGISTIC}" in told


def test_a_search_of_nothing_is_refused(narrow: ModelSpec, office: CaseFile) -> None:
    with pytest.raises(KizukiError, match="--trials N"):
        hold_audition(narrow, office, Path(), 0)
