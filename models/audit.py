"""The groups by which a model is judged: those on record, and bands of age."""

from collections.abc import Mapping

import numpy as np

from features.case_file import CaseFile
from features.groups import AGE_BAND, NOT_KNOWN, Names, recorded_groups
from features.tables import children
from models.measures import Numbers
from models.spec import ModelSpec

_BANDS = ("0-2", "3-5", "6-11", "12-14", "15-17", "18+")
_BAND_ENDS = (3, 6, 12, 15, 18)  # the first age of the next band


def audited_groups(
    spec: ModelSpec, case_file: CaseFile, names: Names, ages: Numbers
) -> Mapping[str, Names]:
    """For each audited field, the group of each example: given by its child's name and age."""
    frame = case_file.tables.get(children.name)
    return {
        field: age_bands(ages) if field == AGE_BAND else recorded_groups(field, frame, names)
        for field in spec.audited_by
    }


def age_bands(ages: Numbers) -> Names:
    """The band of each age: before nursery, nursery, elementary, middle and high school."""
    bands = np.array(_BANDS, dtype=object)[np.digitize(np.nan_to_num(ages), _BAND_ENDS)]
    return np.where(np.isnan(ages), NOT_KNOWN, bands)
