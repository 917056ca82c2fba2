"""The case file: every table and field that Kizuki can be told, in both languages.

Each row of each table has an `id` and two days: `happened`, and `known`, the day the office had it
on record. A correction is another row with the same id: the earlier row is `withdrawn` on the day
that the later one is known. Rows that last also have `until`, the day on which they ended; it is
left empty while they go on, and an end that is recorded later is such a correction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from features.language.fields import Choice, Code, Condition, Day, Field, Person
from features.language.roles import ABUSER, ADULT, SIBLING, Role
from features.language.rows import Table
from features.language.text import Text
from features.language.values import Value
from features.tables.agencies import agency_events, benefits
from features.tables.care import contacts, placements, services
from features.tables.codes import ADULT_RELATIONS, SIBLING_RELATIONS
from features.tables.family import children, members, people
from features.tables.reports import (
    allegations,
    assessments,
    findings,
    notifications,
    observations,
    screenings,
)

ROW_FIELDS: dict[str, Field] = {
    "id": Code(Text("行の識別番号", "identifier of the row"), required=True),
    "happened": Day(
        Text("発生日。期間のある行では開始日", "the day it happened, or began"), required=True
    ),
    "known": Day(
        Text("把握日。記録された日", "the day the office had it on record"), required=True
    ),
    "withdrawn": Day(
        Text("取消日。訂正・取消で無効となった日", "the day a correction took this row's place")
    ),
    "until": Day(Text("終了日。継続中は空欄", "the day it ended; empty while it goes on")),
}


@cache  # asked for every row that is read
def fields_of(table: Table) -> Mapping[str, Field]:
    """Every field that a row of the table can have, those of all rows first."""
    rows = {name: field for name, field in ROW_FIELDS.items() if name != "until" or table.spans}
    return {**rows, **table.columns}


def is_of_the_end(table: Table, name: str, value: object) -> bool:
    """Whether a value says how a row has ended, which nobody knows while it goes on."""
    field = fields_of(table)[name]
    return isinstance(field, Choice) and value in field.ends


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        people, children, members, notifications, allegations, screenings, assessments,
        findings, observations, contacts, placements, services, agency_events, benefits,
    )
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """How the child comes to be linked to somebody: rows of a table, and the role they give."""

    table: Table
    person: Person
    role: Role
    condition: Condition


LINKS = (
    Link(members, members.person, SIBLING, members.relation.is_(*SIBLING_RELATIONS)),
    Link(members, members.person, ADULT, members.relation.is_(*ADULT_RELATIONS)),
    Link(allegations, allegations.abuser, ABUSER, allegations.abuser.is_known()),
)


def needed_tables(value: Value) -> frozenset[str]:
    """The tables without which the value is unknown, those that make the links included."""
    links = {link.table.name for link in LINKS if link.role in value.roles}
    return value.tables | links


__all__ = [
    "LINKS",
    "ROW_FIELDS",
    "TABLES",
    "Link",
    "agency_events",
    "allegations",
    "assessments",
    "benefits",
    "children",
    "contacts",
    "fields_of",
    "findings",
    "is_of_the_end",
    "members",
    "needed_tables",
    "notifications",
    "observations",
    "people",
    "placements",
    "screenings",
    "services",
]
