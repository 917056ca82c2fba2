"""The case file of the town, table by table, with what its clerks left out and put right."""

from collections.abc import Mapping

import numpy as np

from features.tables import TABLES
from features.town import agencies, care, office, register
from features.town.arrays import Chance, Column, Columns, rows_of
from features.town.months import Course
from features.town.names import Names
from features.town.observing import observations
from features.town.people import people
from features.town.records import corrected, numbered, with_ends, with_gaps
from features.town.register import Register
from features.town.world import World

# The share of rows in which a field was never filled in.
GAPS: Mapping[str, Mapping[str, float]] = {
    "children": {"ethnicity": 0.12, "nationality": 0.02, "disability": 0.2, "income_support": 0.06,
                 "sex": 0.002},
    "members": {"born": 0.1},
    "notifications": {"anonymous": 0.05, "child_seen": 0.25, "source": 0.005},
    "allegations": {"kind": 0.005, "abuser_relation": 0.05, "witnessed_violence": 0.1},
    "screenings": {"urgency": 0.08},
    "assessments": {"kind": 0.03},
    "findings": {"severity": 0.15, "kind": 0.01},
    "observations": {"site": 0.12, "extent": 0.15},
    "contacts": {"child_seen": 0.06, "kind": 0.03},
    "services": {"outcome": 0.1},
    "agency_events": {"days": 0.15},
}  # fmt: skip

# The share of rows in which a field was first recorded wrongly.
SLIPS: Mapping[str, Mapping[str, float]] = {
    "children": {"disability": 0.03},
    "notifications": {"source": 0.015},
    "allegations": {"kind": 0.012},
    "findings": {"outcome": 0.012},
    "contacts": {"outcome": 0.006},
}

PREFIXES = {
    "people": "P", "children": "K", "members": "M", "notifications": "N", "allegations": "AL",
    "screenings": "SC", "assessments": "AS", "findings": "F", "observations": "O",
    "contacts": "V", "placements": "PL", "services": "SV", "agency_events": "E", "benefits": "B",
}  # fmt: skip


def case_tables(
    world: World, book: Register, course: Course, names: Names, chance: Chance
) -> dict[str, Columns]:
    """All tables of the case file as columns, each row in all its versions."""
    reports = course.reports
    held = book.on_file[reports["child"]]
    stays = rows_of(course.stays, book.on_file[course.stays["child"]])
    tables = {
        "people": people(world, book, names, chance),
        "children": register.children(world, book),
        "members": register.members(world, book, chance),
        **_office_tables(world, book, rows_of(reports, held), chance),
        "placements": care.placements(world, book, stays, chance),
        "agency_events": agencies.agency_events(world, book, course.harms, chance),
        "benefits": agencies.benefits(world, book, chance),
    }
    return {name: _recorded(name, rows, chance) for name, rows in tables.items()}


def _office_tables(
    world: World, book: Register, reports: Columns, chance: Chance
) -> dict[str, Columns]:
    """The tables whose rows belong to a notification, with its identifier and its child's."""
    abuser = office.abusers(world, reports, chance)
    alleged = office.allegations(world, reports, abuser, chance)
    inquiries = office.assessments(reports, chance)
    every = np.arange(len(reports["day"]))
    rows = {
        "allegations": office.allegation_rows(world, reports, alleged, book.adult_ids, chance),
        "screenings": {"row": every} | office.screenings(reports, chance),
        "assessments": inquiries,
        "findings": office.findings(world, reports, alleged, inquiries, book.adult_ids, chance),
        "observations": observations(reports, chance),
        "contacts": care.contacts(world, reports, chance),
        "services": care.services(world, reports, inquiries, chance),
    }
    notifications = office.notifications(world, reports, chance)
    notifications["child"] = book.child_ids[reports["child"]]
    tables = {"notifications": notifications}
    ids = numbered(PREFIXES["notifications"], len(every))
    for name, columns in rows.items():
        row: Column = columns.pop("row")
        tables[name] = columns | {"child": notifications["child"][row], "notification": ids[row]}
    return tables


def _recorded(name: str, rows: Columns, chance: Chance) -> Columns:
    """The rows with their identifiers, gaps and corrections, in all versions."""
    rows["id"] = numbered(PREFIXES[name], len(rows["happened"]))
    rows = with_gaps(rows, GAPS.get(name, {}), chance)
    if "end_known" in rows:
        end_known = rows.pop("end_known")
        return with_ends(TABLES[name], rows, end_known)
    return corrected(rows, TABLES[name], SLIPS.get(name, {}), chance)
