"""Groups are read from the protected fields, and "not known" is said where nothing is on record."""

from dataclasses import replace
from datetime import date

import numpy as np

from features.case_file import CaseFile
from models.audit import age_bands, audited_groups
from models.specs import spec_of
from tests.small_world import read_world

SPEC = replace(spec_of("placement_24m"), audited_by=("sex", "age_band", "disability", "ethnicity"))
CASE_FILE = CaseFile.of_events(
    date(2024, 4, 1),
    read_world(
        """
        children
          id | child | happened   | known      | withdrawn  | sex    | disability
          a  | one   | 2020-01-01 | 2020-01-01 | 2021-01-01 | male   | no
          a  | one   | 2020-01-01 | 2021-01-01 |            | female | yes   <- corrected
          b  | two   | 2020-01-01 |            |            | male   |
          c  | three | 2020-01-01 |            |            | male   | no
          d  | three | 2020-02-01 |            |            | female | no    <- never corrected
        """
    ).case_file,
)


def test_groups_are_those_on_record() -> None:
    names = np.array(["two", "one", "nobody", "three"], dtype=object)
    groups = audited_groups(SPEC, CASE_FILE, names, np.array([3.0, 17.0, np.nan, 4.0]))
    assert {field: group.tolist() for field, group in groups.items()} == {
        "sex": ["male", "female", "not known", "female"],
        "age_band": ["3-5", "15-17", "not known", "3-5"],
        "disability": ["not known", "yes", "not known", "no"],
        "ethnicity": ["not known"] * 4,
    }


def test_without_children_on_record_no_group_is_known() -> None:
    nothing = CaseFile(date(2024, 4, 1), {})
    groups = audited_groups(SPEC, nothing, np.array(["one"], dtype=object), np.array([np.nan]))
    assert {group.item() for group in groups.values()} == {"not known"}


def test_bands_begin_where_school_does() -> None:
    ages = np.array([0.0, 2, 3, 5, 6, 11, 12, 14, 15, 17, 18])
    bands = ["0-2", "0-2", "3-5", "3-5", "6-11", "6-11", "12-14", "12-14", "15-17", "15-17", "18+"]
    assert age_bands(ages).tolist() == bands
