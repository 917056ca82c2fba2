"""`kizuki plan`: from what training kept to a page, a picture and numbers."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser

from features.case_file import CaseFile
from features.language.text import LANGUAGES, Language
from models.specs import spec_of
from tests.browser import CONTRAST, opened
from tests.training.planning.small_slice import drawn, slice_of
from tests.typed import typed
from training.planning.judged_slice import read_judged
from training.planning.page import page_of, picture_of
from training.planning.plan import Means, make_plan
from training.record import REFERENCE, Training
from training.registry import Registry
from training.splits import TEST
from training.train import keep_training

MODEL = "placement_24m"
SPEC = spec_of(MODEL)
AT = datetime(2024, 4, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(training: Training, office: CaseFile, tables_made: Path, tmp_path_factory: Any) -> Path:
    """A state folder with one version on record."""
    home: Path = shutil.copytree(tables_made, tmp_path_factory.mktemp("kept") / "home")
    keep_training(training, office, Registry(home), AT)
    return home


def run(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, str, str]:
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    return typed(capsys, "plan", *words)


def test_the_scores_that_were_kept_are_those_of_the_margins(kept: Path, training: Training) -> None:
    judged = read_judged(Registry(kept).version(MODEL, 1).bundle, SPEC)
    test = training.slices.by_name[TEST]
    assert (judged.first.isoformat(), judged.last.isoformat()) == test.about[:2]
    fitted = training.fitted
    thresholds = [fitted.calibrator.probability(margin) for margin in fitted.thresholds]
    for score, probability, untold in zip(
        judged.scores, training.answered.probabilities, training.told.untold, strict=True
    ):
        reached = sum(threshold <= probability for threshold in thresholds)
        assert score == (0 if untold else 1 + reached)


def test_the_plan_is_told_and_written(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (MODEL, "--hours", 60, "--hours-per-case", 4, "--version", 1, "--out", tmp_path)
    code, told, _ = run(kept, monkeypatch, capsys, *words)
    assert code == 0
    said = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    chosen = next(c for c in said["cutoffs"] if c["score"] == said["cutoff"])
    below = next(c for c in said["cutoffs"] if c["score"] == said["cutoff"] - 1)
    assert chosen["hours"] <= 60 < below["hours"]
    assert f"->  {said['cutoff']} " in told
    assert "a child below the cutoff is not safe" in told
    assert "without a score, at every cutoff: " in told
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(written) == {"plan.html", "plan.svg", "plan.json"}
    run(kept, monkeypatch, capsys, *words)
    assert written == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_nothing_is_concluded_of_a_small_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("training.planning.commands.chosen_bundle", lambda *_: (tmp_path, 1))
    monkeypatch.setattr("training.planning.commands.read_judged", lambda *_: drawn(400))
    run(tmp_path, monkeypatch, capsys, MODEL, "--hours", 40, "--out", tmp_path)
    groups = json.loads((tmp_path / "plan.json").read_text("utf-8"))["groups"]
    told = {group["group"]: group["figures"]["missed"] for group in groups}
    assert told["foreign"] is None
    assert told["national"]["low"] < told["national"]["value"] < told["national"]["high"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--hours", 60), "placement_24m has no champion in"),
        (("--hours", 60, "--version", 9), "has no version 9"),
        (("--hours", -1, "--version", 1), "--hours must be a number above 0, and not -1"),
        (("--hours", 9, "--version", 1, "--out", "/dev/null/x"), "cannot be written"),
    ],
)
def test_what_cannot_be_planned_is_one_line(
    words: tuple[object, ...],
    problem: str,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, said = run(kept, monkeypatch, capsys, MODEL, *words)
    assert (code, said.count("\n")) == (2, 1)
    assert problem in said


def test_a_reference_of_before_is_told_so(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = pd.read_parquet(Registry(kept).version(MODEL, 1).bundle / REFERENCE)
    old = frame.drop(columns="score")
    old.attrs = {}
    old.to_parquet(tmp_path / REFERENCE)
    monkeypatch.setattr("training.planning.commands.chosen_bundle", lambda *_: (tmp_path, 1))
    code, _, said = run(kept, monkeypatch, capsys, MODEL, "--hours", 9)
    assert code == 2
    assert said.endswith("does not tell score, first_day, last_day; train the model anew\n")


SAFE = {
    "ja": "安全だという意味ではなく",
    "en": "does not say that a child below the cutoff is safe",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hours", [1.0, 40.0, 9999.0])
def test_the_page_never_lets_a_child_below_the_cutoff_look_safe(
    language: Language, hours: float
) -> None:
    page = page_of(make_plan(drawn(400), Means(hours, 3, 45)), SPEC, 1, language)
    assert SAFE[language] in page
    for word in ("低リスク", "low risk", "no need", "必要ありません", "ignore", "screen out"):
        assert word not in page


@pytest.mark.parametrize(
    ("language", "told"), [("ja", "根拠不足"), ("en", "insufficient evidence")]
)
def test_a_small_group_is_told_so_on_the_page(language: Language, told: str) -> None:
    plan = make_plan(drawn(400, small_group=8), Means(40, 3, 45))
    assert page_of(plan, SPEC, 1, language).count(f">{told}<") == 4


def test_the_picture_is_the_same_bytes_every_time_and_needs_no_font_of_ours() -> None:
    plan = make_plan(slice_of([20, 10, 1], [1, 1, 0]), Means(5, 1, 10))
    picture = picture_of(plan, "ja")
    assert picture == picture_of(plan, "ja")
    assert "結果があり、見逃す" in picture
    assert "<dc:date>" not in picture


@pytest.mark.parametrize("width", [768, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens(language: Language, width: int, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    plan = make_plan(drawn(400), Means(40, 3, 45))
    path.write_text(page_of(plan, SPEC, 1, language), "utf-8")
    page, asked, complaints = opened(browser, path, width)
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.images[0].naturalWidth") > 100
    assert page.evaluate(CONTRAST) >= 4.5
    page.close()
