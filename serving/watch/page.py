"""The files of a watch: one page to begin with, Evidently's pages behind it, and the numbers."""

import json
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from features.errors import KizukiError
from models.groups import RATES
from models.measures import words_of_measure
from serving.templates import templates_of
from serving.watch.answers import Answers
from serving.watch.column import ColumnDrift, State
from serving.watch.disclosure import MOST_WITHHELD, STEP, Count, tell
from serving.watch.drift import PROBABILITY
from serving.watch.findings import Findings
from serving.watch.group_rows import INSUFFICIENT, group_tables
from serving.watch.thresholds import FALSE_ALARMS, THRESHOLDS

_ORDER = list(State)
_PAGES = templates_of(Path(__file__).parent)


def write_pages(out: Path, findings: Findings, reference: pd.DataFrame, answers: Answers) -> None:
    """Write index.html, watch.json, groups.json, and Evidently's drift and groups pages.

    Raises KizukiError where the folder cannot be written.
    """
    # Evidently takes ten seconds to import: nobody with a wrong file name should wait for it.
    from serving.watch.evidently_report import write_drift, write_groups  # noqa: PLC0415

    try:
        out.mkdir(parents=True, exist_ok=True)
        _write_json(out / "watch.json", summary(findings, reference, answers))
        tables = group_tables(findings.fairness)
        _write_json(out / "groups.json", [asdict(table) for table in tables])
        page = _PAGES.get_template("index.html").render(
            **_words(findings, reference, answers), tables=tables
        )
        (out / "index.html").write_text(page, "utf-8")
        write_drift(out, reference, answers.rows, findings.drift, answers.last)
        write_groups(out, findings.spec, findings.fairness, answers.last)
    except OSError as problem:
        raise KizukiError(f"{out}: cannot be written: {problem.strerror}") from problem


def summary(findings: Findings, reference: pd.DataFrame, answers: Answers) -> dict[str, Any]:
    """What watch.json says: the alarms first, then what they were found from."""
    drift = findings.drift
    return {
        "model": findings.spec.name,
        "version": answers.version,
        "alarms": [
            {**asdict(alarm), "title": asdict(alarm.kind.words)} for alarm in findings.alarms
        ],
        "unknown": list(findings.unknown),
        **_counts(reference, answers),
        "first": answers.first.isoformat(),
        "last": answers.last.isoformat(),
        "score": {**asdict(drift.score), "level": drift.level, "level_from": drift.level_from},
        "columns": [asdict(column) for column in drift.columns],
        "measures": {name: asdict(e) for name, e in findings.fairness.measures.items()},
    }


def _counts(reference: pd.DataFrame, answers: Answers) -> dict[str, Count | dict[str, Count]]:
    """How many there are in all, told as groups are: with exact totals, a group could follow."""
    return {
        "answers": tell(len(answers.rows)),
        "children": tell(answers.child_count),
        "left_out": {reason: tell(count) for reason, count in answers.left_out.items()},
        "reference_rows": tell(len(reference)),
    }


def _words(findings: Findings, reference: pd.DataFrame, answers: Answers) -> dict[str, Any]:
    columns = sorted(findings.drift.columns, key=_most_urgent)
    calm = {State.STEADY, State.UNCLEAR}
    return {
        "findings": findings,
        "answers": answers,
        "counts": _counts(reference, answers),
        "most_withheld": MOST_WITHHELD,
        "step": STEP,
        "telling": [column for column in columns if column.state not in calm],
        "quiet": [column for column in columns if column.state in calm],
        "thresholds": THRESHOLDS.values(),
        "false_alarms": FALSE_ALARMS,
        "rates": RATES,
        "measures": words_of_measure,
        "insufficient": INSUFFICIENT,
        "probability": PROBABILITY,
    }


def _most_urgent(column: ColumnDrift) -> tuple[int, float]:
    return _ORDER.index(column.state), -column.psi


def _write_json(path: Path, said: object) -> None:
    text = json.dumps(_without_nan(said), indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", "utf-8")


def _without_nan(said: Any) -> Any:
    """The same with None for numbers that JSON has no word for."""
    if isinstance(said, dict):
        return {name: _without_nan(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [_without_nan(value) for value in said]
    return None if isinstance(said, float) and not isfinite(said) else said
