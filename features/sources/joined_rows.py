"""The rows of one file, each seen together with its row of every joined file."""

from collections.abc import Mapping, Sequence

from features.errors import KizukiError
from features.sources.flat_files import FlatFile
from features.sources.mapping import Join, TableMapping, Target

Column = Sequence[object]


class JoinedRows:
    """What a target can read: the columns of its file and, by `file.column`, of joined files.

    Raises KizukiError where a column is not there, or a joined row would not be the only one.
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
        """The values of a column, one for each row; None where a cell or the joined row is not."""
        file, _, column = name.rpartition(".")
        if file not in self._lines:
            return self._named(name, self.target.file)
        joined = self._named(column, file)
        return [None if line is None else joined[line] for line in self._lines[file]]

    def left_out(self) -> dict[int, str]:
        """Why some rows are not taken, by their index; the first reason holds."""
        reasons = dict(self.own.broken)
        for file, lines in self._lines.items():
            path, broken = self.mapping.files[file].path, self.files[file].broken
            for index, line in enumerate(lines):
                if line is None:
                    reasons.setdefault(index, f"has no row in {path}")
                elif line in broken:
                    reasons.setdefault(index, f"its row in {path} {broken[line]}")
        for skip in self.target.skips:
            for index, value in enumerate(self.column(skip.column)):
                if skip.codes.covers(as_text(value)):
                    reasons.setdefault(index, f"skipped: {skip.because}")
        return reasons

    def _lines_of(self, join: Join) -> list[int | None]:
        """For each row the index of its row in the joined file, None where it has none."""
        index: dict[object, int] = {}
        for line, key in enumerate(self._named(join.key, join.file)):
            if key is not None and index.setdefault(key, line) != line:
                path, where = self.mapping.files[join.file].path, self.files[join.file].places[line]
                raise KizukiError(
                    f"{self.target.place}: joins: {path}: {where}: {join.key} repeats an earlier "
                    f"row's, and a row can be joined to one row only"
                )
        return [index.get(key) for key in self._named(join.column, self.target.file)]

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
