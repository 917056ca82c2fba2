"""A model, said once: who is scored, what is predicted, from which features, and what must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import ClassVar, Protocol

from features.language.feature import Column, Feature
from features.language.rows import Table
from features.language.text import Text
from features.language.values import LeakError, Value
from features.language.windows import Horizon, Lookback

OF_CATEGORIES = {"categorical_feature", "cat_feature", "categorical_column", "cat_column",
                 "categorical_features"}  # fmt: skip


@dataclass(frozen=True)
class Cohort:
    """Who is scored: a child on each day that the office learns of a row of `each`.

    `ages` are completed years, both ends included. In the first `run_in` days of the records nobody
    is learnt from: everybody looks new to the office then, whatever came before.
    """

    each: Table
    ages: tuple[int, int]
    run_in: int = 0

    def __str__(self) -> str:
        youngest, oldest = self.ages
        return f"each of {self.each}, {youngest} to {oldest} years, run-in {self.run_in} days"


@dataclass(frozen=True)
class Roster:
    """Who is scored: everybody of whom `present` is 1, on each of some fixed days (ISO text).

    For histories without an intake decision, where all are looked at on the same day.
    """

    days: tuple[str, ...]
    present: Value
    run_in: ClassVar[int] = 0  # its days are chosen with that in mind

    def __str__(self) -> str:
        return f"{self.present} on {', '.join(self.days)}"

    def __post_init__(self) -> None:
        if not isinstance(self.present.span, Lookback):
            raise LeakError(f"a roster cannot look ahead: {self.present}")


@dataclass(frozen=True)
class Label:
    """The outcome within the horizon: 1 or 0, and in words.

    `settles_in` is how many days after the horizon the office needs until it has the outcome on
    record; an example younger than horizon and settling is left out, never called negative.
    """

    value: Value
    about: Text
    settles_in: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.value.span, Horizon) or self.value.unit != "flag":
            raise LeakError(f"a label says whether something follows the cutoff: {self.value}")

    @property
    def horizon(self) -> Horizon:
        """The days in which the outcome is looked for."""
        assert isinstance(self.value.span, Horizon)  # checked when the label was made
        return self.value.span

    @property
    def over_after(self) -> int:
        """Days from the cutoff until the label can be read."""
        return self.horizon.days + self.settles_in


@dataclass(frozen=True)
class Gate:
    """What a measure must reach before the model may be promoted; `by` asks it of a group gap."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ValueError(f"the gate on {self.measure} asks for nothing")

    def holds(self, measured: float) -> bool:
        """Whether the measured value passes; NaN never does."""
        least = -inf if self.at_least is None else self.at_least
        most = inf if self.at_most is None else self.at_most
        return least <= measured <= most

    def __str__(self) -> str:
        bounds = [
            f">= {self.at_least}" if self.at_least is not None else "",
            f"<= {self.at_most}" if self.at_most is not None else "",
        ]
        asked = f"{self.measure} by {self.by}" if self.by else self.measure
        return f"{asked} {' and '.join(filter(None, bounds))}"


class Named(Protocol):
    """A column by its name, and the feature whose shares it adds to."""

    @property
    def name(self) -> str: ...
    @property
    def feature(self) -> str: ...


class Task(Protocol):
    """What it takes to fit and judge a model, wherever its rows come from."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Sequence[Named]: ...
    @property
    def monotone(self) -> list[int]: ...
    @property
    def settings(self) -> Mapping[str, int | float]: ...
    @property
    def gates(self) -> Sequence[Gate]: ...
    @property
    def ceiling(self) -> float: ...


@dataclass(frozen=True)
class Doubt:
    """The doubt beyond which no score is given: "cannot tell" is an answer.

    `widest_range` is how many of the twenty scores the range may span, `most_unknown` the share of
    the features that may go without an answer, `most_strange` the share of what the trees lean on
    that may lie outside what they have learnt from.
    """

    widest_range: int = 12  # more would span most bands, and tell a person nothing
    most_unknown: float = 0.9
    most_strange: float = 0.25


@dataclass(frozen=True)
class Mitigation:
    """What is done so that groups fare more alike; said here, it is told in card and report.

    Monotone promises are said beside it. `dropped` features are not read. What trees learn from is
    weighed so that the outcome is as frequent in each group of the audited fields in
    `reweighed_by`; the model reads no group for it.
    """

    dropped: tuple[Feature, ...] = ()
    reweighed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelSpec:
    """Everything that is said about a model; nothing about it is said anywhere else.

    `rising` and `falling` are monotone promises: more of such a feature never lowers, or never
    raises, the score. `audited_by` names protected fields of `children`, or `age_band`.

    `ceiling` is the AUROC above which lies a leak, until somebody has looked and shown otherwise.

    Beyond its `doubt` no score is given.

    `embargo` fits the model as an office could have on the first day of the test slice: only on
    labels that were over and known by then. It is the harder test, and costs as many years of
    examples as a label takes to be over; without it, labels are read as known at the end.
    """

    name: str
    title: Text
    cohort: Cohort | Roster
    label: Label
    features: tuple[Feature, ...]
    audited_by: tuple[str, ...]
    gates: tuple[Gate, ...]
    rising: tuple[Feature, ...] = ()
    falling: tuple[Feature, ...] = ()
    settings: Mapping[str, int | float] = field(default_factory=dict)
    embargo: bool = False
    ceiling: float = 0.90  # no peer that was looked into held above it
    doubt: Doubt = Doubt()
    mitigation: Mitigation = Mitigation()

    def __post_init__(self) -> None:
        names = [feature.name for feature in self.features]
        promised = [feature.name for feature in (*self.rising, *self.falling)]
        if len(set(names)) < len(names) or len(set(promised)) < len(promised):
            raise ValueError(f"{self.name}: a feature is named twice")
        if not set(promised) <= set(names):
            raise ValueError(f"{self.name}: promises something of a feature that it does not read")
        if {feature.name for feature in self.mitigation.dropped} & set(names):
            raise ValueError(f"{self.name}: reads a feature that it says it has dropped")
        if not set(self.mitigation.reweighed_by) <= set(self.audited_by):
            raise ValueError(f"{self.name}: is weighed by a field that it is not audited by")
        if taken := sorted(OF_CATEGORIES & set(self.settings)):
            # LightGBM would end the process where such a column has a promise to keep as well.
            raise ValueError(f"{self.name}: {', '.join(taken)}: every column of a row is a number")

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column of the row, in the order in which the model reads them."""
        return tuple(column for feature in self.features for column in feature.columns)

    @property
    def monotone(self) -> list[int]:
        """For each column 1, 0 or -1: the constraint that LightGBM keeps."""
        rising = {feature.name for feature in self.rising}
        falling = {feature.name for feature in self.falling}
        return [(c.feature in rising) - (c.feature in falling) for c in self.columns]
