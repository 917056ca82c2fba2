"""The same arguments make the same town, and nobody in it is nameless."""

import os
from pathlib import Path

import pandas as pd
import pytest

from features.errors import KizukiError
from features.town.names import common_names, names_from
from features.town.town import Town, make_town

LISTS = Path(os.environ.get("KIZUKI_SHARED", Path(__file__).parents[3] / "shared"))
LISTS = LISTS / "data" / "japanese_names"
READING = r"[ぁ-ゖー]+"


def same(one: Town, other: Town) -> bool:
    pairs = [(frame, other.case_file.tables[name]) for name, frame in one.case_file.tables.items()]
    return all(a.equals(b) for a, b in [*pairs, (one.truth, other.truth)])


@pytest.mark.parametrize("profile", ["jp", "us"])
def test_the_same_arguments_make_the_same_town(profile: str) -> None:
    assert same(make_town(200, 4, 5, profile), make_town(200, 4, 5, profile))


def test_the_same_town_is_the_same_bytes_on_disk(small: Town, tmp_path: Path) -> None:
    small.write(tmp_path / "one")
    make_town(400, 6, 2, "jp").write(tmp_path / "other")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    "other", [(200, 4, 6, "jp"), (200, 5, 5, "jp"), (300, 4, 5, "jp"), (200, 4, 5, "us")]
)
def test_other_arguments_make_another_town(other: tuple[int, int, int, str]) -> None:
    assert not same(make_town(200, 4, 5, "jp"), make_town(*other))


@pytest.mark.parametrize(("children", "years"), [(20, 1), (150, 8), (1000, 2), (1000, 12)])
@pytest.mark.parametrize("profile", ["jp", "us"])
def test_the_town_has_as_many_children_as_whole_families_allow(
    children: int, years: int, profile: str
) -> None:
    made = make_town(children, years, 3, profile).case_file.tables["children"]["child"].nunique()
    assert children - 10 <= made <= children


def test_who_is_on_file_was_notified_or_lives_with_a_child_who_was(jp: Town) -> None:
    tables = jp.case_file.tables
    notified = set(tables["notifications"]["child"])
    members = tables["members"]
    reached = members[members["person"].isin(notified)]["child"]
    others = set(tables["children"]["child"]) - notified - set(reached)
    assert len(others) < 0.005 * len(tables["children"])  # with siblings not yet on record


def test_japanese_names_have_readings_in_kana(jp: Town) -> None:
    people = jp.case_file.tables["people"]
    assert people[["family_name", "given_name"]].notna().all().all()
    assert people["family_reading"].str.fullmatch(READING).all()
    assert people["given_reading"].str.fullmatch(READING).all()
    assert people["family_name"].nunique() >= 40


def test_common_family_names_are_common(jp: Town) -> None:
    counts = jp.case_file.tables["people"]["family_name"].value_counts()
    assert counts["佐藤"] > 3 * counts["中野"]


def test_english_names_have_none(us: Town) -> None:
    people = us.case_file.tables["people"]
    assert people[["family_name", "given_name"]].map(str.isalpha).all().all()
    assert people[["family_reading", "given_reading"]].isna().all().all()


@pytest.mark.parametrize("japanese", [True, False])
def test_there_are_enough_common_names(*, japanese: bool) -> None:
    names = common_names(japanese=japanese)
    for several in (names.family, names.girls, names.boys):
        assert len(dict(several)) >= 40
        assert len(dict(several)) == len(several)


def test_a_child_bears_the_name_of_its_mother(jp: Town) -> None:
    tables = jp.case_file.tables
    names = tables["people"].set_index("person")["family_name"]
    mothers = tables["members"][tables["members"]["relation"] == "mother"]
    same_name = mothers["child"].map(names) == mothers["person"].map(names)
    assert same_name.mean() > 0.98


@pytest.mark.skipif(not LISTS.is_dir(), reason="the lists of Japanese names are not at hand")
def test_lists_of_names_bring_more_of_them() -> None:
    people = make_town(2000, 4, 5, "jp", names_from(LISTS)).case_file.tables["people"]
    assert people["family_name"].nunique() > 500
    assert people["family_reading"].str.fullmatch(READING).all()
    assert people["family_name"].value_counts().head(5).isin(range(10, 200)).all()


@pytest.mark.parametrize(
    ("children", "years", "seed", "profile"),
    [
        (19, 8, 7, "jp"),
        (500, 0, 7, "jp"),
        (500, 18, 7, "jp"),
        (500, 8, -1, "jp"),
        (500, 8, 7, "fr"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(
    children: int, years: int, seed: int, profile: str
) -> None:
    with pytest.raises(KizukiError):
        make_town(children, years, seed, profile)


def test_the_rows_stand_in_the_order_in_which_they_were_recorded(jp: Town) -> None:
    for frame in jp.case_file.tables.values():
        assert frame["known"].is_monotonic_increasing
        assert isinstance(frame.index, pd.RangeIndex)
