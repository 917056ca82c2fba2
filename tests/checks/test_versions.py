"""One id, several rows: corrections take turns, and of two believed at once the later goes."""

from datetime import timedelta
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from features.checks.versions import believed_twice
from features.events import Event, contradictions
from tests.checks.small_folder import check_rows, kept_ids, row, told

FIRST = pd.Timestamp("2024-01-01")
Version = tuple[str, int, int | None]  # the id, and from which until which day it is believed


def frame(versions: list[Version]) -> pd.DataFrame:
    known = [FIRST + timedelta(known) for _, known, _ in versions]
    withdrawn = [None if day is None else FIRST + timedelta(day) for *_, day in versions]
    days = pd.DataFrame({"known": known, "withdrawn": withdrawn}, dtype="datetime64[ms]")
    return days.assign(id=[name for name, *_ in versions])


def events(versions: list[Version]) -> list[Event]:
    return [Event(name, 0, known, withdrawn, None, {}) for name, known, withdrawn in versions]


def test_the_later_of_two_is_set_aside_wherever_it_stands(tmp_path: Path) -> None:
    later = row(id="v", kind="phone", known="2024-01-20")
    checked = check_rows(tmp_path, contacts=[later, row(id="v", kind="visit"), row(id="w")])
    assert told(checked) == [("contacts.id", "believed_twice", ["v"])]
    assert checked.found[0].places == (1,)
    assert list(checked.kept["contacts"]["kind"].dropna()) == ["visit"]


def test_a_correction_is_no_duplicate(tmp_path: Path) -> None:
    before = row(id="v", kind="phone", withdrawn="2024-01-20")
    after = row(id="v", kind="visit", known="2024-01-20")
    checked = check_rows(tmp_path, contacts=[before, after])
    assert checked.clean
    assert kept_ids(checked, "contacts") == ["v", "v"]


def test_what_is_set_aside_is_in_nobodys_way() -> None:
    versions: list[Version] = [("v", 0, 5), ("v", 2, None), ("v", 5, None)]
    assert list(believed_twice(frame(versions))) == [False, True, False]


drawn = st.lists(
    st.tuples(st.sampled_from("vw"), st.integers(0, 4), st.none() | st.integers(0, 3)).map(
        lambda v: (v[0], v[1], None if v[2] is None else v[1] + v[2])
    ),
    max_size=6,
)


@given(drawn)
def test_what_is_kept_does_not_contradict_itself_and_no_more_is_set_aside(
    versions: list[Version],
) -> None:
    wrong = list(believed_twice(frame(versions)))
    kept = [version for version, out in zip(versions, wrong, strict=True) if not out]
    assert not contradictions(events(kept), ["row"] * len(kept))
    for version, out in zip(versions, wrong, strict=True):
        if out:
            assert contradictions(events([*kept, version]), ["row"] * (len(kept) + 1))
