"""The one door to Optuna: settings are tried one after another, and kept in a SQLite file.

Each trial draws from a seed of its own, so that a search that was stopped and goes on tries the
very settings that it would have tried in one go.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import optuna
from optuna.distributions import BaseDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState
from tqdm import tqdm

from training.search.candidates import Settings

SEED = 20242  # any fixed number
FULL_TRIALS = 5  # that are run to the end before any is given up
STORE = "search.db"
SPACE: dict[str, BaseDistribution] = {
    "num_leaves": IntDistribution(2, 31, log=True),
    "learning_rate": FloatDistribution(0.02, 0.15, log=True),
    "min_data_in_leaf": IntDistribution(20, 400, log=True),
    "feature_fraction": FloatDistribution(0.1, 1.0),
    "lambda_l2": FloatDistribution(0.1, 100.0, log=True),
}

_FINISHED = (TrialState.COMPLETE, TrialState.PRUNED)
_VALUES, _SIZE = "values", "size"

optuna.logging.set_verbosity(logging.WARNING)
optuna.logging.disable_default_handler()

# Settings and origin to the value there and the size of what was fitted.
Judge = Callable[[Settings, int], tuple[float, int]]


@dataclass(frozen=True)
class Trial:
    """Settings that were tried to the end: their values at all origins, and their mean size."""

    number: int
    settings: Settings
    values: tuple[float, ...]
    size: float


def run_trials(home: Path, name: str, count: int, origins: int, judge: Judge) -> list[Trial]:
    """Try settings until `count` were tried, those of an earlier run of that name included.

    What is searched for is the best mean over all origins but the last, which no choice of settings
    sees. Settings that do worse than the median at some origin are given up there.
    """
    study = _study(home, name)
    done = len(study.get_trials(deepcopy=False, states=_FINISHED))
    for number in tqdm(range(done, count), desc="trials", unit="trial", initial=done, total=count):
        study.sampler = optuna.samplers.TPESampler(seed=SEED + number)
        _try(study, study.ask(SPACE), origins, judge)
    complete = study.get_trials(states=(TrialState.COMPLETE,))
    return [
        Trial(number, _settings(t.params), tuple(t.user_attrs[_VALUES]), t.user_attrs[_SIZE])
        for number, t in enumerate(complete)
    ]


def _study(home: Path, name: str) -> optuna.Study:
    home.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        storage=f"sqlite:///{(home / STORE).resolve()}",
        study_name=name,
        direction="maximize",
        load_if_exists=True,
        pruner=optuna.pruners.MedianPruner(n_startup_trials=FULL_TRIALS),
    )
    for stopped in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        study.tell(stopped.number, state=TrialState.FAIL)
    return study


def _try(study: optuna.Study, trial: optuna.Trial, origins: int, judge: Judge) -> None:
    values, sizes = [], []
    for origin in range(origins):
        value, size = judge(_settings(trial.params), origin)
        values.append(value)
        sizes.append(size)
        if origin < origins - 1:
            trial.report(sum(values) / len(values), origin)
            if trial.should_prune():
                study.tell(trial, state=TrialState.PRUNED)
                return
    trial.set_user_attr(_VALUES, values)
    trial.set_user_attr(_SIZE, sum(sizes) / len(sizes))
    study.tell(trial, sum(values[:-1]) / (origins - 1))


def _settings(params: Settings) -> Settings:
    """The settings as somebody would write them into a spec: three digits are enough."""
    return {
        name: float(f"{value:.3g}") if isinstance(value, float) else value
        for name, value in params.items()
    }
