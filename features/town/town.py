"""Make a town: a case file to try things on, and apart from it the truth behind it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.case_file import CaseFile
from features.coverage import Coverage, Covered
from features.errors import KizukiError
from features.reading import day_number
from features.tables import TABLES
from features.town.agencies import KINDS
from features.town.arrays import YEAR
from features.town.assemble import case_tables
from features.town.families import Span, make_families
from features.town.months import Progress, live, on_record
from features.town.names import Names, common_names
from features.town.profiles import profile_named
from features.town.records import as_frame, delays
from features.town.register import open_register
from features.town.risk import true_risk
from features.town.truth import truth_of
from features.town.world import World

DRAWN_ON = date(2024, 3, 31)
TRUTH = "truth.parquet"
# The town lives this many days before its records begin, so that it has settled by then.
BEFORE = round(3 * YEAR)
# What the office keeps since its records begin; of what came before, it knows only some.
OF_THE_OFFICE = (
    "notifications", "allegations", "screenings", "assessments", "findings", "observations",
    "contacts", "placements", "services",
)  # fmt: skip
FAMILIES_PER_CHILD = 1.7  # more than ever needed: about half of them are never reported


@dataclass(frozen=True)
class Town:
    """The case file of a synthetic office, and the truth that no office has.

    `truth` has a row for each child and month: `child`, the first `day` of the month, `true_risk`
    (the log rate of harm a month) and `harm` (how grave the harm was that came, 0 none to 4).
    """

    case_file: CaseFile
    truth: pd.DataFrame

    def write(self, folder: Path) -> None:
        """Keep the case file in the folder, and the truth in a file that is no part of it."""
        self.case_file.write(folder)
        self.truth.to_parquet(folder / TRUTH, index=False)


def make_town(
    children: int,
    years: int,
    seed: int,
    profile: str,
    names: Names | None = None,
    progress: Progress = iter,
) -> Town:
    """A town whose office has about that many children on file after that many years.

    The same arguments give the same town, bit for bit. Families come whole, so the children can be
    a few fewer than asked for. Raises KizukiError where an argument makes no sense.
    """
    kind = profile_named(profile)
    _refuse_nonsense(children, years, seed)
    end = day_number(DRAWN_ON)
    start = end - round(years * YEAR)
    span = Span(start - BEFORE, end)
    chances = np.random.default_rng(seed).spawn(5)
    count = 60 + int(children * FAMILIES_PER_CHILD * max(1.0, 8 / years))
    families = make_families(count, kind, span, chances[0])
    world = World(kind, span, families, true_risk(families, span, chances[1]))
    course = on_record(live(world, chances[2], progress), start)
    reports = course.reports
    number = reports["report"]
    reports["known"] = reports["day"] + delays(chances[3], number.max() + 1, 0.86, 4)[number]
    register = open_register(world, reports, children)
    drawn = names or common_names(japanese=kind.japanese)
    tables = case_tables(world, register, course, drawn, chances[4])
    frames = {name: as_frame(TABLES[name], rows, end) for name, rows in tables.items()}
    case_file = CaseFile(DRAWN_ON, frames, _coverage(start, span))
    return Town(case_file, truth_of(world, register, course, start))


def _coverage(start: int, span: Span) -> Coverage:
    """Other agencies have records of all the time that the town has lived, but of some kinds."""
    since_start = dict.fromkeys(OF_THE_OFFICE, Covered(first=start))
    return since_start | {"agency_events": Covered(first=span.start, kinds=frozenset(KINDS))}


def _refuse_nonsense(children: int, years: int, seed: int) -> None:
    if children < 20 or not 1 <= years <= 17 or seed < 0:
        raise KizukiError("a town needs 20 children or more, 1 to 17 years and a seed from 0 on")
