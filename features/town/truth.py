"""The truth behind the case file, which no office has: kept apart from it, always."""

import numpy as np
import pandas as pd

from features.town.arrays import YEAR, paired
from features.town.months import Course
from features.town.register import Register
from features.town.risk import harm_rate
from features.town.world import World


def truth_of(world: World, register: Register, course: Course, start: int) -> pd.DataFrame:
    """One row for each child on file and month of its childhood since the day `start`.

    It tells the true risk, and the harm that came.
    """
    people = world.families.children
    child = np.flatnonzero(register.on_file)
    days = np.array([world.day(month) for month in range(world.months)])
    born = people["born"][child]
    first = np.searchsorted(days, np.maximum(born, start))
    last = np.searchsorted(days, born + int(18 * YEAR))
    row, month = paired(first, last - first)
    who = child[row]
    strain = world.risk.strain[people["family"][who], month]
    about = {name: people[name][who] for name in ("disabled", "frail")}
    harm = np.zeros((len(people["born"]), world.months), dtype=np.int8)
    harm[course.harms["child"], course.harms["month"]] = course.harms["harm"]
    return pd.DataFrame({
        "child": pd.Categorical.from_codes(row, register.child_ids[child].tolist()),
        "day": days[month].astype("datetime64[D]").astype("datetime64[ms]"),
        "true_risk": harm_rate(strain, days[month] - born[row], about).astype(np.float32),
        "harm": harm[who, month],
    })  # fmt: skip
