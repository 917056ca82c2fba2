"""The audited groups: protected facts that no feature reads, looked at only to judge."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.language.fields import Choice, Flag
from features.language.text import Text
from features.tables import children

NOT_KNOWN = "not known"
LEAST_EXAMPLES = 30  # of fewer in a group nothing is concluded
WIDEST_INTERVAL = 0.3  # wider, and both a fair and a grossly unfair group would fit in
PROTECTED = tuple(name for name, field in children.columns.items() if field.protected)

AGE_BAND = "age_band"  # worked out of the day of birth, and no field of the table
_TOLD = {
    NOT_KNOWN: Text("不明", "not known"),
    "yes": Text("はい", "yes"),
    "no": Text("いいえ", "no"),
}

Names = npt.NDArray[Any]


def field_words(field: str) -> Text:
    """An audited field in words; one that is no field of ours, of a ready-made table, by name."""
    if field == AGE_BAND:
        return Text("年齢", "age")
    recorded = children.columns.get(field)
    return recorded.words if recorded else Text(field, field)


def group_words(field: str, name: str) -> Text:
    """A group of an audited field in words: those of its code, or the name of an office as it is.

    Ages are told as the years that the group spans.
    """
    coded = children.columns.get(field)
    codes = coded.allowed if isinstance(coded, Choice) else {}
    return _TOLD.get(name) or codes.get(name) or Text.said(name, name)


def recorded_groups(field: str, frame: pd.DataFrame | None, names: Names) -> Names:
    """The group of each child, by name, from a protected field of the frame of `children`.

    A child's group is what is on record on the day the case file was drawn: where several rows are,
    the last of them. It is not known where nothing is on record, or no frame is given.
    """
    if frame is None:
        return np.full(len(names), NOT_KNOWN, dtype=object)
    believed = frame[frame["withdrawn"].isna()].drop_duplicates("child", keep="last")
    told = believed.set_index("child")[field].reindex(names)
    if isinstance(children.columns[field], Flag):
        told = told.map({True: "yes", False: "no"})
    return told.astype(object).where(told.notna(), NOT_KNOWN).to_numpy(dtype=object)
