"""Names and addresses that are the same come to one spelling, and others do not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.linking.romaji import reading_key
from features.linking.spelling import VARIANTS, digits, folded, folded_address, script
from tests.linking.hepburn import hepburn
from tests.linking.slips import KANA

ONE_NAME = [
    "高橋 髙橋", "吉野 𠮷野", "山崎 山﨑", "斎藤 齋藤 斉藤 齊藤", "渡辺 渡邊 渡邉", "沢田 澤田",
    "浜田 濱田 濵田", "広瀬 廣瀬 廣瀨", "桜井 櫻井", "国分 國分", "たかはし タカハシ ﾀｶﾊｼ",
    "smith Smith ＳＭＩＴＨ", "がぎ ｶﾞｷﾞ",
]  # fmt: skip
TWO_NAMES = ["高橋 高梨", "斎藤 佐藤", "伊藤 伊東", "さとう さいとう"]
ONE_READING = [
    "さとう サトウ ｻﾄｳ Sato Satō Satou Satoh SATO", "おおの おの Ohno Ono Ōno",
    "しょうた しようた ｼﾖｳﾀ Shota Shouta Syota", "じゅんいち Junichi Jun'ichi Zyun'iti",
    "つちや Tsuchiya Tutiya", "ふじい Fujii Huzii", "ほんま Homma Honma", "はっとり Hattori",
    "みづき みずき Mizuki Miduki", "ちゃちゃ Chacha Tyatya",
]  # fmt: skip
TWO_READINGS = ["さとう さいとう", "はると はるか", "ゆい ゆき", "Sato Seto"]


@pytest.mark.parametrize("names", ONE_NAME)
def test_one_name_comes_to_one_spelling(names: str) -> None:
    assert len({folded(name) for name in names.split()}) == 1


@pytest.mark.parametrize("names", TWO_NAMES)
def test_two_names_stay_two(names: str) -> None:
    assert len({folded(name) for name in names.split()}) == 2


@pytest.mark.parametrize("readings", ONE_READING)
def test_one_reading_comes_to_one_key(readings: str) -> None:
    assert len({reading_key(reading, None) for reading in readings.split()}) == 1


@pytest.mark.parametrize("readings", TWO_READINGS)
def test_two_readings_stay_two(readings: str) -> None:
    assert len({reading_key(reading, None) for reading in readings.split()}) == 2


def test_a_name_in_kana_or_latin_letters_tells_its_own_reading() -> None:
    assert reading_key(None, "Saitō") == reading_key(None, "さいとう") == "saito"
    assert reading_key(None, "斎藤") is None
    assert reading_key("さいとう", "斎藤") == "saito"


def test_the_table_of_variants_leads_each_to_one_usual_form() -> None:
    groups = VARIANTS.split()
    forms = [form for group in groups for form in group]
    assert len(forms) == len(set(forms))
    assert all(len(group) > 1 for group in groups)
    assert unicodedata.normalize("NFKC", VARIANTS) == VARIANTS  # else NFKC had done the work


@pytest.mark.parametrize(
    ("name", "written_in"),
    [
        ("高橋", "kanji"),
        ("さとう", "kana"),
        ("まーく", "kana"),
        ("o'brien", "latin"),
        ("さ藤", "kanji"),
    ],
)
def test_the_script_of_a_name(name: str, written_in: str) -> None:
    assert script(folded(name)) == written_in


@pytest.mark.parametrize(
    "written",
    [
        "本町２丁目３番４号",
        "本町2-3-4",
        "本町二丁目3番地4",
        "本町２－３－４",
        "本町 ２‐３‐４",
        "本町2丁目3の4",
    ],
)
def test_one_address_comes_to_one_spelling(written: str) -> None:
    assert folded_address(written) == "本町2-3-4"


def test_a_postal_code_is_its_digits() -> None:
    assert digits("〒１２３－４５６７") == digits("123-4567") == "1234567"


@given(st.text(KANA, min_size=1, max_size=8))
def test_a_reading_and_its_passport_spelling_share_a_key(reading: str) -> None:
    latin = hepburn(reading)
    assert reading_key(reading, None) == reading_key(None, latin) or not latin


@given(st.text(max_size=12))
def test_what_is_folded_stays_as_it_is(name: str) -> None:
    assert folded(folded(name)) == folded(name)
