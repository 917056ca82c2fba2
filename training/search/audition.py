"""The audition: every candidate is fitted and judged at every origin, in the same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from models.lock import hash_of, lock_text
from models.measures import auroc
from models.spec import ModelSpec
from training.baselines.ways import Way, baselines
from training.record import data_hash, spec_as_json
from training.rotate import Scorer, unseen_margins
from training.search.candidates import DECLARED, Settings, trees
from training.search.rules import Board
from training.search.trials import SPACE, run_trials
from training.slices import Slices, Taught, fill_origins
from training.splits import TEST


@dataclass(frozen=True)
class Tried:
    """A candidate, its AUROC at each origin, its size, and its settings where it is of trees."""

    name: str
    values: tuple[float, ...]
    size: float
    settings: Settings = field(default_factory=dict)


@dataclass(frozen=True)
class Audition:
    """All that were tried to the end, and how many were given up; `days` are the origins'."""

    days: tuple[int, ...]
    simple: Sequence[Tried]
    trees: Sequence[Tried]
    given_up: int

    @property
    def tried(self) -> list[Tried]:
        """Everybody, the baselines first."""
        return [*self.simple, *self.trees]


def board_of(tried: Sequence[Tried]) -> Board:
    """How these candidates did, as the rules read it."""
    return Board(np.array([one.values for one in tried]), np.array([one.size for one in tried]))


def hold_audition(spec: ModelSpec, case_file: CaseFile, home: Path, trials: int) -> Audition:
    """Judge the baselines, the spec as declared, and as many other settings as `trials` says.

    The trials are kept in `home`: a search that was stopped goes on where it was, as long as case
    file and spec are the same. Raises KizukiError where there are too few years or children.
    """
    if trials < 1:
        raise KizukiError("a search needs one trial or more: --trials N")
    origins = list(fill_origins(spec, BatchTables(case_file), case_file))
    simple = [_try(candidate, origins) for candidate in tqdm(baselines(spec), desc="baselines")]
    declared = replace(_try(trees(DECLARED, spec, spec.settings), origins), settings=spec.settings)

    def judge(settings: Settings, origin: int) -> tuple[float, int]:
        return _judge(trees("", spec, settings), origins[origin])

    name = f"{spec.name}-{_question(spec, case_file)}"
    done = [
        Tried(f"trial {trial.number}", trial.values, trial.size, trial.settings)
        for trial in run_trials(home, name, trials, len(origins), judge)
    ]
    days = tuple(slices.learnt_by for slices in origins)
    return Audition(days, simple, [declared, *done], trials - len(done))


def _try(candidate: Way, origins: Sequence[Slices]) -> Tried:
    judged = [_judge(candidate, slices) for slices in origins]
    values, sizes = zip(*judged, strict=True)
    return Tried(candidate.name, values, sum(sizes) / len(sizes))


def _judge(candidate: Way, slices: Slices) -> tuple[float, int]:
    """The AUROC on the test slice, everybody judged by others' outcomes; and the median size."""
    sizes = []

    def learn(fit: Taught, stop: Taught) -> Scorer:
        sized = candidate.fit(fit, stop)
        sizes.append(sized.size)
        return sized.score

    _, margins = unseen_margins(slices, learn)
    return auroc(slices.by_name[TEST].outcomes, margins), int(np.median(sizes))


def _question(spec: ModelSpec, case_file: CaseFile) -> str:
    """A hash of all that the values of a trial depend on, beside its settings."""
    said: Mapping[str, object] = {**spec_as_json(spec), "settings": None, "gates": None}
    text = f"{said} {lock_text(spec)} {data_hash(case_file)} {SPACE}"
    return hash_of(text)
