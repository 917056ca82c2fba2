"""Scoring: what a model tells of a row, or why it cannot tell."""

from collections.abc import Mapping

from features.engines.one_child import Answer
from features.histories import History
from models.bundle import Bundle
from models.cannot_tell import CannotTell, after_scoring, before_scoring
from models.score import Score, score_row


def tell(
    bundle: Bundle, history: History, cutoff: int, row: Mapping[str, Answer]
) -> tuple[Score | None, list[CannotTell]]:
    """The score of a row, or None and why there is none to tell."""
    untold = before_scoring(bundle, history, cutoff, row)
    score = None if untold else score_row(bundle, row)
    untold = untold if score is None else after_scoring(bundle.spec, score)
    return (None if untold else score), untold
