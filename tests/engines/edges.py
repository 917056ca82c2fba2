"""Worlds with rows on, before and after every edge: each child has one way for rows to lie.

An edge is a day on which an answer can change: the first day of a lookback (of the last day of a
span, which is the day before its end), the cutoff, the last day of a horizon, and the days beside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, combinations_with_replacement, product

from features.events import Event
from features.language.fields import Choice, Day, Field, Flag, Number
from features.language.roles import ABUSER, ADULT, SIBLING, Role
from features.language.rows import Table
from features.reading import Filled
from features.tables import TABLES, agency_events, allegations, members, notifications
from features.tables import children as all_children

CUTOFF = 19_753
DAYS = 30  # of the lookback and of the horizon
EDGES = tuple(CUTOFF + days for days in (-DAYS, 1 - DAYS, 2 - DAYS, -1, 0, 1, DAYS, DAYS + 1))
KNOWN_BY = CUTOFF + DAYS  # what is known on the last edge is not known by then
LONG_AGO = CUTOFF - 200
BORN = CUTOFF - 365  # one year old on the cutoff
LINKS: dict[Role, tuple[Table, str, dict[str, Filled]]] = {
    SIBLING: (members, "person", {"relation": "sibling"}),
    ADULT: (members, "person", {"relation": "father"}),
    ABUSER: (allegations, "abuser", {}),
}
Row = tuple[str, Event]  # the table's name, and the row


@dataclass(frozen=True)
class Shape:
    """When a row happened, was known and withdrawn, and ended."""

    happened: int
    known: int
    withdrawn: int | None = None
    until: int | None = None

    def row(self, table: Table, name: str, filled: Mapping[str, Filled]) -> Row:
        event = Event(name, self.happened, self.known, self.withdrawn, self.until, filled)
        return table.name, event


class World:
    """Case files by child that share no person, so that they can be laid together."""

    def __init__(self, children: Iterable[tuple[str, Sequence[Row]]]) -> None:
        self.children = {
            child: {table: [event for name, event in rows if name == table] for table in TABLES}
            for child, rows in children
        }
        for child, case_file in self.children.items():
            if not case_file["children"]:
                _, birth = Shape(BORN, BORN).row(all_children, f"{child}-born", {"child": child})
                case_file["children"].append(birth)

    @cached_property
    def together(self) -> dict[str, list[Event]]:
        return {
            table: [event for rows in self.children.values() for event in rows[table]]
            for table in TABLES
        }


BESIDE = (Shape(CUTOFF - 7, CUTOFF - 6), Shape(CUTOFF + 7, CUTOFF + 8))  # rows that stay put


def on_edges(table: Table) -> list[Shape]:
    """Shapes with one of their days on an edge, and what came before it long ago."""
    shapes = [Shape(edge, edge) for edge in EDGES]
    shapes += [Shape(LONG_AGO, edge) for edge in EDGES]
    shapes += [Shape(LONG_AGO, LONG_AGO, withdrawn=edge) for edge in EDGES]
    if table.spans:
        shapes += [Shape(LONG_AGO, LONG_AGO, until=edge) for edge in EDGES]
        shapes += [Shape(edge, edge, until=edge) for edge in EDGES]
    return shapes


def all_on_edges(table: Table) -> list[Shape]:
    """Shapes with every day on an edge, in each order that the days can have."""
    return [
        Shape(happened, known, withdrawn, until)
        for happened, known in product(EDGES, EDGES)
        for withdrawn in (None, *EDGES)
        for until in ((None, *EDGES) if table.spans else (None,))
        if known >= happened
        and (withdrawn is None or withdrawn >= known)
        and (until is None or until >= happened)
    ]


def own_rows(table: Table) -> World:
    """One row of the child in every shape, or two with a day on an edge each."""
    alone = [(shape,) for shape in all_on_edges(table)]
    pairs = combinations_with_replacement(on_edges(table), 2)
    return World(
        (
            f"child{number}",
            [  # of two rows, the second has the lower id
                shape.row(table, f"{number}-{9 - place}", _about(table, f"child{number}", place))
                for place, shape in enumerate(shapes)
            ],
        )
        for number, shapes in enumerate([*alone, *pairs])
    )


def some_rows(table: Table) -> World:
    """Two rows of the child that happened and, where they last, ended on one of a few days."""
    firsts, ends = EDGES[:4], (None, *EDGES[2:5]) if table.spans else (None,)
    shapes = [
        Shape(first, first, until=end)
        for first, end in product(firsts, ends)
        if end is None or end >= first
    ]
    return World(
        (
            f"child{number}",
            [
                shape.row(table, f"{number}-{place}", _about(table, f"child{number}", place))
                for place, shape in enumerate(pair)
            ],
        )
        for number, pair in enumerate(combinations_with_replacement(shapes, 2))
    )


def linked_rows(table: Table, role: Role) -> World:
    """A link with a day on each edge to a person who has such a row, and two that stay put."""
    linking, field, filled = LINKS[role]
    children = []
    for number, (link, shape) in enumerate(product(on_edges(linking), on_edges(table))):
        child, person = f"child{number}", f"person{number}"
        linked = link.row(linking, f"{number}-link", {**filled, "child": child, field: person})
        rows = [
            each.row(table, f"{number}-{place}", _about(table, person, number + place))
            for place, each in enumerate((shape, *BESIDE))
        ]
        children.append((child, [linked, *rows]))
    return World(children)


def rows_through_three_links() -> World:
    """A person's row, seen through three links of the same role that are believed at any times."""
    turns = [
        Shape(LONG_AGO, CUTOFF + known, CUTOFF + withdrawn)
        for known, withdrawn in combinations(range(5), 2)
    ]
    children = []
    for number, links in enumerate(combinations_with_replacement(turns, 3)):
        child, person = f"child{number}", f"person{number}"
        filled: dict[str, Filled] = {"child": child, "person": person, "relation": "father"}
        linked = [link.row(members, f"{number}-{at}", filled) for at, link in enumerate(links)]
        row = Shape(LONG_AGO, LONG_AGO).row(agency_events, f"{number}", {"person": person})
        children.append((child, [*linked, row]))
    return World(children)


def referring_rows(table: Table) -> World:
    """A notification with a day on each edge and such a row about it, beside some that stay put.

    Two rows are about the first notification, one about the second and one about none on file.
    """
    children = []
    for number, (asked, shape) in enumerate(product(on_edges(notifications), on_edges(table))):
        child = f"child{number}"
        this, that = f"{number}-this", f"{number}-that"
        rows = [asked.row(notifications, this, {"child": child})]
        rows += [
            each.row(notifications, f"{that}{place}", {"child": child})
            for place, each in enumerate(BESIDE)
        ]
        refers = ((shape, this), (BESIDE[0], this), (BESIDE[0], that + "0"), (BESIDE[1], "gone"))
        for place, (each, reference) in enumerate(refers):
            filled = _about(table, child, number + place) | {"notification": reference}
            rows.append(each.row(table, f"{number}-{place}", filled))
        children.append((child, rows))
    return World(children)


def filled_in_all_ways(table: Table, *fields: Field) -> World:
    """One or two rows whose fields are filled in, and left open, in every way."""
    needed = {name: _some(field)[0] for name, field in table.columns.items() if field.required}
    ways = [
        {field.name: value for field, value in zip(fields, way, strict=True) if value is not None}
        for way in product(*[(None, *_some(field)) for field in fields])
    ]
    return World(
        (
            f"child{number}",
            [
                Shape(LONG_AGO + place, LONG_AGO + place).row(
                    table, f"{number}-{place}", {**needed, "child": f"child{number}", **way}
                )
                for place, way in enumerate(pair)
            ],
        )
        for number, pair in enumerate(combinations_with_replacement(ways, 2))
    )


def _about(table: Table, person: str, number: int) -> dict[str, Filled]:
    """What a row about a person says; now and then a field is not filled in.

    A row of a table that names an alleged abuser is mostly about the person as such, unless it is
    the child's own.
    """
    filled: dict[str, Filled] = {table.concerns[0]: person}
    if len(table.concerns) > 1 and person.startswith("person") and number % 4:
        filled = {table.concerns[0]: "elsewhere", table.concerns[1]: person}
    for place, (name, field) in enumerate(table.columns.items()):
        if name not in filled and (field.required or (number + place) % 3):
            filled[name] = _some(field)[number % 2]
    return filled


def _some(field: Field) -> tuple[Filled, Filled]:
    """Two values that a field can have."""
    if isinstance(field, Choice):
        first, second, *_ = field.allowed
        return first, second
    if isinstance(field, Number):
        return field.least + 0.5, field.least + 1
    if isinstance(field, Flag):
        return True, False
    return (LONG_AGO, LONG_AGO - 1) if isinstance(field, Day) else ("x", "y")
