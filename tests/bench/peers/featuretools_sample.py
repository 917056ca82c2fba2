"""Featuretools, by hand, for a sample: as many of the questions as its language can ask.

A table's time index is the day on which a row became known, so Featuretools itself keeps from an
answer what is known later. When a row happened and whether it was withdrawn are told to primitives
of our own, which are given the cutoff, and conditions are its `where`. What needs two tables at
once, or rows of those linked to the child, is left out: `COLUMNS` says what is in.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from features.case_file import to_frame
from features.tables import TABLES
from tests.bench.peers.answers import PLACES, Answers
from tests.bench.peers.featuretools_door import EntitySet, Feature, ft
from tests.bench.peers.featuretools_verbs import (
    UNKNOWN,
    CountWithin,
    DaysSinceLast,
    Different,
    Most,
    Total,
)

TABLES_ASKED = (
    "agency_events",
    "contacts",
    "findings",
    "screenings",
    "observations",
    "notifications",
)
Case = tuple[str, str | None, str | bool | None]  # table, and the code of a field


def load(folder: Path) -> EntitySet:
    """The tables as an entity set, each related to the children."""
    office = ft.EntitySet("office")
    frames = {name: _frame(folder, name) for name in TABLES_ASKED}
    children = pd.unique(pd.concat([frame["child"] for frame in frames.values()]))
    as_code = {"child": "Categorical"}
    office.add_dataframe(
        dataframe_name="children",
        dataframe=pd.DataFrame({"child": children}),
        index="child",
        logical_types=as_code,
    )
    for name, frame in frames.items():
        types = {column: _TYPES.get(column, "Categorical") for column in frame.columns}
        office.add_dataframe(
            dataframe_name=name,
            dataframe=frame,
            index="row",
            make_index=True,
            time_index="known",
            logical_types=types,
        )
        office.add_relationship("children", "child", name, "child")
    return office


_TYPES = {
    "happened": "Datetime",
    "known": "Datetime",
    "withdrawn": "Datetime",
    "days": "Double",
    "severity": "Double",
    "urgency": "Double",
    "child_seen": "BooleanNullable",
}
_COLUMNS = (*_TYPES, "child", "kind", "outcome", "source")


def _frame(folder: Path, name: str) -> pd.DataFrame:
    frame = to_frame(TABLES[name], pq.read_table(folder / f"{name}.parquet"))
    frame = frame.rename(columns={"person": "child"})
    return frame[[column for column in _COLUMNS if column in frame]]


def answer(office: EntitySet, pairs: pa.Table) -> Answers:
    """Every question of `COLUMNS` answered; the other columns are left missing."""
    asked = pairs.to_pandas(date_as_object=False).rename(columns={"cutoff": "time"})
    asked["time"] = asked["time"].astype("datetime64[ns]")
    once = asked.drop_duplicates(ignore_index=True)
    wanted = [_feature(office, *question) for question in COLUMNS.values()]
    matrix = ft.calculate_feature_matrix(
        wanted, office, cutoff_time=once, cutoff_time_in_index=True
    )
    made = matrix.loc[pd.MultiIndex.from_frame(asked)]
    answers = np.full((len(asked), len(PLACES)), np.nan)
    for name, feature in zip(COLUMNS, wanted, strict=True):
        numbers = made[feature.get_name()].to_numpy(np.float64)
        answers[:, PLACES[name]] = np.where(numbers == UNKNOWN, np.nan, numbers)
    return answers


def _feature(
    office: EntitySet, table: str, where: tuple[str, str | bool] | None, verb: object
) -> Feature:
    of_table = office[table].ww
    inputs = [Feature(of_table[name]) for name in ("happened", "withdrawn", *verb.reads)]
    kept = None if where is None else Feature(of_table[where[0]]) == where[1]
    return Feature(inputs, parent_dataframe_name="children", primitive=verb, where=kept)


_missed, _treated = ("kind", "health_check_missed"), ("kind", "injury_treated")
_absent, _police, _missing = (
    ("kind", "school_absence"),
    ("kind", "police_call"),
    ("kind", "missing"),
)
_found, _injury = ("outcome", "substantiated"), ("kind", "injury")

COLUMNS = {
    "health_checks_missed_2y": ("agency_events", _missed, CountWithin(730)),
    "health_checks_missed_ever": ("agency_events", _missed, CountWithin()),
    "days_since_health_check": ("agency_events", ("kind", "health_check_done"), DaysSinceLast()),
    "injuries_treated_6m": ("agency_events", _treated, CountWithin(183)),
    "injuries_treated_2y": ("agency_events", _treated, CountWithin(730)),
    "injuries_treated_ever": ("agency_events", _treated, CountWithin()),
    "hospital_stays": ("agency_events", ("kind", "hospital_stay"), CountWithin(730)),
    "school_absence_days_3m": ("agency_events", _absent, Total(91)),
    "school_absence_days_1y": ("agency_events", _absent, Total(365)),
    "longest_school_absence": ("agency_events", _absent, Most("days", 365)),
    "child_police_calls_1y": ("agency_events", _police, CountWithin(365)),
    "child_police_calls_ever": ("agency_events", _police, CountWithin()),
    "times_missing_1y": ("agency_events", _missing, CountWithin(365)),
    "times_missing_ever": ("agency_events", _missing, CountWithin()),
    "contacts_missed_6m": ("contacts", ("outcome", "missed"), CountWithin(183)),
    "contacts_missed_2y": ("contacts", ("outcome", "missed"), CountWithin(730)),
    "contacts_refused_6m": ("contacts", ("outcome", "refused"), CountWithin(183)),
    "contacts_refused_2y": ("contacts", ("outcome", "refused"), CountWithin(730)),
    "days_since_child_seen": ("contacts", ("child_seen", True), DaysSinceLast()),
    "days_since_contact_made": ("contacts", ("outcome", "made"), DaysSinceLast()),
    "substantiated_count_1y": ("findings", _found, CountWithin(365)),
    "substantiated_count_2y": ("findings", _found, CountWithin(730)),
    "substantiated_count_ever": ("findings", _found, CountWithin()),
    "substantiated_kind_count_2y": ("findings", _found, Different("kind", 730)),
    "substantiated_kind_count_ever": ("findings", _found, Different("kind")),
    "largest_substantiated_severity_2y": ("findings", _found, Most("severity", 730)),
    "largest_substantiated_severity_ever": ("findings", _found, Most("severity")),
    "days_since_last_substantiated": ("findings", _found, DaysSinceLast()),
    "unsubstantiated_count_1y": ("findings", ("outcome", "unsubstantiated"), CountWithin(365)),
    "unsubstantiated_count_ever": ("findings", ("outcome", "unsubstantiated"), CountWithin()),
    "inconclusive_count_2y": ("findings", ("outcome", "inconclusive"), CountWithin(730)),
    "inconclusive_count_ever": ("findings", ("outcome", "inconclusive"), CountWithin()),
    "screened_out_count_1y": ("screenings", ("outcome", "screened_out"), CountWithin(365)),
    "screened_out_count_ever": ("screenings", ("outcome", "screened_out"), CountWithin()),
    "highest_urgency_1y": ("screenings", None, Most("urgency", 365)),
    "highest_urgency_ever": ("screenings", None, Most("urgency")),
    "injury_count_6m": ("observations", _injury, CountWithin(183)),
    "injury_count_2y": ("observations", _injury, CountWithin(730)),
    "injury_count_ever": ("observations", _injury, CountWithin()),
    "danger_signs_on_record_1y": ("observations", None, CountWithin(365)),
    "danger_signs_on_record_ever": ("observations", None, CountWithin()),
    "notification_count_6m": ("notifications", None, CountWithin(183)),
    "notification_count_1y": ("notifications", None, CountWithin(365)),
    "notification_count_2y": ("notifications", None, CountWithin(730)),
    "notification_count_ever": ("notifications", None, CountWithin()),
    "notification_source_count_1y": ("notifications", None, Different("source", 365)),
    "notification_source_count_ever": ("notifications", None, Different("source")),
    "police_notification_count_1y": ("notifications", ("source", "police"), CountWithin(365)),
    "police_notification_count_ever": ("notifications", ("source", "police"), CountWithin()),
}
