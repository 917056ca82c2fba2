"""The log of merges: who said what of which pair, when and why; lines are added, never changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from features.errors import KizukiError
from features.linking.decisions import MERGE

LOG = "merges.jsonl"
OURSELVES = "kizuki"
MERGES, NO_LONGER = "merges", "no longer merges"  # what we say of pairs that nobody was asked about
YES, NO, UNDO = "yes", "no", "undo"  # what a person says


@dataclass(frozen=True)
class Line:
    """One line of the log: `at` is a moment as ISO text, `pair` the identifier of a pair."""

    at: str
    by: str
    pair: str
    says: str
    why: str


def read_log(folder: Path) -> list[Line]:
    """The lines of a folder's log, in order; none where there is no log yet."""
    path = folder / LOG
    if not path.is_file():
        return []
    try:
        return [Line(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    except (TypeError, ValueError) as problem:
        raise KizukiError(f"{path} is broken: put back the copy that was kept of it") from problem


def add_lines(folder: Path, lines: Iterable[Line]) -> None:
    """Put lines at the end of the log."""
    with (folder / LOG).open("a", encoding="utf-8") as log:
        log.writelines(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)


def said_by_persons(lines: Sequence[Line]) -> dict[str, bool]:
    """For each pair of which a person said something, whether they last said it is one person."""
    return {line.pair: line.says == YES for line in lines if line.says in (YES, NO, UNDO)}


def changes(lines: Sequence[Line], pairs: pd.DataFrame, at: str) -> list[Line]:
    """What we have to add of our own: pairs that now merge unasked, and those that do no longer.

    `pairs` has the columns `pair`, `probability`, `decision` and `reason`.
    """
    last = {line.pair: line.says for line in lines if line.by == OURSELVES}
    unasked = pairs["decision"].eq(MERGE) & pairs["reason"].eq("likely")
    added = [
        Line(at, OURSELVES, pair, MERGES, f"probability {probability:.6f}")
        for pair, probability in zip(
            pairs.loc[unasked, "pair"], pairs.loc[unasked, "probability"], strict=True
        )
        if last.get(pair) != MERGES
    ]
    reasons: Mapping[str, str] = dict(zip(pairs["pair"], pairs["reason"], strict=True))
    still = set(pairs.loc[unasked, "pair"])
    ended = [pair for pair, says in last.items() if says == MERGES and pair not in still]
    return added + [
        Line(at, OURSELVES, pair, NO_LONGER, reasons.get(pair, "not found again")) for pair in ended
    ]
