"""What became known of the rows of one table, and the versions that follow from it.

Facts are a set: neither their order nor how often they are told makes a difference.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from features.events import Event

SAME, OTHER = "same", "other"


@dataclass
class Folded:
    """The rows that facts make, ordered by id and day, and the facts that no row shows.

    These stand beside the rows, since what they touch may still become known: a withdrawal of what
    is not on record (yet), and a record that was withdrawn on its own day.
    """

    rows: list[Event] = field(default_factory=list)
    records: list[Event] = field(default_factory=list)
    withdrawals: list[tuple[str, int]] = field(default_factory=list)


class Facts:
    """Records and withdrawals by id; a withdrawal also takes out a record of its own day."""

    def __init__(self) -> None:
        self._records: dict[str, dict[int, Event]] = defaultdict(dict)
        self._withdrawals: dict[str, set[int]] = defaultdict(set)
        self._never_believed: dict[str, list[Event]] = defaultdict(list)

    @property
    def told(self) -> bool:
        """Whether there is any record, believed or not."""
        return bool(self._records or self._never_believed)

    def kinds(self) -> set[object]:
        """The kinds of all records that say one."""
        records = (one for days in self._records.values() for one in days.values())
        return {kind for one in records if (kind := one.filled.get("kind")) is not None}

    def go_on_with(self, rows: Iterable[Event]) -> None:
        """The facts that follow from the rows of a table; those never believed stay as they are."""
        ended: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            if row.withdrawn == row.known:
                self._never_believed[row.id].append(row)
                continue
            self._records[row.id][row.known] = row
            if row.withdrawn is not None:
                ended[row.id].add(row.withdrawn)
        for name, days in ended.items():
            self._withdrawals[name] |= days - self._records[name].keys()

    def record(self, event: Event) -> str:
        """Take a record: "" if it is new, else whether the same or another is there already."""
        there = self._records[event.id].setdefault(event.known, event)
        if there is event:
            return ""
        return SAME if _content(there) == _content(event) else OTHER

    def withdraw(self, id_: str, day: int) -> str:
        """Take a withdrawal: "" if it is new."""
        days = self._withdrawals[id_]
        if day in days:
            return SAME
        days.add(day)
        return ""

    def folded(self) -> Folded:
        """What the facts come to."""
        made = Folded()
        for name in sorted({*self._records, *self._withdrawals, *self._never_believed}):
            _fold(name, self._records.get(name, {}), self._withdrawals.get(name, ()), made)
            made.rows += self._never_believed.get(name, ())
        return made


def _fold(
    name: str, records: Mapping[int, Event], withdrawals: Collection[int], made: Folded
) -> None:
    """Each record is withdrawn when the next became known, or by a withdrawal before that."""
    days = sorted(records)
    shown: set[int | None] = set()
    for day, following in zip(days, [*days, None][1:], strict=True):
        ends = [end for end in withdrawals if end >= day]
        end = min(ends if following is None else [*ends, following], default=None)
        if end == day:
            made.records.append(_version(records[day], None))
        else:
            made.rows.append(_version(records[day], end))
            shown.add(end)
    made.withdrawals += [(name, day) for day in sorted({*withdrawals} - shown)]


def _version(event: Event, withdrawn: int | None) -> Event:
    return Event(event.id, event.happened, event.known, withdrawn, event.until, event.filled)


def _content(event: Event) -> tuple[object, ...]:
    return event.happened, event.until, event.filled
