"""What is kept of a training: the bundle, its reference, and the files and numbers beside them."""

import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd

from features.case_file import CaseFile
from models.bands import score_of
from models.bundle import MODEL, write_bundle
from models.card import Measured, card
from models.fitted import Fitted
from models.gaps import compare
from models.groups import Answered
from models.held import range_table
from models.lock import lock_hash
from models.spec import ModelSpec
from models.table_spec import TableSpec
from training.baselines.beside import baseline_table
from training.folds import by_fold, fold_table
from training.judge import Judged, gap_table, group_table, untold_words
from training.registry import BUNDLE, GateRecord, Record
from training.rolling import AtOrigin, rolled_table
from training.slices import Slices
from training.splits import TEST
from training.told import Told

LOOKED = "checked_for_leaks"
LIBRARIES = ("lightgbm", "numpy", "pandas", "scikit-learn", "scipy")
SPEC = "spec.json"
REFERENCE = "reference.parquet"  # outside the bundle's checksums: watch reads it, serving does not
FIRST_DAY, LAST_DAY = "first_day", "last_day"  # of the reference, told in its metadata


@dataclass(frozen=True)
class Training:
    """One training: its slices, the trees and what was learnt beside them, and the judgement.

    `rolled` tells how the way of fitting did at days of the past, where that was looked at.
    """

    spec: ModelSpec | TableSpec
    slices: Slices
    booster: lgb.Booster
    fitted: Fitted
    answered: Answered
    told: Told
    judged: Judged
    rolled: Sequence[AtOrigin] = ()

    @property
    def model_spec(self) -> ModelSpec:
        """The spec of a model of our features; a ready-made table has none."""
        assert isinstance(self.spec, ModelSpec)
        return self.spec


def write_files(training: Training, folder: Path) -> None:
    """Write the bundle with its reference, the groups and the spec into a folder.

    A model of a ready-made table is judged and not served: in place of a bundle lies the model.
    """
    spec, told = training.spec, measured(training)
    bundle = folder / BUNDLE
    model = training.booster.model_to_string()
    if isinstance(spec, ModelSpec):
        write_bundle(bundle, spec, model, training.fitted, card(spec, told))
    else:
        bundle.mkdir(parents=True)
        (bundle / MODEL).write_text(model, "utf-8", newline="\n")
    reference(training).to_parquet(bundle / REFERENCE, index=False)
    heading, *rows = told.groups
    pd.DataFrame(rows, columns=list(heading)).to_csv(folder / "groups.csv", index=False)
    said = spec_as_json(spec) if isinstance(spec, ModelSpec) else spec.as_json()
    text = json.dumps(said, indent=1, ensure_ascii=False)
    (folder / SPEC).write_text(text + "\n", "utf-8")


def record_of(training: Training, data: str, folder: Path, looked: str | None) -> Record:
    """The record of a training whose files are in the folder, and what a look for leaks found."""
    spec, judged = training.spec, training.judged
    return Record(
        model=spec.name,
        files=folder,
        settings={**spec.settings, "trees": training.booster.num_trees()},
        measures={
            f"{name}{end}": number
            for name, e in judged.measures.items()
            for end, number in (("", e.value), ("_low", e.low), ("_high", e.high))
        }
        | {f"auroc.{one.name}": one.auroc.value for one in judged.baselines},
        origin={
            "data": data,
            "libraries": libraries(),
            **(_asked(training, spec) if isinstance(spec, ModelSpec) else {}),
            **({} if looked is None else {LOOKED: looked}),
        },
        gates=[GateRecord(str(g.gate), g.told, g.holds) for g in judged.gates],
    )


def _asked(training: Training, spec: ModelSpec) -> dict[str, str]:
    """What was asked of the data, and what the answers were: of a ready-made table, the data."""
    rows = [np.asarray(part.rows).tobytes() for part in training.slices.by_name.values()]
    return {"lock": lock_hash(spec), "rows": hashlib.sha256(b"".join(rows)).hexdigest()}


def reference(training: Training) -> pd.DataFrame:
    """What served answers are compared with: the test slice, without a child's id.

    Its columns are those of the row, `probability`, `score`, `label`, `household`, a whole number
    alike for the rows of one household, and the audited groups; its `attrs` tell its days.
    """
    names = [column.name for column in training.spec.columns]
    answered = training.answered
    said = {
        "probability": answered.probabilities,
        "score": _scores(training),
        "label": answered.outcomes,
        "household": answered.clusters,
        **answered.groups,
    }
    rows = pd.DataFrame(np.asarray(training.slices.by_name[TEST].rows), columns=names)
    frame = pd.concat([rows, pd.DataFrame(said)], axis=1)
    first, last, *_ = training.slices.by_name[TEST].about
    frame.attrs = {FIRST_DAY: first, LAST_DAY: last}
    return frame


def _scores(training: Training) -> pd.Series:
    """The scores of the test slice, missing where none would be told.

    Calibration keeps the order of margins and of their thresholds.
    """
    fitted = training.fitted
    thresholds = tuple(fitted.calibrator.probability(margin) for margin in fitted.thresholds)
    probabilities = training.answered.probabilities.tolist()
    scores = pd.Series([score_of(each, thresholds) for each in probabilities], dtype="Int64")
    return scores.where(training.told.untold == "")


def libraries() -> str:
    """The versions of what the numbers of a training pass through."""
    known = [f"{name} {version(name)}" for name in LIBRARIES]
    return ", ".join([f"python {platform.python_version()}", *known])


def data_hash(case_file: CaseFile) -> str:
    """The SHA-256 of all that a case file says, whatever the files it is kept in."""
    digest = hashlib.sha256(case_file.as_of.isoformat().encode())
    for name in sorted(case_file.tables):
        frame = case_file.tables[name]
        digest.update(f"{name} {list(frame.columns)}".encode())
        digest.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return digest.hexdigest()


def spec_as_json(spec: ModelSpec) -> dict[str, object]:
    """The spec in plain words and numbers."""
    return {
        "name": spec.name,
        "title": asdict(spec.title),
        "cohort": str(spec.cohort),
        "label": str(spec.label.value),
        "settles_in": spec.label.settles_in,
        "features": [feature.name for feature in spec.features],
        "rising": [feature.name for feature in spec.rising],
        "falling": [feature.name for feature in spec.falling],
        "audited_by": list(spec.audited_by),
        "settings": dict(spec.settings),
        "ceiling": spec.ceiling,
        "embargo": spec.embargo,
        "doubt": asdict(spec.doubt),
        "mitigation": {
            "dropped": [feature.name for feature in spec.mitigation.dropped],
            "reweighed_by": list(spec.mitigation.reweighed_by),
        },
        "gates": [str(gate) for gate in spec.gates],
    }


def measured(training: Training) -> Measured:
    """What the card tells of a training."""
    return Measured(
        measures={n: (e.value, e.low, e.high) for n, e in training.judged.measures.items()},
        slices={name: part.about for name, part in training.slices.by_name.items()},
        groups=group_table(training.judged.groups),
        gates={str(result.gate): result.holds for result in training.judged.gates},
        ranges=range_table(training.judged.ranges),
        gaps=gap_table(compare([*training.judged.groups, *training.judged.pairs])),
        baselines=baseline_table(training.judged.baselines),
        folds=fold_table(by_fold(training.answered, training.slices.by_name[TEST].folds)),
        origins=rolled_table(training.rolled) if training.rolled else (),
        untold=untold_words(training.judged.untold, len(training.answered.outcomes)),
    )
