"""Plots of a judged model, as SVG that is the same bytes every time."""

from pathlib import Path

import lightgbm as lgb
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from models.groups import Answered, Ints
from models.measures import Numbers
from models.spec import Task

TENTHS = 10
TOP_FEATURES = 20
_COLOUR, _GREY = "#1f5a7a", "#9a9a9a"


def draw_plots(spec: Task, booster: lgb.Booster, answered: Answered, folder: Path) -> None:
    """Draw calibration, lift, scores and top features of a model into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {
        "calibration": _calibration(answered),
        "lift": _lift(answered),
        "probabilities": _probabilities(answered),
        "top_features": _top_features(spec, booster),
    }
    with mpl.rc_context({"svg.hashsalt": spec.name}):
        for name, figure in figures.items():
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})


def tenths(answered: Answered) -> list[Ints]:
    """The places of the examples in tenths by probability, the lowest first."""
    return np.array_split(np.argsort(answered.probabilities, kind="stable"), TENTHS)


def lift_of(answered: Answered) -> tuple[Numbers, Numbers]:
    """The shares of children looked at, the highest first, and of the outcomes reached so."""
    order = np.argsort(-answered.probabilities, kind="stable")
    reached = np.cumsum(answered.outcomes[order]) / answered.outcomes.sum()
    return np.arange(1, len(reached) + 1) / len(reached), reached


def _calibration(answered: Answered) -> Figure:
    """Of each tenth of the test slice, the share with the outcome against the mean probability."""
    figure, axes = _axes("calibration", "probability", "share with the outcome")
    parts = tenths(answered)
    expected = [answered.probabilities[tenth].mean() for tenth in parts]
    observed = [answered.outcomes[tenth].mean() for tenth in parts]
    most = 1.05 * max(*expected, *observed)
    axes.plot([0, most], [0, most], color=_GREY, linestyle="--")
    axes.plot(expected, observed, color=_COLOUR, marker="o")
    return figure


def _lift(answered: Answered) -> Figure:
    """The share of all outcomes that is reached by looking at the highest scores first."""
    figure, axes = _axes("lift", "share of children looked at", "share of outcomes reached")
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--")
    axes.plot(*lift_of(answered), color=_COLOUR)
    return figure


def _probabilities(answered: Answered) -> Figure:
    """How the probabilities of those with the outcome and those without are spread."""
    figure, axes = _axes("probabilities", "probability", "share of the children")
    bins = np.linspace(0, answered.probabilities.max(), 31)
    for outcome, colour, label in ((0, _GREY, "without"), (1, _COLOUR, "with the outcome")):
        chosen = answered.probabilities[answered.outcomes == outcome]
        weights = np.full(len(chosen), 1 / len(chosen))
        axes.hist(chosen, bins.tolist(), weights=weights, alpha=0.6, color=colour, label=label)
    axes.legend(frameon=False, loc="upper right")  # to look for the best place can take long
    return figure


def _top_features(spec: Task, booster: lgb.Booster) -> Figure:
    """The features by the gain of their splits, all windows of a feature together."""
    gains: dict[str, float] = {}
    for column, gain in zip(spec.columns, booster.feature_importance("gain"), strict=True):
        gains[column.feature] = gains.get(column.feature, 0.0) + float(gain)
    top = sorted(gains.items(), key=lambda item: item[1])[-TOP_FEATURES:]
    figure, axes = _axes("top features", "share of the gain", "")
    total = sum(gains.values()) or 1.0
    axes.barh([name for name, _ in top], [gain / total for _, gain in top], color=_COLOUR)
    axes.tick_params(axis="y", labelsize=7)
    return figure


def _axes(title: str, across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(6.4, 4.8), layout="constrained")
    axes = figure.add_subplot(title=title, xlabel=across, ylabel=up)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
