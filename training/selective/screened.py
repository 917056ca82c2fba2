"""Who was looked at: what was decided at intake about the notification of each example."""

import numpy as np
import pandas as pd

from features.case_file import CaseFile
from features.errors import KizukiError
from features.groups import Names
from features.reading import calendar_day
from features.tables import notifications, screenings
from training.examples import Examples

SCREENED_IN, SCREENED_OUT, NOT_ON_RECORD = "screened in", "screened out", "not on record"


def screened(case_file: CaseFile, examples: Examples) -> Names:
    """For each example, whether a notification that made it was screened in, as is known now.

    The decision comes after the cutoff: it is looked at to judge, and never to score. What was
    passed on to another service was not looked at here. Raises KizukiError where the office
    records no screenings, or the examples are not made by notifications.
    """
    missing = {screenings.name, notifications.name} - set(case_file.tables)
    if missing:
        raise KizukiError(
            f"the case file does not record {', '.join(sorted(missing))}: who was looked at is not "
            "known, so nothing can be said of those who were not"
        )
    made = case_file.tables[notifications.name].groupby("id")
    told = pd.DataFrame({"child": made["child"].last(), "known": made["known"].min()})
    decided = case_file.tables[screenings.name]
    decided = decided[decided["withdrawn"].isna()]
    taken_up = (decided["outcome"] == "screened_in").groupby(decided["notification"]).any()
    told["taken_up"] = taken_up.reindex(told.index).astype(float)
    by_day = told.groupby(["child", "known"])["taken_up"].max()
    days = pd.to_datetime([calendar_day(int(day)) for day in examples.cutoffs])
    asked = pd.MultiIndex.from_arrays([examples.children, days])
    answer = by_day.reindex(asked).to_numpy()
    return np.select([answer == 1, answer == 0], [SCREENED_IN, SCREENED_OUT], NOT_ON_RECORD)
