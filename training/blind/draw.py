"""Draw the cases: histories that the model has not learnt from, alike many of each band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.engines.one_child import answer_row
from features.errors import KizukiError
from features.histories import History, history_of
from features.reading import calendar_day, day_number
from models.bands import BAND_NAMES, band_code, score_of
from models.bundle import Bundle
from models.groups import Ints
from models.scoring import tell
from models.shapley import explain
from training.examples import Examples, draw_examples, read_rows


@dataclass(frozen=True)
class Drawn:
    """One case: the history to judge, as known on the cutoff, and the score to keep from view."""

    child: str
    cutoff: date
    history: History
    score: int

    @property
    def band(self) -> str:
        """The code of the band that the score lies in."""
        return band_code(self.score)


def draw_cases(bundle: Bundle, case_file: CaseFile, count: int, seed: int) -> list[Drawn]:
    """So many cases, in an order that tells nothing; the same seed draws the same.

    They are of children whose outcome was not over when the case file was drawn: no model that was
    trained on it, or on an earlier one, has learnt from them. No household is drawn twice. From
    each band as many are drawn as from every other, while it has any. Raises KizukiError where
    there are too few.
    """
    chance = np.random.default_rng(seed)
    examples, scores = _unseen(bundle, case_file)
    order = chance.permutation(len(examples))
    codes = np.array([band_code(score) for score in scores.tolist()])
    seen: set[str] = set()
    bands = [
        _told(bundle, case_file, examples.at(order[codes[order] == name.code]), seen)
        for name in BAND_NAMES
    ]
    drawn = list(_in_turn(bands, count))
    if len(drawn) < count:
        raise KizukiError(
            f"the case file has {len(drawn)} cases of different households that the model has not "
            f"learnt from and can score: ask for no more, with --count {len(drawn)}"
        )
    return [drawn[place] for place in chance.permutation(count)]


def _unseen(bundle: Bundle, case_file: CaseFile) -> tuple[Examples, Ints]:
    """The examples whose outcome is not over, and their scores."""
    spec, tables = bundle.spec, BatchTables(case_file)
    examples = draw_examples(spec, tables)
    not_over = examples.cutoffs + spec.label.over_after > day_number(case_file.as_of)
    examples = examples.at(np.flatnonzero(not_over))
    margins = explain(bundle.paths, read_rows(spec, tables, examples)).margins.tolist()
    scores = [score_of(margin, bundle.fitted.thresholds) for margin in margins]
    return examples, np.array(scores, dtype=np.int64)


def _told(
    bundle: Bundle, case_file: CaseFile, examples: Examples, seen: set[str]
) -> Iterator[Drawn]:
    """Those of the examples that a score can be told of, each of a household not seen before."""
    for child, cutoff, household in zip(
        examples.children, examples.cutoffs.tolist(), examples.households, strict=True
    ):
        if household in seen:
            continue
        history = history_of(child, case_file.around(child), case_file.coverage)
        score, _ = tell(bundle, history, cutoff, answer_row(bundle.spec.columns, history, cutoff))
        if score is not None:
            seen.add(household)
            yield Drawn(child, calendar_day(cutoff), history, score.score)


def _in_turn(bands: Sequence[Iterator[Drawn]], count: int) -> Iterator[Drawn]:
    """One of each band in turn, leaving out those that are used up, until there are enough."""
    left = list(bands)
    while left and count:
        for band in list(left):
            case = next(band, None)
            if case is None:
                left.remove(band)
            elif count:
                count -= 1
                yield case
