"""The rows of one file, each seen together with its row of every joined file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from features.errors import KizukiError
from features.reading import Refused
from features.sources.flat_files import FlatFile
from features.sources.json_cells import value_under
from features.sources.mapping import Join, TableMapping, Target
from features.sources.written_days import read_day

Column = Sequence[object]
UNDER = "/"


class JoinedRows:
    """What a target can read: the columns of its file and, by `file.column`, of joined files.

    `files` holds what was read; an optional file that is missing is not in it. Raises KizukiError
    where a column is not there, or a joined row would not be the only one.
    """

    def __init__(
        self, mapping: TableMapping, target: Target, files: Mapping[str, FlatFile]
    ) -> None:
        self.mapping = mapping
        self.target = target
        self.files = files
        self.own = files[target.file]
        self.read: set[tuple[str, str]] = set()
        self._lines = {join.file: self._lines_of(join) for join in target.joins}

    def column(self, name: str) -> Column:
        """The values of a column, one for each row; None where a cell or the joined row is not.

        A value that cannot be read out of its cell is a Refused.
        """
        name, _, key = name.partition(UNDER)
        file, _, column = name.rpartition(".")
        if file not in self._lines:
            values: Column = self._named(name, self.target.file)
        elif file not in self.files:
            values = [None] * len(self.own.places)
        else:
            joined = self._named(column, file)
            values = [None if line is None else joined[line] for line in self._lines[file]]
        return [_under(value, key) for value in values] if key else values

    def left_out(self) -> dict[int, str]:
        """Why some rows cannot be taken, by their index; the first reason holds."""
        reasons = dict(self.own.broken)
        for join in self.target.joins:
            for index, reason in self._without(join):
                reasons.setdefault(index, reason)
        for index, reason in self._unreadable():
            reasons.setdefault(index, reason)
        return reasons

    def skipped(self) -> dict[int, str]:
        """Why some rows are not for this table, by their index; the first reason holds."""
        reasons: dict[int, str] = {}
        for skip in self.target.skips:
            columns = [self.column(name) for name in skip.columns]
            for index, values in enumerate(zip(*columns, strict=True)):
                if skip.codes.covers("-".join(map(as_text, values))) is not skip.unless:
                    reasons.setdefault(index, skip.because)
        return reasons

    def _unreadable(self) -> Iterator[tuple[int, str]]:
        """The rows of which it cannot be said whether they are to be skipped."""
        for name in {name: None for skip in self.target.skips for name in skip.columns}:
            for index, value in enumerate(self.column(name)):
                if isinstance(value, Refused):
                    yield index, f"{name}: {value}"

    def _without(self, join: Join) -> Iterator[tuple[int, str]]:
        """The rows whose joined row is not there, or broken, and what to say of them."""
        path = self.mapping.files[join.file].path
        broken = self.files[join.file].broken if join.file in self.files else {}
        for index, line in enumerate(self._lines[join.file]):
            if line is None:
                if not join.optional:
                    yield index, f"has no row in {path}"
            elif line in broken:
                yield index, f"its row in {path} {broken[line]}"

    def _lines_of(self, join: Join) -> list[int | None]:
        """For each row the index of its row in the joined file, None where it has none."""
        if join.file not in self.files:
            return [None] * len(self.own.places)
        keys = self._named(join.key, join.file)
        order = self._ordered(join, len(keys))
        index: dict[object, int] = {}
        for line in order:
            key = keys[line]
            if key is None or index.setdefault(key, line) == line:
                continue
            if not join.first and not join.last:
                path, where = self.mapping.files[join.file].path, self.files[join.file].places[line]
                raise KizukiError(
                    f"{self.target.place}: joins: {path}: {where}: {join.key} repeats an earlier "
                    f"row's, and a row can be joined to one row only"
                )
        return [index.get(key) for key in self._named(join.column, self.target.file)]

    def _ordered(self, join: Join, length: int) -> Sequence[int]:
        """The lines of a joined file, the one to choose before the others."""
        if not join.first and not join.last:
            return range(length)
        formats = self.mapping.files[join.file].dates
        column = self._named(join.first or join.last, join.file)
        days = [_day_or_none(value, formats) for value in column]
        told = [line for line in range(length) if days[line] is not None]
        told.sort(key=lambda line: days[line] or date.min, reverse=bool(join.last))
        return [*told, *(line for line in range(length) if days[line] is None)]

    def _named(self, column: str, file: str) -> Column:
        self.read.add((file, column))
        columns = self.files[file].columns
        if column not in columns:
            raise KizukiError(
                f"{self.target.place}: {self.mapping.files[file].path} has no column {column}; "
                f"it has: {', '.join(columns)}"
            )
        return columns[column]


def as_text(value: object) -> str:
    """A value as CSV writes it; "" where it is blank."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _under(value: object, key: str) -> object:
    try:
        return value_under(value, key)
    except Refused as refused:
        return refused


def _day_or_none(value: object, formats: Sequence[str]) -> date | None:
    try:
        return None if value is None else read_day(value, formats)
    except Refused:
        return None
