"""The list for a person to decide, which holds names: pairs side by side, room for yes or no."""

import csv
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pandas as pd

from features.errors import KizukiError
from features.linking.comparisons import COMPARISONS
from features.linking.decisions import REASONS, REVIEW
from features.linking.records import WRITTEN

LIST = "review.csv"
ANSWERS = {"yes": True, "no": False, "はい": True, "いいえ": False}
Row = Mapping[Any, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def write_list(pairs: pd.DataFrame, persons: pd.DataFrame, path: Path) -> int:
    """Write the pairs that a person must look at, the likeliest first; gives their number.

    `persons` has `agency`, `person` and the columns of WRITTEN, as they were written there.
    """
    asked = pairs[pairs["decision"] == REVIEW]
    asked = asked.sort_values(["probability", "pair"], ascending=[False, True])
    known = {
        (written["agency"], written["person"]): written for written in persons.to_dict("records")
    }
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_heading())
        for row in asked.to_dict("records"):
            sides = [known[row[f"agency_{side}"], row[f"person_{side}"]] for side in "ab"]
            rows.writerow([_harmless(cell) for cell in _cells(row, sides)])
    return len(asked)


def read_answers(path: Path, known: Set[str]) -> dict[str, tuple[bool, str]]:
    """The pairs answered in a list: whether it is one person, and the note beside it.

    `known` are the pairs there are. Raises KizukiError, naming the line, for anything else than
    yes, no or nothing, and for a pair that is not known.
    """
    if not path.is_file():
        raise KizukiError(f"there is no list {path}")
    try:
        return _answers(path, known)
    except UnicodeDecodeError:
        raise KizukiError(f"{path} is not UTF-8 text: save it as CSV UTF-8") from None


def _answers(path: Path, known: Set[str]) -> dict[str, tuple[bool, str]]:
    answers: dict[str, tuple[bool, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        if not {"pair", "same_person", "note"} <= set(lines.fieldnames or ()):
            raise KizukiError(f"{path} must have the columns pair, same_person and note")
        for line in lines:
            here = f"{path}, line {lines.line_num}"
            said = (line["same_person"] or "").strip().casefold()
            if said and said not in ANSWERS:
                raise KizukiError(f"{here}: same_person must be {', '.join(ANSWERS)} or blank")
            if said and line["pair"] not in known:
                raise KizukiError(f"{here}: there is no such pair")
            if said and line["pair"] in answers:
                raise KizukiError(f"{here}: the pair is answered twice")
            if said:
                answers[line["pair"]] = (ANSWERS[said], (line["note"] or "").strip())
    return answers


def _heading() -> list[str]:
    sides = [f"{name}_{side}" for name in ("agency", "person", *WRITTEN) for side in "ab"]
    return ["pair", "same_person", "note", "probability", "why", *sides,
            *(comparison.name for comparison in COMPARISONS)]  # fmt: skip


def _cells(row: Row, sides: Sequence[Row]) -> list[str]:
    told = [str(row[f"{name}_{side}"]) for name in ("agency", "person") for side in "ab"]
    shown = ["" if pd.isna(side[name]) else str(side[name]) for name in WRITTEN for side in sides]
    why = REASONS[str(row["reason"])]
    return [str(row["pair"]), "", "", f"{row['probability']:.4f}", f"{why.ja} / {why.en}",
            *told, *shown, *_levels(row)]  # fmt: skip


def _levels(row: Row) -> list[str]:
    words = []
    for comparison in COMPARISONS:
        told = {level.name: level.words for level in comparison.levels}.get(
            str(row[comparison.name])
        )
        words.append("" if told is None else f"{told.ja} / {told.en}")
    return words


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
