"""Blocks of a large office: households of children, and the rows that are put on their record.

Everything is a number until it is written: a child is its place in the block, an adult a number
below -1, a code its place in its list, a day a day number; -1 or NaN where nothing is filled in.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from features.language.fields import Choice
from features.tables import TABLES, fields_of

Ints = npt.NDArray[np.int64]
Rows = dict[str, npt.NDArray]  # columns by field

ADULTS_A_HOUSEHOLD = 5
EDGES = (0, 1, 90, 91, 182, 183, 364, 365, 729, 730, 1825, 1826)  # days, on both sides
FIRST_DAY, LAST_DAY = 16_000, 19_700  # notifications lie between 2013-10 and 2023-12


@dataclass
class Block:
    """Some households, drawn from one stream of chance; `rows` holds the tables made so far."""

    rng: np.random.Generator
    size: int  # children
    rows: dict[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sizes = self.rng.choice([1, 2, 3, 4], self.size, p=[0.4, 0.35, 0.18, 0.07])
        self.household = np.repeat(np.arange(self.size), sizes)[: self.size]
        self.born = self.rng.integers(FIRST_DAY - 5_000, LAST_DAY - 400, self.size)
        self.asked = self.some_day(np.maximum(self.born, FIRST_DAY))  # mostly a cutoff of the child

    def chance(self, share: float, size: int) -> npt.NDArray[np.bool_]:
        return self.rng.random(size) < share

    def code(self, table: str, name: str, size: int, unknown: float = 0.05) -> Ints:
        """A code for each row, the first ones of the list more often, -1 where not filled in."""
        asked = fields_of(TABLES[table])[name]
        assert isinstance(asked, Choice)
        drawn = (self.rng.random(size) ** 1.6 * len(asked.allowed)).astype(np.int64)
        return np.where(self.chance(unknown, size), -1, drawn)

    def flag(self, size: int) -> Ints:
        return self.rng.choice([1, 0, -1], size, p=[0.35, 0.5, 0.15])

    def level(self, least: int, most: int, size: int) -> npt.NDArray[np.float64]:
        drawn = self.rng.integers(least, most + 1, size).astype(np.float64)
        return np.where(self.chance(0.2, size), np.nan, drawn)

    def later(self, mean: float, size: int) -> Ints:
        """Days until something is recorded or ends: often none, now and then very many."""
        return np.where(self.chance(0.5, size), 0, self.rng.exponential(mean, size)).astype(int)

    def some_day(self, since: Ints) -> Ints:
        """A day for each row, not before the day given for it."""
        return since + (self.rng.random(len(since)) * (LAST_DAY - since)).astype(np.int64)

    def adult(self, child: Ints, place: Ints | int) -> Ints:
        """The number of an adult of the child's household; adults are numbered below zero."""
        return -2 - (self.household[child] * ADULTS_A_HOUSEHOLD + place)

    def put(self, table: str, rows: Rows, *, recorded: float = 15, ends: float = 0) -> None:
        """Keep rows that happened, with the days they were known and corrected; `ends` if spans."""
        size = len(rows["happened"])
        rows = {"id": np.arange(size), "withdrawn": np.full(size, -1), **rows}
        asked = self._asked_of(rows)
        rows["known"] = np.maximum(rows["happened"], self.edge(asked, 0.05))
        rows["known"] += np.where(rows["known"] == asked, 0, self.later(recorded, size))
        if ends:
            rows["until"] = np.full(size, -1)
            ended = rows["happened"] + self.rng.exponential(ends, size).astype(int)
            on_edge = self.edge(asked, 0.3)
            ended = np.where(on_edge >= rows["happened"], on_edge, ended)
            over = self.chance(0.6, size) & (ended < LAST_DAY)
            told = np.maximum(ended + self.later(recorded, size), rows["known"])
            rows = self._replaced(rows, over, told, {"until": ended})
        self.rows[table] = self._corrected(table, rows)

    def edge(self, asked: Ints, share: float) -> Ints:
        """For a share of the rows a day on the edge of some lookback from a cutoff; else no day."""
        day = asked - self.rng.choice(EDGES, len(asked))
        return np.where(self.chance(share, len(asked)) & (asked > 0), day, -1)

    def _asked_of(self, rows: Rows) -> Ints:
        """A cutoff of the child that the row is about, or shows to another; -1 without."""
        subject = rows.get("person", rows.get("child"))
        assert subject is not None
        return np.where(subject >= 0, self.asked[np.maximum(subject, 0)], -1)

    def _corrected(self, table: str, rows: Rows) -> Rows:
        size, asked = len(rows["id"]), self._asked_of(rows)
        corrected = self.chance(0.05, size) & (rows["withdrawn"] < 0)
        day = rows["known"] + 1 + self.later(300, size)
        day = np.where(self.chance(0.3, size) & (asked > rows["known"]), asked, day)
        changed = next((name for name in ("outcome", "kind") if name in rows), None)
        fresh = {changed: self.code(table, changed, size, unknown=0)} if changed else {}
        return self._replaced(rows, corrected, day, fresh, cancelled=0.2)

    def _replaced(
        self, rows: Rows, which: npt.NDArray, day: Ints, fresh: Rows, cancelled: float = 0
    ) -> Rows:
        """Rows withdrawn on a day, each with another of the same id in its place."""
        again = which & ~self.chance(cancelled, len(which))
        later = {n: fresh.get(n, values)[again] for n, values in rows.items()}
        later["known"] = day[again]
        rows["withdrawn"] = np.where(which, day, rows["withdrawn"])
        order = np.argsort(np.append(rows["id"], later["id"]), kind="stable")
        return {name: np.append(values, later[name])[order] for name, values in rows.items()}
