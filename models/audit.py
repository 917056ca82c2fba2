"""The audited groups: protected facts that no feature reads, looked at only to judge a model."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.case_file import CaseFile
from features.language.fields import Flag
from features.tables import children
from models.groups import NOT_KNOWN
from models.measures import Numbers
from models.spec import ModelSpec

Names = npt.NDArray[Any]
_BANDS = ("0-2", "3-5", "6-11", "12-14", "15-17", "18+")
_BAND_ENDS = (3, 6, 12, 15, 18)  # the first age of the next band


def audited_groups(
    spec: ModelSpec, case_file: CaseFile, names: Names, ages: Numbers
) -> Mapping[str, Names]:
    """For each audited field, the group of each example: given by its child's name and age.

    A child's group is what is on record on the day the case file was drawn: where several rows are,
    the last of them.
    """
    frame = case_file.tables.get(children.name)
    return {
        field: age_bands(ages) if field == "age_band" else _recorded(field, frame, names)
        for field in spec.audited_by
    }


def age_bands(ages: Numbers) -> Names:
    """The band of each age: before nursery, nursery, elementary, middle and high school."""
    bands = np.array(_BANDS, dtype=object)[np.digitize(np.nan_to_num(ages), _BAND_ENDS)]
    return np.where(np.isnan(ages), NOT_KNOWN, bands)


def _recorded(field: str, frame: pd.DataFrame | None, names: Names) -> Names:
    if frame is None:
        return np.full(len(names), NOT_KNOWN, dtype=object)
    believed = frame[frame["withdrawn"].isna()].drop_duplicates("child", keep="last")
    told = believed.set_index("child")[field].reindex(names)
    if isinstance(children.columns[field], Flag):
        told = told.map({True: "yes", False: "no"})
    return told.astype(object).where(told.notna(), NOT_KNOWN).to_numpy(dtype=object)
