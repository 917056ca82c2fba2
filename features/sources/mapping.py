"""A mapping file: how the tables of a case system become those of the case file, in TOML.

It declares and cannot do anything: columns, constants, code maps, date formats, joins by key and
rows to skip. What each part means is told with the classes below; `chicago.toml` is an example, and
`ssda903.toml`, `ssd.toml` and `ncands.toml` are the importers of these sources.

At the top stand `as_of`, `dates` (for all files), `files`, `tables`, `maps` (code maps by name),
`coverage` (by table; from "year" is the year up to `as_of`), `assumed` and `not_taken`. A table
with `repeat = { n = ["1", "2"] }` stands for one with each text in place of `{n}`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from features.coverage import Covered
from features.language.rows import Table

UNTIL_KNOWN = "until_known"


@dataclass(frozen=True)
class SourceFile:
    """One file: its path in the folder, its text encoding, the formats of its dates (strptime).

    The first format that fits a date is used. A CSV file that is not there may be there gzipped.
    One that is `optional` may be missing: what only it could tell is then unknown. `not_taken` says
    why columns that the importer knows are left aside, under `*` of all others.
    """

    path: str
    encoding: str
    dates: tuple[str, ...]
    optional: bool
    not_taken: Mapping[str, str]


@dataclass(frozen=True)
class CodeMap:
    """What codes become; each `*` in a key stands for any text.

    The exact key wins over one with `*`, a longer one over a shorter, the earlier of two that are
    as long. A code that becomes None is unknown.
    """

    exact: Mapping[str, object]
    patterns: Sequence[tuple[re.Pattern[str], object]]

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "CodeMap":
        """A map as the mapping file writes it."""
        exact = {key: value for key, value in given.items() if "*" not in key}
        starred = sorted((key for key in given if "*" in key), key=lambda key: -len(key))
        patterns = [(re.compile(_pattern(key), re.DOTALL), given[key]) for key in starred]
        return cls(exact, patterns)

    def covers(self, code: str) -> bool:
        """Whether the map holds the code."""
        return code in self.exact or any(pattern.fullmatch(code) for pattern, _ in self.patterns)

    def becomes(self, code: str) -> object:
        """What a code that the map holds becomes."""
        if code in self.exact:
            return self.exact[code]
        return next(value for pattern, value in self.patterns if pattern.fullmatch(code))


def _pattern(key: str) -> str:
    return ".*".join(re.escape(part) for part in key.split("*"))


@dataclass(frozen=True)
class Cell:
    """Where the value of one field comes from.

    Either `constant`, or `columns`, joined with "-" where there are several; of several columns for
    a day, the earliest day counts. `whole` writes a whole number without
    zeros before it or ".0" behind; `codes` then says
    what the text becomes. A day before that of `not_before` is moved to it, and where there is no
    day at all, `as_of` takes the day on which the tables were drawn. `prefix` stands before an
    identifier, to tell apart what several files number alike. With `others_unknown`, a code that
    the map does not hold is left unknown and told; without, its row is refused.

    A column of a joined file is written with the file's name: `complaints.closed_date`; one value
    of a cell that holds a JSON object with its key: `outcome_json/NFA_FLAG`.
    """

    columns: tuple[str, ...] = ()
    constant: object = None
    codes: CodeMap | None = None
    dates: tuple[str, ...] = ()
    whole: bool = False
    not_before: str = ""
    as_of: bool = False
    prefix: str = ""
    others_unknown: bool = False


@dataclass(frozen=True)
class Join:
    """Every row has one row of the other file: the one whose `key` is this row's `column`.

    Of several, `first` names the column whose earliest day chooses one, `last` that whose latest
    does, and of those without a day it is the one that stands first; with neither, several are an
    error. `optional` says that a row may have none: then the joined columns are blank.
    """

    file: str
    column: str
    key: str
    first: str
    last: str
    optional: bool


@dataclass(frozen=True)
class Skip:
    """Rows to leave out, and why: those whose text is one of these codes ("" for blank).

    The text is that of `columns`, joined with "-". With `unless`, all rows but those.
    """

    columns: tuple[str, ...]
    codes: CodeMap
    unless: bool
    because: str


@dataclass(frozen=True)
class Continued:
    """Spans that the source cuts into pieces: which row goes on with the one before it.

    A row whose `column` is one of the codes is one span with the row that ends on the day it
    begins, if both say the same in every column of `same`; else it stands for itself.
    """

    column: str
    codes: CodeMap
    same: tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """One table of the case file made from one file; a file can make several.

    `cells` names the source of each field; `until_known` among them is the day on which the office
    came to know of an end, the day of the end itself where it is not given. `each` names a column
    of JSON lists: a row is made of each item in them. With `once`, rows that say the same under the
    same id are one row, known from the earliest of their days, and one that says otherwise later
    corrects it.
    """

    place: str
    file: str
    table: Table
    cells: Mapping[str, Cell]
    joins: tuple[Join, ...]
    skips: tuple[Skip, ...]
    each: str
    once: bool
    continued: Continued | None


@dataclass(frozen=True)
class TableMapping:
    """A whole mapping file: `as_of` is the day on which the tables were drawn.

    `coverage` says what of each table the source records, `assumed` what is read into it, and
    `not_taken` why files are left aside: all three stand in the report.
    """

    name: str
    as_of: date
    files: Mapping[str, SourceFile]
    targets: tuple[Target, ...]
    coverage: Mapping[str, Covered]
    assumed: tuple[str, ...]
    not_taken: Mapping[str, str]
