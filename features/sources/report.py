"""What became of every row that an importer read, in one table."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

REPORT = "report.csv"
REFUSED = "refused.csv"
SKIPPED = "skipped: "


@dataclass(frozen=True)
class Line:
    """Rows of one part of a source that met the same fate.

    On every line `read` is `kept` plus `refused`, and so it is in the sums over lines. `noted`
    counts what is worth knowing and is not a row: elements that no table holds, values left
    unknown, assumptions. `first` is the place of the first of them; no line holds a value.
    """

    source: str
    part: str
    table: str
    read: int
    kept: int
    refused: int
    noted: int
    reason: str
    first: str


class Report:
    """Counts rows by part, table and fate, in the order in which each was first met."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._counts: dict[tuple[str, str, str, str], int] = {}
        self._first: dict[tuple[str, str, str, str], str] = {}
        self._refused: list[tuple[str, str, str, str]] = []
        self._skipped: Counter[str] = Counter()

    def kept(self, part: str, table: str, place: str, reason: str = "") -> None:
        """One row that went into the table; the reason says how, where it did not go by itself."""
        self._count(("kept", part, table, reason), place)

    def refused(self, part: str, table: str, reason: str, place: str) -> None:
        """One row that did not."""
        self._count(("refused", part, table, reason), place)
        self._refused.append((part, place, table, reason))

    def skipped(self, part: str, table: str, reason: str, place: str) -> None:
        """One row that was not meant for the table: counted as refused, and no fault of it."""
        self.refused(part, table, SKIPPED + reason, place)
        self._skipped[table] += 1

    def noted(self, part: str, table: str, reason: str, place: str = "", times: int = 1) -> None:
        """Something worth knowing that is not a row."""
        self._count(("noted", part, table, reason), place, times)

    def total(self, fate: str, table: str | None = None) -> int:
        """How many rows were "kept" or "refused", or things "noted", in one table or in all."""
        return sum(
            count
            for (found, _, into, _), count in self._counts.items()
            if found == fate and table in (None, into)
        )

    def faults(self, table: str) -> int:
        """How many rows of a table were refused and not just skipped."""
        return self.total("refused", table) - self._skipped[table]

    def first_fault(self) -> str:
        """The first row that was refused and not just skipped, and why; "" without one."""
        faults = (one for one in self._refused if not one[-1].startswith(SKIPPED))
        part, place, _, reason = next(faults, ("", "", "", ""))
        return f"{part}, {place}: {reason}" if part else ""

    def lines(self) -> Iterator[Line]:
        """The table, line by line."""
        for (fate, part, table, reason), count in self._counts.items():
            kept, refused, noted = (count * (fate == f) for f in ("kept", "refused", "noted"))
            first = self._first[fate, part, table, reason]
            read = kept + refused
            yield Line(self.source, part, table, read, kept, refused, noted, reason, first)

    def write(self, folder: Path) -> Path:
        """Keep the table as a CSV file beside the case file, and each refused row; its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / REPORT
        _write(path, [field.name for field in fields(Line)], map(astuple, self.lines()))
        refused = [(self.source, *row) for row in self._refused]
        _write(folder / REFUSED, ["source", "part", "place", "table", "reason"], refused)
        return path

    def __str__(self) -> str:
        """The table as text, and under it the sums over all lines."""
        names = [field.name for field in fields(Line)][1:]
        rows = [names, *([str(cell) for cell in astuple(line)[1:]] for line in self.lines())]
        widths = [max(len(row[i]) for row in rows) for i in range(len(names))]
        table = "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )
        kept, refused = self.total("kept"), self.total("refused")
        sums = f"{self.source}: {kept + refused} rows read = {kept} kept + {refused} refused"
        return f"{table}\n{sums}; {self.total('noted')} things noted"

    def _count(self, key: tuple[str, str, str, str], place: str, times: int = 1) -> None:
        self._counts[key] = self._counts.get(key, 0) + times
        self._first.setdefault(key, place)


def _write(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
