"""Histories: what an office had on record of a child and of those linked to the child.

A history holds the child's own rows and those that concern siblings, adults of the household and
alleged abusers, each under the role that the person has. A link gives sight of a person's rows
from the day that it begins (what they bring with them included: the record of a newcomer is news
of this household), and of nothing that happens after the day on which it ended (that day is still
seen: leaving is often the consequence of what happened on it). So a linked row is known to
this child's history from the later of two days, that of the row and that of the link, and both
engines need to know nothing more about links.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from features.conditions import truth_of
from features.coverage import Coverage
from features.events import Event
from features.language.roles import SELF, Role
from features.tables import LINKS, TABLES

NOT_FOLLOWED = frozenset({"people", "members"})  # names, and the links of others

_Seen = tuple[float, float]  # known on, withdrawn on
_Shown = dict[Event, list[_Seen]]


@dataclass(frozen=True)
class History:
    """Everything on record around one child: events by table and role, ordered by day and id.

    `recorded` names the tables that the office records at all; a table outside is unknown.
    `coverage` says for which days, and which kinds, it records them. `standing` holds the rows of
    others once more, apart by the person field through which they are linked, of those tables that
    have several such fields.
    """

    child: str
    recorded: frozenset[str]
    events: Mapping[tuple[str, Role], tuple[Event, ...]]
    coverage: Coverage = field(default_factory=dict)
    standing: Mapping[tuple[str, Role, str], tuple[Event, ...]] = field(default_factory=dict)


def history_of(
    child: str, case_file: Mapping[str, Sequence[Event]], coverage: Coverage | None = None
) -> History:
    """The history of one child, from a case file with at least all rows that concern it.

    `case_file` holds events by table; rows that concern others only are left aside.
    """
    events: dict[tuple[str, Role], tuple[Event, ...]] = {}
    for name, rows in case_file.items():
        subject = TABLES[name].concerns[0]
        own = [event for event in rows if event.filled.get(subject) == child]
        events[name, SELF] = tuple(sorted(own, key=_order))
    linked: dict[tuple[str, Role], _Shown] = defaultdict(lambda: defaultdict(list))
    standing: dict[tuple[str, Role, str], _Shown] = defaultdict(lambda: defaultdict(list))
    concerning = _by_person(case_file)
    for role, person, link in links_of(child, case_file):
        for name, field_name, event in concerning[person]:
            concerns = TABLES[name].concerns
            days = None if event.filled.get(concerns[0]) == child else _days_seen(event, link)
            if days:
                linked[name, role][event].append(days)
                if len(concerns) > 1:
                    standing[name, role, field_name][event].append(days)
    events |= {key: _as_seen(shown) for key, shown in linked.items()}
    apart = {key: _as_seen(shown) for key, shown in standing.items()}
    return History(child, frozenset(case_file), events, coverage or {}, apart)


def links_of(
    child: str, case_file: Mapping[str, Sequence[Event]]
) -> Iterator[tuple[Role, str, Event]]:
    """Everybody linked to the child: the role, the person, and the row that makes the link."""
    for link in LINKS:
        truth, subject = truth_of(link.condition), link.table.concerns[0]
        for event in case_file.get(link.table.name, ()):
            if event.filled.get(subject) == child and truth(event) is True:
                yield link.role, str(event.filled[link.person.name]), event


def join_days(days: Iterable[_Seen]) -> list[_Seen]:
    """Stretches of days joined where they touch or overlap, in order."""
    joined: list[_Seen] = []
    for known, withdrawn in sorted(days):
        if joined and known <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], withdrawn))
        else:
            joined.append((known, withdrawn))
    return joined


def _by_person(
    case_file: Mapping[str, Sequence[Event]],
) -> Mapping[str, list[tuple[str, str, Event]]]:
    """For each person, every row that concerns them: its table, and the field they stand in."""
    concerning: dict[str, list[tuple[str, str, Event]]] = defaultdict(list)
    for table in [name for name in case_file if name not in NOT_FOLLOWED]:
        for event in case_file[table]:
            for name in TABLES[table].concerns:
                if name in event.filled:
                    concerning[str(event.filled[name])].append((table, name, event))
    return concerning


def _days_seen(event: Event, link: Event) -> _Seen | None:
    """The days on which the link shows the row: while both are believed, if it came in time."""
    if link.until is not None and event.happened > link.until:
        return None
    known = max(event.known, link.known)
    ends = [day for day in (event.withdrawn, link.withdrawn) if day is not None]
    withdrawn = min(ends, default=inf)
    return (known, withdrawn) if known < withdrawn else None


def _as_seen(shown: _Shown) -> tuple[Event, ...]:
    """The rows as the child's history has them: once for each stretch of days, in order."""
    seen = [
        _between(event, int(known), None if withdrawn == inf else int(withdrawn))
        for event, days in shown.items()
        for known, withdrawn in join_days(days)
    ]
    return tuple(sorted(seen, key=_order))


def _between(event: Event, known: int, withdrawn: int | None) -> Event:
    """A row as it is seen between two days: mostly those of the row itself."""
    if known == event.known and withdrawn == event.withdrawn:
        return event
    return Event(event.id, event.happened, known, withdrawn, event.until, event.filled)


def _order(event: Event) -> tuple[int, str, int]:
    return event.happened, event.id, event.known
