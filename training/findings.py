"""What a look at a model found, put on record as a run that makes no version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from features.case_file import CaseFile
from models.lock import lock_hash
from models.spec import ModelSpec
from training.record import data_hash
from training.registry import Record, Registry

REPORT = "report.txt"


@dataclass(frozen=True)
class Found:
    """A look at a model: which one it was, its report in words, and the numbers of it by name."""

    kind: str
    report: str
    measures: Mapping[str, float]
    settings: Mapping[str, object] = field(default_factory=dict)


def keep_findings(
    found: Found, spec: ModelSpec, case_file: CaseFile, registry: Registry, at: datetime
) -> str:
    """Put the findings on record with the hashes of questions and data; the run's id."""
    with TemporaryDirectory() as folder:
        (Path(folder) / REPORT).write_text(found.report + "\n", "utf-8")
        tags = {"kind": found.kind, "lock": lock_hash(spec), "data": data_hash(case_file)}
        record = Record(spec.name, Path(folder), found.settings, found.measures, tags, ())
        return registry.note(record, at)
