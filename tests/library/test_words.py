"""What the features say: in both languages, each in its own words, and shown by its example."""

import re
from collections import Counter

import pytest

from features.engines.one_child import answer
from features.histories import history_of
from features.language.feature import Feature
from features.language.text import LANGUAGES, Language, Text
from features.library import FEATURES
from tests.small_world import CHILD, SmallWorld, read_world

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
FULL_WIDTH = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
BLANK = re.compile(r"\{\w+\}")
PARTICLE_TWICE = re.compile("にに|のの|、、")
SENTENCES = re.compile(r"[A-Z][^.]+\.( [A-Z][^.]+\.)*")

every_feature = pytest.mark.parametrize("feature", FEATURES.values(), ids=FEATURES)


@every_feature
def test_japanese_is_japanese_and_english_has_none(feature: Feature) -> None:
    for text in (feature.reason.some, feature.reason.none):
        assert JAPANESE.search(BLANK.sub("", text.ja))
        assert re.search(r"[a-z]", BLANK.sub("", text.en))
        assert not FULL_WIDTH.search(text.en)


@every_feature
def test_words_read_well_with_every_window_filled_in(feature: Feature) -> None:
    for column in feature.columns:
        for text in (feature.reason.some, feature.reason.none):
            assert not PARTICLE_TWICE.search(_filled(text, "ja", column.window.words))
            assert "  " not in _filled(text, "en", column.window.words)


@every_feature
def test_several_windows_are_told_apart_in_the_words(feature: Feature) -> None:
    if len(feature.columns) > 1:
        assert "window" in feature.reason.some.blanks & feature.reason.none.blanks


@every_feature
def test_a_number_is_told_and_a_yes_needs_none(feature: Feature) -> None:
    assert ("value" in feature.reason.some.blanks) == (feature.unit != "flag")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_features_say_the_same(language: Language) -> None:
    said = Counter(getattr(feature.reason.some, language) for feature in FEATURES.values())
    assert [words for words, times in said.items() if times > 1] == []


def test_no_two_columns_ask_the_same() -> None:
    asked = Counter(c.fingerprint for feature in FEATURES.values() for c in feature.columns)
    assert [print_ for print_, times in asked.items() if times > 1] == []


@every_feature
def test_meaning_is_told_in_whole_sentences(feature: Feature) -> None:
    assert SENTENCES.fullmatch(feature.about)


@every_feature
def test_example_tells_the_windows_apart(feature: Feature) -> None:
    if len(feature.columns) > 1:
        assert len(set(read_world(feature.example).gives.values())) > 1


@every_feature
def test_yes_in_an_example_rests_on_one_row(feature: Feature) -> None:
    """So that the other rows are seen not to count: a yes alone would hide it."""
    world = read_world(feature.example)
    if feature.unit == "flag" and any(world.gives.values()):
        assert any(answers != _answers(feature, world) for answers in _one_row_less(feature, world))


@every_feature
def test_example_has_a_row_that_must_not_count(feature: Feature) -> None:
    """Or is a single row, on an edge."""
    world = read_world(feature.example)
    less = _one_row_less(feature, world)
    assert len(less) == 1 or any(answers == _answers(feature, world) for answers in less)


def _filled(text: Text, language: Language, window: Text) -> str:
    return text.filled(window=window, value=Text("2", "2")).read(language)


def _answers(feature: Feature, world: SmallWorld) -> list[float | None]:
    history = history_of(CHILD, world.case_file)
    return [answer(column.value, history, world.cutoff).number for column in feature.columns]


def _one_row_less(feature: Feature, world: SmallWorld) -> list[list[float | None]]:
    """The answers without each row, one after another, of the table that the answer is made of."""
    table = feature.columns[0].value.table
    rows = world.case_file[table]
    return [
        _answers(
            feature,
            SmallWorld(world.cutoff, {**world.case_file, table: rows[:place] + rows[place + 1 :]}),
        )
        for place in range(len(rows))
    ]
