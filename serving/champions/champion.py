"""A champion: a bundle that answers, and who decided so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from features.engines.checked_row import get_ready
from features.engines.one_child import Answer
from features.errors import KizukiError
from models.bundle import Bundle
from models.score import score_row
from models.specs import NAMES
from serving.problems import FieldProblem, invalid, unavailable


@dataclass(frozen=True)
class Champion:
    """A bundle that answers, or does silently: its version, who decided so, and when."""

    bundle: Bundle
    version: int
    promoted_by: str
    promoted_at: datetime


def chosen(champions: Mapping[str, Champion], model: str) -> Champion:
    """The champion of a model; raises Problem where it has none."""
    if model in champions:
        return champions[model]
    if model in NAMES:
        raise unavailable("model_unavailable")
    there = f"no such model; there are: {', '.join(champions)}"
    raise invalid([FieldProblem("model", there)])


def rehearse(champions: Mapping[str, Champion]) -> None:
    """Score a row of which nothing is known with each champion: it is no answer, and not kept.

    What is compiled or read at first use takes seconds, for which no child is to wait.
    """
    for champion in champions.values():
        columns = champion.bundle.spec.columns
        get_ready(columns)
        score_row(champion.bundle, {column.name: Answer(None) for column in columns})


def no_past(model: str, digest: str, at: datetime) -> Champion:
    """The past of a desk that knows none; raises KizukiError."""
    raise KizukiError(f"no earlier champion of {model} is at hand")
