"""A mapping file: how the tables of a case system become those of the case file, in TOML.

It declares and cannot do anything: columns, constants, code maps, date formats, joins by key and
rows to skip. What each part means is told with the classes below; `chicago.toml` is an example.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from features.language.rows import Table

UNTIL_KNOWN = "until_known"


@dataclass(frozen=True)
class SourceFile:
    """One file: its path in the folder, its text encoding, the format of its dates (strptime)."""

    path: str
    encoding: str
    dates: str


@dataclass(frozen=True)
class CodeMap:
    """What codes become; a key that ends in `*` stands for all codes that begin so.

    The exact key wins over a beginning, and a longer beginning over a shorter. A code that becomes
    None is unknown.
    """

    exact: Mapping[str, object]
    beginnings: Mapping[str, object]

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "CodeMap":
        """A map as the mapping file writes it."""
        beginnings = {key[:-1]: value for key, value in given.items() if key.endswith("*")}
        longest_first = dict(sorted(beginnings.items(), key=lambda item: -len(item[0])))
        exact = {key: value for key, value in given.items() if not key.endswith("*")}
        return cls(exact, longest_first)

    def covers(self, code: str) -> bool:
        """Whether the map holds the code."""
        return code in self.exact or code.startswith(tuple(self.beginnings))

    def becomes(self, code: str) -> object:
        """What a code that the map holds becomes."""
        if code in self.exact:
            return self.exact[code]
        return next(
            value for beginning, value in self.beginnings.items() if code.startswith(beginning)
        )


@dataclass(frozen=True)
class Cell:
    """Where the value of one field comes from.

    Either `constant`, or `columns`, joined with "-" where there are several. `whole` writes a
    whole number without ".0"; `codes` then says what the text becomes. A column of a joined file
    is written with the file's name: `complaints.closed_date`.
    """

    columns: tuple[str, ...] = ()
    constant: object = None
    codes: CodeMap | None = None
    dates: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Join:
    """Every row has one row of the other file: the one whose `key` is this row's `column`."""

    file: str
    column: str
    key: str


@dataclass(frozen=True)
class Skip:
    """Rows to leave out: those whose `column` is one of these codes ("" for blank), and why."""

    column: str
    codes: CodeMap
    because: str


@dataclass(frozen=True)
class Target:
    """One table of the case file made from one file; a file can make several.

    `cells` names the source of each field; `until_known` among them is the day on which the office
    came to know of an end, the day of the end itself where it is not given.
    """

    place: str
    file: str
    table: Table
    cells: Mapping[str, Cell]
    joins: tuple[Join, ...]
    skips: tuple[Skip, ...]


@dataclass(frozen=True)
class TableMapping:
    """A whole mapping file: `as_of` is the day on which the tables were drawn."""

    name: str
    as_of: date
    files: Mapping[str, SourceFile]
    targets: tuple[Target, ...]
