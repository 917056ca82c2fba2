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
from dataclasses import dataclass, replace
from math import inf

from features.conditions import holds
from features.events import Event
from features.language.roles import SELF, Role
from features.language.rows import Table
from features.tables import LINKS, TABLES

NOT_FOLLOWED = frozenset({"people", "members"})  # names, and the links of others

_Seen = tuple[float, float]  # known on, withdrawn on


@dataclass(frozen=True)
class History:
    """Everything on record around one child: events by table and role, ordered by day and id.

    `recorded` names the tables that the office records at all; a table outside is unknown.
    """

    child: str
    recorded: frozenset[str]
    events: Mapping[tuple[str, Role], tuple[Event, ...]]


def history_of(child: str, case_file: Mapping[str, Sequence[Event]]) -> History:
    """The history of one child, from a case file with at least all rows that concern it.

    `case_file` holds events by table; rows that concern others only are left aside.
    """
    found: dict[tuple[str, Role], list[Event]] = {}
    for name, events in case_file.items():
        own = [event for event in events if _subject(TABLES[name], event) == child]
        found[name, SELF] = sorted(own, key=_order)
    seen: dict[tuple[str, Role], dict[Event, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    concerning = _by_person(case_file)
    for role, person, link in _links(child, case_file):
        for table, event in concerning[person]:
            if _subject(table, event) != child:
                seen[table.name, role][event] += _days_seen(event, link)
    for key, days in seen.items():
        found[key] = sorted(_as_seen(days), key=_order)
    return History(
        child, frozenset(case_file), {key: tuple(events) for key, events in found.items()}
    )


def join_days(days: Iterable[_Seen]) -> list[_Seen]:
    """Stretches of days joined where they touch or overlap, in order."""
    joined: list[_Seen] = []
    for known, withdrawn in sorted(days):
        if joined and known <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], withdrawn))
        else:
            joined.append((known, withdrawn))
    return joined


def _links(
    child: str, case_file: Mapping[str, Sequence[Event]]
) -> Iterator[tuple[Role, str, Event]]:
    for link in LINKS:
        for event in case_file.get(link.table.name, ()):
            if _subject(link.table, event) == child and holds(link.condition, event):
                yield link.role, str(event.filled[link.person.name]), event


def _by_person(
    case_file: Mapping[str, Sequence[Event]],
) -> Mapping[str, list[tuple[Table, Event]]]:
    """For each person, every row that concerns them."""
    concerning: dict[str, list[tuple[Table, Event]]] = defaultdict(list)
    for table in (TABLES[name] for name in case_file if name not in NOT_FOLLOWED):
        for event in case_file[table.name]:
            for person in {event.filled.get(field) for field in table.concerns} - {None}:
                concerning[str(person)].append((table, event))
    return concerning


def _days_seen(event: Event, link: Event) -> list[_Seen]:
    """The days on which the link shows the row: while both are believed, if it came in time."""
    if link.until is not None and event.happened > link.until:
        return []
    known = max(event.known, link.known)
    withdrawn = min(inf if day is None else day for day in (event.withdrawn, link.withdrawn))
    return [(known, withdrawn)] if known < withdrawn else []


def _as_seen(seen: Mapping[Event, list[_Seen]]) -> Iterator[Event]:
    for event, days in seen.items():
        for known, withdrawn in join_days(days):
            until_day = None if withdrawn == inf else int(withdrawn)
            yield replace(event, known=int(known), withdrawn=until_day)


def _subject(table: Table, event: Event) -> object:
    return event.filled.get(table.concerns[0])


def _order(event: Event) -> tuple[int, str, int]:
    return event.happened, event.id, event.known
