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
from operator import attrgetter

from features.conditions import truth_of
from features.coverage import Coverage
from features.events import Event
from features.language.roles import SELF, Role
from features.tables import LINKS, TABLES

NOT_FOLLOWED = frozenset({"people", "members"})  # names, and the links of others

_Seen = tuple[float, float]  # known on, withdrawn on
_Shown = dict[Event, list[_Seen]]
_order = attrgetter("happened", "id", "known")
_LINKS = [  # found out once, and not for every child
    (link.role, link.table.name, link.table.concerns[0], link.person.name, truth_of(link.condition))
    for link in LINKS
]
_ROLES = tuple(dict.fromkeys(link.role for link in LINKS))


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
    for name, person, role, event, days in _shown(child, case_file):
        linked[name, role][event].append(days)
        if len(TABLES[name].concerns) > 1:
            standing[name, role, person][event].append(days)
    by_role = sorted(linked, key=lambda key: _ROLES.index(key[1]))
    events |= {key: _as_seen(linked[key]) for key in by_role}
    apart = {key: _as_seen(shown) for key, shown in standing.items()}
    return History(child, frozenset(case_file), events, coverage or {}, apart)


def links_of(
    child: str, case_file: Mapping[str, Sequence[Event]]
) -> Iterator[tuple[Role, str, Event]]:
    """Everybody linked to the child: the role, the person, and the row that makes the link."""
    for role, table, subject, person, truth in _LINKS:
        for event in case_file.get(table, ()):
            if event.filled.get(subject) == child and truth(event) is True:
                yield role, str(event.filled[person]), event


def join_days(days: Iterable[_Seen]) -> list[_Seen]:
    """Stretches of days joined where they touch or overlap, in order."""
    joined: list[_Seen] = []
    for known, withdrawn in sorted(days):
        if joined and known <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], withdrawn))
        else:
            joined.append((known, withdrawn))
    return joined


def _shown(
    child: str, case_file: Mapping[str, Sequence[Event]]
) -> Iterator[tuple[str, str, Role, Event, _Seen]]:
    """Rows that links show: the table, the field in which somebody linked stands, and as whom."""
    links: dict[object, list[tuple[Role, Event]]] = defaultdict(list)
    for role, person, link in links_of(child, case_file):
        links[person].append((role, link))
    for name in [name for name in case_file if links and name not in NOT_FOLLOWED]:
        subject = TABLES[name].concerns[0]
        for field_name in TABLES[name].concerns:
            for event in case_file[name]:
                somebody = event.filled.get(field_name)
                if somebody in links and event.filled.get(subject) != child:
                    for role, link in links[somebody]:
                        days = _days_seen(event, link)
                        if days:
                            yield name, field_name, role, event, days


def _days_seen(event: Event, link: Event) -> _Seen | None:
    """The days on which the link shows the row: while both are believed, if it came in time."""
    if link.until is not None and event.happened > link.until:
        return None
    known = max(event.known, link.known)
    withdrawn = min(_or_inf(event.withdrawn), _or_inf(link.withdrawn))
    return (known, withdrawn) if known < withdrawn else None


def _or_inf(day: int | None) -> float:
    return inf if day is None else day


def _as_seen(shown: _Shown) -> tuple[Event, ...]:
    """The rows as the child's history has them: once for each stretch of days, in order."""
    seen = [
        _between(event, int(known), None if withdrawn == inf else int(withdrawn))
        for event, days in shown.items()
        for known, withdrawn in (days if len(days) == 1 else join_days(days))
    ]
    return tuple(sorted(seen, key=_order))


def _between(event: Event, known: int, withdrawn: int | None) -> Event:
    """A row as it is seen between two days: mostly those of the row itself."""
    if known == event.known and withdrawn == event.withdrawn:
        return event
    return Event(event.id, event.happened, known, withdrawn, event.until, event.filled)
