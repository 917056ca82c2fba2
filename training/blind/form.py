"""The form: what a specialist filled in, checked; every fault is told with its line."""

import csv
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from features.errors import KizukiError
from models.bands import BAND_NAMES, HIGHEST_SCORE, band_code
from training.blind.folder import HEADING, Judgement

MOST_TOLD = 5  # faults told at once
_BANDS = {
    word: name.code for name in BAND_NAMES for word in (name.code, name.words.ja, name.words.en)
}
_ALLOWED = f"1 to {HIGHEST_SCORE}, or one of {', '.join(_BANDS)}"


class _Fault(Exception):
    """What is wrong with one line."""


def read_form(path: Path, cases: Collection[int]) -> list[Judgement]:
    """The judgements of a filled-in form; rows that nobody judged are left out.

    Raises KizukiError with the lines and reasons of what cannot be taken.
    """
    judged: dict[int, Judgement] = {}
    faults = []
    for line, row in _rows(path):
        try:
            judgement = _judgement(row, cases)
            if judgement and judgement.case in judged:
                raise _Fault("its case was judged in an earlier line already")
        except _Fault as fault:
            faults.append(f"line {line}: {fault}")
        else:
            judged |= {judgement.case: judgement} if judgement else {}
    if faults:
        more = f"; and {len(faults) - MOST_TOLD} more" if len(faults) > MOST_TOLD else ""
        raise KizukiError(f"{path}: {'; '.join(faults[:MOST_TOLD])}{more}")
    if not judged:
        raise KizukiError(f"{path}: no case is judged in it")
    return list(judged.values())


def _rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows below the heading, each with the line that it ends on."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as problem:
        raise KizukiError(f"{path}: cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise KizukiError(f"{path}: is not UTF-8; save it again as CSV UTF-8") from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        heading = tuple(next(reader, []))
        if heading != HEADING:
            raise KizukiError(f"{path}: line 1 must be {','.join(HEADING)}")
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error:
        raise KizukiError(f"{path}: line {reader.line_num}: is not a row of a CSV file") from None


def _judgement(row: Sequence[str], cases: Collection[int]) -> Judgement | None:
    """One row; None where it was not judged."""
    if len(row) != len(HEADING):
        raise _Fault(f"has {len(row)} fields and must have {len(HEADING)}")
    number, judged, reasons = row
    if not number.isdecimal() or int(number) not in cases:
        raise _Fault("names no case of this comparison")
    if not judged:
        if reasons:
            raise _Fault("gives reasons and no judgement")
        return None
    if judged in _BANDS:
        return Judgement(int(number), _BANDS[judged], None, reasons)
    if not judged.isdecimal() or not 1 <= int(judged) <= HIGHEST_SCORE:
        raise _Fault(f"its judgement must be {_ALLOWED}")
    return Judgement(int(number), band_code(int(judged)), int(judged), reasons)
