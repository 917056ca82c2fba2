"""The pictures of an audit report: calibration with its range, lift, and who gets which score."""

from collections.abc import Callable

import numpy as np

from features.teller import Teller
from models.measures import wilson_interval
from training.pictures import COLOURS, GREY, axes, svg_of
from training.record import Training

TENTHS, BINS = 10, 30


def calibration(training: Training, tell: Teller) -> str:
    """Of each tenth of the test slice, the share with the outcome against the mean probability."""
    answered, told = training.answered, training.told
    order = np.argsort(answered.probabilities, kind="stable")
    parts = np.array_split(order, TENTHS)
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
    answered = training.answered
    order = np.argsort(-answered.probabilities, kind="stable")
    reached = np.cumsum(answered.outcomes[order]) / answered.outcomes.sum()
    looked = np.arange(1, len(reached) + 1) / len(reached)
    figure, drawn = axes(tell.say("looked_at"), tell.say("reached"))
    drawn.plot([0, 1], [0, 1], color=GREY, linestyle="--")
    shown = np.unique(np.linspace(0, len(reached) - 1, 200).astype(int))
    drawn.plot(looked[shown], reached[shown], color=COLOURS[0])
    drawn.set_xlim(0, 1)
    drawn.set_ylim(0, 1.02)
    return svg_of(figure)


def probabilities(training: Training, tell: Teller) -> str:
    """How the probabilities of those with the outcome and those without are spread."""
    answered = training.answered
    figure, drawn = axes(tell.say("probability"), tell.say("share_of_children"))
    bins = np.linspace(0, answered.probabilities.max(), BINS + 1)
    for outcome, colour, name in ((0, GREY, "without"), (1, COLOURS[0], "positives")):
        chosen = answered.probabilities[answered.outcomes == outcome]
        share = np.histogram(chosen, bins)[0] / len(chosen)
        drawn.stairs(share, bins, fill=True, alpha=0.6, color=colour, label=tell.say(name))
    drawn.legend(frameon=False, loc="upper right")  # to look for the best place can take long
    return svg_of(figure)


PICTURES: dict[str, Callable[[Training, Teller], str]] = {
    "calibration": calibration,
    "lift": lift,
    "probabilities": probabilities,
}
