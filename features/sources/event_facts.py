"""What became known of the rows of one table, and the versions that follow from it.

Facts are a set: neither their order nor how often they are told makes a difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from features.events import Event

SAME, OTHER = "same", "other"


class Facts:
    """Records and withdrawals by id; a withdrawal also takes out a record of its own day."""

    def __init__(self) -> None:
        self._records: dict[str, dict[int, Event]] = defaultdict(dict)
        self._withdrawals: dict[str, set[int]] = defaultdict(set)
        self._never_believed: list[Event] = []

    @classmethod
    def of_versions(cls, versions: Iterable[Event]) -> "Facts":
        """The facts that follow from the rows of a table; rows never believed stay as they are."""
        facts = cls()
        believed: dict[str, list[Event]] = defaultdict(list)
        for event in versions:
            if event.withdrawn == event.known:
                facts._never_believed.append(event)
            else:
                believed[event.id].append(event)
                facts._records[event.id][event.known] = replace(event, withdrawn=None)
        for name, events in believed.items():
            ends = {event.withdrawn for event in events} - {None, *facts._records[name]}
            facts._withdrawals[name] |= {end for end in ends if end is not None}
        return facts

    @property
    def told(self) -> bool:
        """Whether there is any record, believed or not."""
        return bool(self._records or self._never_believed)

    def kinds(self) -> set[object]:
        """The kinds of all records that say one."""
        return {kind for event in self._all() if (kind := event.filled.get("kind")) is not None}

    def record(self, event: Event) -> str:
        """Take a record: "" if it is new, else whether the same or another is there already."""
        there = self._records[event.id].setdefault(event.known, event)
        if there is event:
            return ""
        return SAME if _content(there) == _content(event) else OTHER

    def withdraw(self, id_: str, day: int) -> str:
        """Take a withdrawal: "" if it is new."""
        if day in self._withdrawals[id_]:
            return SAME
        self._withdrawals[id_].add(day)
        return ""

    def versions(self) -> list[Event]:
        """The rows of the table, ordered by id and by the day they became known."""
        rows = [*self._never_believed, *(one for one in self._all() if one.withdrawn != one.known)]
        return sorted(rows, key=lambda event: (event.id, event.known))

    def beside(self) -> tuple[list[Event], list[tuple[str, int]]]:
        """Records and withdrawals that no row shows: what they touch may still become known."""
        shown = Facts.of_versions(self.versions())
        records = [one for one in self._all() if one.known not in shown._records.get(one.id, {})]
        withdrawals = [
            (name, day)
            for name, days in self._withdrawals.items()
            for day in days - shown._withdrawals.get(name, set())
        ]
        records.sort(key=lambda event: (event.id, event.known))
        return [replace(event, withdrawn=None) for event in records], sorted(withdrawals)

    def _all(self) -> Iterator[Event]:
        """Every record, withdrawn when the next became known or by a withdrawal."""
        for name, records in self._records.items():
            days = sorted(records)
            for day, following in zip(days, [*days[1:], None], strict=True):
                ends = {end for end in self._withdrawals.get(name, ()) if end >= day}
                ends |= set() if following is None else {following}
                yield replace(records[day], withdrawn=min(ends, default=None))


def _content(event: Event) -> tuple[object, ...]:
    return event.happened, event.until, dict(event.filled)
