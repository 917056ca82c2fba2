"""The audit report: everything that somebody must know who answers for a model, on one page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from features.case_file import CaseFile
from features.errors import KizukiError
from features.language.text import LANGUAGES, Language
from features.library import FEATURES
from features.reading import calendar_day
from models import card as cards
from models.card import card, limits
from models.spec import Gate, Mitigation, ModelSpec
from models.specs import NAMES, spec_of
from tests.browser import CONTRAST, opened
from training.audit.leaning import MOST, forgets, leanings
from training.audit.page import page_of, write_audit
from training.audit.words import WORDS
from training.folds import by_fold
from training.judge import GateResult
from training.record import Training, measured
from training.rolling import roll
from training.splits import ORIGINS, TEST

PARTS = ("gates", "about", "well", "baselines", "calibration", "lift", "probabilities", "range",
         "groups", "pairs", "stable", "origins", "features", "mitigation", "limits",
         "frames")  # fmt: skip


@pytest.fixture(scope="module")
def pages(training: Training) -> dict[Language, str]:
    return {language: page_of(training, language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there_in_order(pages: dict[Language, str], language: Language) -> None:
    places = [pages[language].find(f">{WORDS[part].read(language)}</h") for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_needs_nothing_but_itself_and_is_the_same_every_time(
    training: Training, pages: dict[Language, str], language: Language
) -> None:
    assert not re.findall(r'(?:src|href)="(?!data:)', pages[language])
    assert len(pages[language]) < 200_000
    assert page_of(training, language) == pages[language]


def test_it_names_no_child(pages: dict[Language, str], office: CaseFile) -> None:
    words = set(re.findall(r"[\w-]+", pages["en"]))
    assert not words & set(office.tables["children"]["child"])


def test_measures_have_intervals_and_small_groups_are_insufficient_evidence(
    training: Training, pages: dict[Language, str]
) -> None:
    assert str(training.judged.measures["auroc"]) in pages["en"]
    assert "insufficient evidence" in pages["en"]
    assert "判断材料が不足" in pages["ja"]
    small = sum(not g.enough("false_negative_rate") for g in training.judged.pairs)
    assert small > 0


def test_it_tells_how_steady_the_fit_is(
    training: Training, pages: dict[Language, str], narrow: ModelSpec, office: CaseFile
) -> None:
    """Over folds of households always; over days of the past where they were looked at."""
    folds = by_fold(training.answered, training.slices.by_name[TEST].folds)
    assert sum(fold.count for fold in folds) == len(training.answered.outcomes)
    told = card(training.model_spec, measured(training))
    for fold in folds:
        reached = f"{fold.measures['auroc']:.3f}"
        assert f'<td class="number">{reached}</td>' in pages["en"]
        assert f"| {fold.count} | {fold.positives} | {reached} |" in told
    assert "with --origins, a training is fitted anew" in pages["en"]
    assert "was not fitted anew on days of the past" in told

    rolled = replace(training, rolled=roll(narrow, office))
    page, told = page_of(rolled, "ja"), card(training.model_spec, measured(rolled))
    assert len(rolled.rolled) == ORIGINS
    for at in rolled.rolled:
        assert str(at.measures["auroc"]) in page
        assert str(at.measures["auroc"]) in told
        assert calendar_day(at.learnt_by).isoformat() in told


def test_a_gate_that_fails_is_told_first(training: Training) -> None:
    failed = GateResult(Gate("selection_rate_gap", by="sex+office", at_most=0.1), 0.3)
    judged = replace(training.judged, gates=[*training.judged.gates, failed])
    page = page_of(replace(training, judged=judged), "en")
    assert "1 gate(s) fail" in page
    assert "gap: flagged, by sex and the office in charge at most 0.1" in page
    assert page.index("1 gate(s) fail") < page.index("What must hold")


def test_what_was_dropped_is_said_and_never_read(training: Training) -> None:
    read = training.spec.features[0]
    with pytest.raises(ValueError, match="dropped"):
        replace(training.spec, mitigation=Mitigation(dropped=(read,)))
    unread = FEATURES["moves"]
    spec = replace(training.spec, mitigation=Mitigation(dropped=(unread,)))
    page = page_of(replace(training, spec=spec), "en")
    assert "Features that are dropped</strong></td><td>moves</td>" in page
    assert "| Features dropped | `moves` |" in cards.card(spec, None)


def test_the_promises_are_said_where_mitigation_is(
    training: Training, pages: dict[Language, str]
) -> None:
    names = ", ".join(feature.name for feature in training.model_spec.rising)
    assert f"Features that never lower the score</strong></td><td>{names}</td>" in pages["en"]
    assert f"スコアを決して下げない特徴量</strong></td><td>{names}</td>" in pages["ja"]


def test_the_demands_of_law_and_guidance_are_all_there(pages: dict[Language, str]) -> None:
    for number in range(9, 16):
        assert re.search(rf"art\. {number}:", pages["en"])
        assert f"第{number}条" in pages["ja"]
    assert all(word in pages["en"] for word in ("govern", ">map<", ">measure<", ">manage<"))
    assert all("こどもデータ連携" in page for page in pages.values())


def test_features_are_told_by_their_gain_and_the_group_they_stand_for(training: Training) -> None:
    told = leanings(training)
    assert len(told) == MOST
    assert [one.gain for one in told] == sorted((one.gain for one in told), reverse=True)
    assert {one.proxy.field for one in told if one.proxy} <= {
        "sex", "nationality", "disability", "income_support", "office"
    }  # fmt: skip
    for one in told:
        feature = FEATURES[one.name]
        assert training.spec.columns[one.place] in feature.columns
        endless = any(column.window.days is None for column in feature.columns)
        assert (forgets(feature) is None) == (endless and feature.sunset is None)


@pytest.mark.parametrize("name", NAMES)
def test_limits_are_written_by_hand_in_both_languages(name: str) -> None:
    told = {language: limits(spec_of(name), language) for language in LANGUAGES}
    assert told["ja"].count("\n- ") == told["en"].count("\n- ") >= 3


def test_without_limits_there_is_no_report(
    training: Training, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cards, "HERE", tmp_path)
    with pytest.raises(KizukiError, match=r"LIMITS.ja.md: write down by hand"):
        page_of(training, "ja")


@pytest.mark.parametrize(("language", "width"), [("ja", 820), ("en", 1280)])
def test_it_can_be_read_at_a_desk_and_on_a_tablet(
    training: Training, browser: Browser, tmp_path: Path, language: Language, width: int
) -> None:
    write_audit(training, tmp_path)
    assert {path.name for path in (tmp_path / "plots").iterdir()} == {
        "calibration.svg", "lift.svg", "probabilities.svg"
    }  # fmt: skip
    page, asked, complaints = opened(browser, tmp_path / f"audit.{language}.html", width)
    assert (len(asked), complaints) == (1, [])  # the page itself, and nothing more
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) >= 4.5
    page.close()
