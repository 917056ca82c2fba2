"""The whole way of a blind comparison: draw, hand out, judge, enter, report."""

import csv
import json
import re
import stat
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.language.text import LANGUAGES, Language
from features.reading import day_number
from models.bundle import Bundle, read_bundle, write_bundle
from tests.browser import CONTRAST, opened
from tests.training.blind.judged import entered, key_of
from tests.typed import typed
from training.blind.agreement import compare
from training.blind.draw import Drawn, draw_cases
from training.blind.hand_out import pages_of
from training.blind.report import page_of
from training.examples import draw_examples
from training.record import Training

MODEL = "placement_24m"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def promoted(training: Training, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blind") / "bundle"
    write_bundle(folder, training.spec, training.booster.model_to_string(), training.fitted, "…")
    return folder


@pytest.fixture(scope="module")
def bundle(promoted: Path) -> Bundle:
    return read_bundle(promoted)


@pytest.fixture(scope="module")
def drawn(bundle: Bundle, office: CaseFile) -> list[Drawn]:
    return draw_cases(bundle, office, 40, seed=5)


def who(cases: list[Drawn]) -> list[tuple[str, object]]:
    return [(case.child, case.cutoff) for case in cases]


def test_the_seed_decides_who_is_drawn(
    bundle: Bundle, office: CaseFile, drawn: list[Drawn]
) -> None:
    assert who(draw_cases(bundle, office, 40, seed=5)) == who(drawn)
    assert set(who(draw_cases(bundle, office, 40, seed=6))) != set(who(drawn))


def test_alike_many_are_drawn_of_each_band_in_an_order_that_tells_nothing(
    drawn: list[Drawn],
) -> None:
    assert Counter(case.band for case in drawn) == dict.fromkeys(
        ("lower", "middle", "raised", "highest"), 10
    )
    scores = [case.score for case in drawn]
    assert scores != sorted(scores)
    assert len({case.band for case in drawn[:10]}) > 1


def test_no_case_is_one_that_the_model_learnt_from(
    drawn: list[Drawn], bundle: Bundle, office: CaseFile
) -> None:
    over = day_number(office.as_of) - bundle.spec.label.over_after
    assert all(day_number(case.cutoff) > over for case in drawn)


def test_no_household_is_met_twice(drawn: list[Drawn], bundle: Bundle, office: CaseFile) -> None:
    examples = draw_examples(bundle.spec, BatchTables(office))
    household = dict(zip(examples.children, examples.households, strict=True))
    assert len({household[case.child] for case in drawn}) == len(drawn)


def test_too_few_cases_are_told_with_their_number(bundle: Bundle, office: CaseFile) -> None:
    few = office.only(set(office.tables["children"]["child"].iloc[-60:]))
    with pytest.raises(KizukiError, match=r"has \d+ cases .* with --count \d+"):
        draw_cases(bundle, few, 100, seed=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_shows_the_history_and_neither_score_nor_who(
    language: Language, drawn: list[Drawn], bundle: Bundle
) -> None:
    pages = pages_of(drawn, bundle.spec, language)
    assert len(pages) == 41
    for number, case in enumerate(drawn, start=1):
        page = pages[f"case-{number:03}.html"]
        assert page.count("<tr>") > 2
        assert case.child not in page
        assert "notifications-" not in page, "an id finds the row, and what came after"
        assert not re.search(r"score|スコア|band|区分", re.sub("<style>.*</style>", "", page))
        assert "<script" not in page


@pytest.fixture
def comparison(
    promoted: Path,
    office: CaseFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Path:
    monkeypatch.setattr("training.blind.commands.chosen_bundle", lambda *_: (promoted, 3))
    office.write(tmp_path / "cases")
    folder = tmp_path / "blind"
    words = ("--cases", tmp_path / "cases", "--out", folder, "--seed", 5, "--count", 40)
    assert typed(capsys, "blind-test", "draw", MODEL, *words)[0] == 0
    code, _, problem = typed(capsys, "blind-test", "draw", MODEL, *words)
    assert code == 2
    assert "holds a blind comparison already" in problem
    return folder


def fill_in(folder: Path, name: str, judge: dict[int, str]) -> Path:
    """The handed-out form with a column filled in, as a spreadsheet saves it."""
    with (folder / "hand-out" / "form.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    path = folder.parent / f"{name}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow(heading)
        csv.writer(file).writerows([n, judge.get(int(n), ""), f"because {name}"] for n, *_ in rows)
    return path


def test_from_the_draw_to_the_report(comparison: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = json.loads((comparison / "key.json").read_text("utf-8"))
    assert stat.S_IMODE((comparison / "key.json").stat().st_mode) == 0o600
    assert (key["model"], key["version"], key["seed"]) == (MODEL, 3, 5)
    handed = {path.name for path in (comparison / "hand-out").iterdir()}
    assert len(handed) == 42
    scores = {case["number"]: case["score"] for case in key["cases"]}

    wrong = fill_in(comparison, "wrong", {n: str(21 - s) for n, s in scores.items()})
    right = fill_in(comparison, "right", {n: str(s) for n, s in scores.items()})
    assert typed(capsys, "blind-test", "enter", comparison, wrong, "--by", "佐藤")[0] == 0
    assert typed(capsys, "blind-test", "enter", comparison, right, "--by", "B")[0] == 0
    code, told, _ = typed(capsys, "blind-test", "enter", comparison, right, "--by", "佐藤")
    assert code == 0
    assert told.startswith("40 judgements entered, 0 cases left empty\n")
    assert len((comparison / "judged.jsonl").read_text("utf-8").splitlines()) == 3

    assert typed(capsys, "blind-test", "report", comparison)[0] == 0
    report = json.loads((comparison / "report.json").read_text("utf-8"))
    assert list(report["specialists"]) == ["佐藤", "B"]
    assert report["over_all"]["kappa"]["value"] == 1.0, "the later form counts"
    assert report["far_apart"] == []
    assert (comparison / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("enter", "nowhere", "form.csv", "--by", "A"), "nowhere: holds no blind comparison"),
        (("enter", ".", "form.csv", "--by", " "), "say who judged: --by NAME"),
        (("report", "nowhere"), "nowhere: holds no blind comparison"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: tuple[object, ...], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, said = typed(capsys, "blind-test", *words)
    assert (code, told, said.count("\n")) == (2, "", 1)
    assert problem in said


def test_a_report_of_nothing_is_refused(
    comparison: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nobody has judged yet" in typed(capsys, "blind-test", "report", comparison)[2]
    (comparison / "judged.jsonl").write_text("{}\n")
    assert (
        "is not what kizuki blind-test enter has written"
        in typed(capsys, "blind-test", "report", comparison)[2]
    )


@pytest.mark.parametrize("width", [768, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens(
    language: Language,
    width: int,
    browser: Browser,
    drawn: list[Drawn],
    bundle: Bundle,
    tmp_path: Path,
) -> None:
    key = key_of(20, 1, 12)
    judged = [entered(HOSTILE, 1, 20, 12), entered("B", 20, 20, 12)]
    pages = pages_of(drawn[:2], bundle.spec, language)
    pages["report.html"] = page_of(key, compare(key, judged), language)
    for name, text in pages.items():
        (tmp_path / name).write_text(text, "utf-8")
        page, asked, complaints = opened(browser, tmp_path / name, width)
        assert asked == [(tmp_path / name).as_uri()]
        assert complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CONTRAST) >= 4.5
        assert page.locator("script").count() == 0
        page.close()
