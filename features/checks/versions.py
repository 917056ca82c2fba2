"""Rows with one id: of two that are believed on the same day, the later is set aside."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

_FOREVER = pd.Timestamp.max.as_unit("ms")


def believed_twice(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row repeats the id of an earlier row that is not withdrawn by then.

    Earlier is what was known earlier and, on one day, what stands first in the file. A row that is
    set aside puts no other in doubt. (`features.events.contradictions` refuses the same files.)
    """
    versions = frame[["id", "known", "withdrawn"]].fillna({"withdrawn": _FOREVER})
    versions = versions[versions["known"] < versions["withdrawn"]]  # else it was never believed
    versions = versions.sort_values(["id", "known"], kind="stable")
    reached = versions.groupby("id")["withdrawn"].cummax().groupby(versions["id"]).shift()
    doubted = versions.loc[versions["known"] < reached, "id"]
    places = [
        place
        for _, same in versions[versions["id"].isin(doubted)].groupby("id")
        for place in _in_the_way(same)
    ]
    return pd.Series(frame.index.isin(places), frame.index)


def _in_the_way(same: pd.DataFrame) -> Iterator[Any]:
    reached = pd.Timestamp.min
    for place, known, withdrawn in same[["known", "withdrawn"]].itertuples():
        if known < reached:
            yield place
        else:
            reached = withdrawn
