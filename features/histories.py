"""Histories: what an office had on record of a child and of those linked to the child.

A history holds the child's own rows and those that concern siblings, adults of the household and
alleged abusers, each under the role that the person has. A link gives sight of a person's rows
from the day that it begins (what they bring with them included: the record of a newcomer is news
of this household), and of nothing that happens after the day on which it ended (that day is still
seen: leaving is often the consequence of what happened on it). So a linked row is known to
this child's history from the later of two days, that of the row and that of the link. Here this is
found in plain Python, when it is first asked for; the compiled engine finds it for itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from operator import attrgetter

from features.conditions import truth_of
from features.coverage import Coverage
from features.events import Event
from features.language.roles import SELF, Role
from features.tables import LINKS, TABLES

NOT_FOLLOWED = frozenset({"people", "members"})  # names, and the links of others

_Seen = tuple[int, float]  # known on, withdrawn on
_Shown = dict[Event, list[_Seen]]
_Found = tuple[
    dict[tuple[str, Role], tuple[Event, ...]], dict[tuple[str, Role, str], tuple[Event, ...]]
]
_Link = tuple[Role, int, float, float]  # known on, withdrawn on, until
_order = attrgetter("happened", "id", "known")
_LINKS = [  # found out once, and not for every child
    (link.role, link.table.name, link.table.concerns[0], link.person.name, truth_of(link.condition))
    for link in LINKS
]
_ROLES = tuple(dict.fromkeys(link.role for link in LINKS))


@dataclass(frozen=True)
class History:
    """Everything on record around one child, and what of it the child's history holds.

    `rows` are events by table, with at least all that concern the child; those that concern others
    only are left aside. `coverage` says for which days, and which kinds, the office records them.
    """

    child: str
    rows: Mapping[str, Sequence[Event]]
    coverage: Coverage = field(default_factory=dict)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The tables that the office records at all; a table outside is unknown."""
        return frozenset(self.rows)

    @property
    def events(self) -> Mapping[tuple[str, Role], tuple[Event, ...]]:
        """Events by table and role, ordered by day and id."""
        return self._found[0]

    @property
    def standing(self) -> Mapping[tuple[str, Role, str], tuple[Event, ...]]:
        """The rows of others, apart by the person field through which they are linked.

        Of those tables that have several such fields.
        """
        return self._found[1]

    @cached_property
    def _found(self) -> "_Found":
        return _found(self.child, self.rows)


def history_of(
    child: str, case_file: Mapping[str, Sequence[Event]], coverage: Coverage | None = None
) -> History:
    """The history of one child, from a case file with at least all rows that concern it."""
    return History(child, case_file, coverage or {})


def _found(child: str, case_file: Mapping[str, Sequence[Event]]) -> "_Found":
    """What `History.events` and `History.standing` hold."""
    events: dict[tuple[str, Role], tuple[Event, ...]] = {}
    linked: dict[Role, dict[str, dict[str, _Shown]]] = {role: {} for role in _ROLES}
    links = _links_by_person(child, case_file)
    for name, rows in case_file.items():
        subject, *_ = fields = TABLES[name].concerns
        own = [event for event in rows if event.filled.get(subject) == child]
        events[name, SELF] = _in_order(own)
        if links and len(own) < len(rows) and name not in NOT_FOLLOWED:
            others = [event for event in rows if event.filled.get(subject) != child]
            for person in fields:
                for role, shown in _shown(others, person, links).items():
                    linked[role].setdefault(name, {})[person] = shown
    standing: dict[tuple[str, Role, str], tuple[Event, ...]] = {}
    for role, by_table in linked.items():
        for name, by_field in by_table.items():
            seen = {person: _as_seen(shown) for person, shown in by_field.items()}
            one, *more = seen.values()
            events[name, role] = _as_seen(_together(by_field.values())) if more else one
            if len(TABLES[name].concerns) > 1:
                standing |= {(name, role, person): rows for person, rows in seen.items()}
    return events, standing


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


def _links_by_person(
    child: str, case_file: Mapping[str, Sequence[Event]]
) -> dict[object, list[_Link]]:
    links: dict[object, list[_Link]] = defaultdict(list)
    for role, person, link in links_of(child, case_file):
        links[person].append((role, link.known, _or_inf(link.withdrawn), _or_inf(link.until)))
    return links


def _shown(
    others: Iterable[Event], field_name: str, links: Mapping[object, Sequence[_Link]]
) -> dict[Role, _Shown]:
    """Rows that links show, with the days on which both are believed, if the row came in time.

    Plain comparisons: this is done for every row around every child that is asked about.
    """
    by_role: dict[Role, _Shown] = {}
    for event in others:
        for role, known, withdrawn, until in links.get(event.filled.get(field_name), ()):
            if event.happened <= until:
                first = event.known if event.known > known else known
                gone = event.withdrawn
                end = withdrawn if gone is None or withdrawn < gone else gone
                if first < end:
                    by_role.setdefault(role, {}).setdefault(event, []).append((first, end))
    return by_role


def _together(shown: Iterable[_Shown]) -> _Shown:
    """Rows in which linked persons stand in several fields, with all the days of each."""
    both: _Shown = defaultdict(list)
    for rows in shown:
        for event, days in rows.items():
            both[event] += days
    return both


def _or_inf(day: int | None) -> float:
    return inf if day is None else day


def _as_seen(shown: _Shown) -> tuple[Event, ...]:
    """The rows as the child's history has them: once for each stretch of days, in order."""
    seen: list[Event] = []
    for event, days in shown.items():
        for known, withdrawn in days if len(days) == 1 else join_days(days):
            end = None if withdrawn == inf else int(withdrawn)
            if known == event.known and end == event.withdrawn:  # mostly the row's own days
                seen.append(event)
            else:
                row = event.id, event.happened, known, end, event.until, event.filled
                seen.append(Event(*row))
    return _in_order(seen)


def _in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    return tuple(events if len(events) < 2 else sorted(events, key=_order))
