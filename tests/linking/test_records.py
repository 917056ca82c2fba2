"""What an office knows of a person, made comparable: a small case file in, one row each out."""

import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from features.linking.records import as_written, records_of
from tests.linking.test_combine import AS_OF, case_file

PERSON = {"id": "p1", "happened": "2015-02-03", "person": "k1"}
OTHER = case_file(people=[PERSON | {"family_name": "Sato"}])


def known(one: CaseFile, person: str = "k1") -> dict[str, object]:
    """What is known of the person in that case file, beside another in which nobody is alike."""
    frame = records_of({"north": one, "south": OTHER})
    row = frame[(frame["agency"] == "north") & (frame["person"] == person)].iloc[0]
    return {name: value for name, value in row.items() if value is not None and name != "agency"}


def test_names_and_addresses_are_spelt_one_way() -> None:
    written = {
        "family_name": "髙橋",
        "given_name": "陽菜",
        "family_reading": "ﾀｶﾊｼ",
        "postal_code": "〒123-4567",
        "municipality": "浜町",
        "address_rest": "本町２丁目３番４号",
    }
    assert known(case_file(people=[PERSON | written])) == {
        "person": "k1",
        "family": "高橋",
        "family_script": "kanji",
        "family_key": "takahasi",
        "given": "陽菜",
        "given_script": "kanji",
        "postal_code": "1234567",
        "municipality": "浜町",
        "address_rest": "本町2-3-4",
    }


def test_the_reading_stands_for_a_name_that_is_missing() -> None:
    row = known(case_file(people=[PERSON | {"given_reading": "ﾋﾅ"}]))
    assert (row["given"], row["given_script"], row["given_key"]) == ("ひな", "kana", "hina")


def test_the_version_that_was_known_last_counts_and_one_withdrawn_does_not() -> None:
    first = PERSON | {"family_name": "田中", "withdrawn": "2020-01-01"}
    then = PERSON | {"family_name": "高橋", "known": "2020-01-01"}
    wrong = {"id": "p2", "known": "2021-01-01", "withdrawn": "2022-01-01", "family_name": "山本"}
    row = known(case_file(people=[first, then, PERSON | wrong]))
    assert row["family"] == "高橋"


def test_birth_and_sex_are_those_of_the_child_else_what_housemates_gave() -> None:
    lived: dict[str, object] = {"id": "m1", "happened": "2015-02-03", "child": "k1"}
    file = case_file(
        people=[PERSON | {"given_reading": "ひな"},
                PERSON | {"id": "p2", "person": "a1", "given_reading": "めぐみ"}],
        children=[{"id": "c1", "happened": "2015-02-03", "child": "k1", "sex": "female"}],
        members=[lived | {"person": "a1", "born": "1990-11-12", "relation": "mother"}],
    )  # fmt: skip
    child, mother = known(file), known(file, "a1")
    assert (child["born"], child["born_swapped"], child["sex"]) == (
        "2015-02-03", "2015-03-02", "female",
    )  # fmt: skip
    assert child["housemates"] == ["megumi 1990-11-12"]
    assert (mother["born"], mother["born_swapped"]) == ("1990-11-12", "1990-12-11")
    assert mother["housemates"] == ["hina 2015-02-03"]


def test_a_day_that_cannot_be_a_month_is_not_swapped() -> None:
    child = {"id": "c1", "happened": "2015-02-13", "child": "k1"}
    file = case_file(people=[PERSON | {"family_name": "高橋"}], children=[child])
    assert "born_swapped" not in known(file)


def test_who_has_no_name_is_not_compared() -> None:
    nameless = case_file(people=[PERSON, PERSON | {"id": "p2", "person": "k2", "given_name": "葵"}])
    frame = records_of({"north": nameless, "south": OTHER})
    assert list(frame["person"]) == ["k2", "k1"]


def test_what_is_shown_is_what_was_written() -> None:
    written = {"family_name": "髙橋", "family_reading": "ﾀｶﾊｼ", "address_rest": "本町２－３"}
    shown = as_written({"north": case_file(people=[PERSON | written]), "south": OTHER}).iloc[0]
    assert {name: shown[name] for name in written} == written


@pytest.mark.parametrize("tables", [{}, {"people": OTHER.tables["people"][:0]}])
def test_an_agency_that_names_nobody_is_refused(tables: dict[str, object]) -> None:
    with pytest.raises(KizukiError, match="north: the table people is missing or empty"):
        records_of({"north": CaseFile(AS_OF, tables), "south": OTHER})  # type: ignore[arg-type]
