"""The pictures of an audit report: calibration with its range, and lift."""

import numpy as np

from features.teller import Teller
from training.fit import wilson_interval
from training.pictures import COLOURS, GREY, axes, svg_of
from training.plots import lift_of, tenths
from training.record import Training


def calibration(training: Training, tell: Teller) -> str:
    """Of each tenth of the test slice, the share with the outcome against the mean probability."""
    answered, told = training.answered, training.told
    parts = tenths(answered)
    expected = [float(answered.probabilities[tenth].mean()) for tenth in parts]
    counts = [(int(answered.outcomes[tenth].sum()), len(tenth)) for tenth in parts]
    observed = [positives / count for positives, count in counts]
    ends = np.array([wilson_interval(*count) for count in counts])
    low, high = ([float(end[tenth].mean()) for tenth in parts] for end in (told.low, told.high))
    figure, drawn = axes(tell.say("expected"), tell.say("observed"))
    most = 1.02 * max(*expected, *high, float(ends.max()))
    drawn.fill_between(expected, low, high, color=GREY, alpha=0.25, linewidth=0)
    drawn.plot([0, most], [0, most], color=GREY, linestyle="--")
    bars = np.abs(ends.T - observed)
    drawn.errorbar(expected, observed, bars, color=COLOURS[0], marker="o", linestyle="", capsize=3)
    drawn.set_xlim(0, 1.05 * max(expected))
    drawn.set_ylim(0, most)
    return svg_of(figure)


def lift(training: Training, tell: Teller) -> str:
    """The share of all outcomes that is reached by looking at the highest scores first."""
    looked, reached = lift_of(training.answered)
    figure, drawn = axes(tell.say("looked_at"), tell.say("reached"))
    drawn.plot([0, 1], [0, 1], color=GREY, linestyle="--")
    shown = np.unique(np.linspace(0, len(reached) - 1, 200).astype(int))
    drawn.plot(looked[shown], reached[shown], color=COLOURS[0])
    drawn.set_xlim(0, 1)
    drawn.set_ylim(0, 1.02)
    return svg_of(figure)
