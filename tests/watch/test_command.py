"""`kizuki watch`, whole: exit status, files, and nothing of any child in any of them."""

import json
import re
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kizuki import main
from models.specs import spec_of
from tests.training.small_office import small_office
from tests.watch.small_desk import draw_reference, draw_rows, keep_answers

SPEC = spec_of("placement_24m")
NAMES = [column.name for column in SPEC.columns]
CANARY_VALUE = 98765.4321
FILES = {"index.html", "drift.html", "groups.html", "watch.json", "drift.json", "groups.json"}
CUTOFF = date(2021, 4, 1)  # three years before the small office was drawn


@dataclass(frozen=True)
class Watched:
    """What a run of the command left."""

    status: object
    told: str
    out: Path
    children: list[str]

    def text(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")

    def json(self, name: str) -> Any:
        return json.loads(self.text(name), parse_constant=pytest.fail)


def watch(*arguments: object) -> object:
    with pytest.raises(SystemExit) as ended:
        main(["watch", *map(str, arguments)])
    return ended.value.code


def desk(folder: Path, *, broken: bool) -> tuple[list[object], list[str]]:
    """A reference, a journal and a case file in a folder, and how to name the first two."""
    chance = np.random.default_rng(21)
    reference = draw_reference(SPEC, 2500, chance)
    reference.loc[:2, "office"] = "islet"
    reference.to_parquet(folder / "reference.parquet")
    office = small_office(families=250, seed=21)
    office.write(folder / "cases")
    on_file = office.tables["children"]["child"].tolist()[:380]
    children = [*on_file, *(f"CANARY-CHILD-{place}" for place in range(20))]
    rows = draw_rows(NAMES, 400, chance)
    if broken:
        rows[NAMES[0]] = np.nan
        rows[NAMES[1]] = 3.0
        rows.loc[0, NAMES[2]] = CANARY_VALUE
    keep_answers(folder / "journal.db", rows, children, [CUTOFF] * len(children))
    named = ["--journal", folder / "journal.db", "--reference", folder / "reference.parquet"]
    return named, children


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return watched(tmp_path_factory.mktemp("broken"), broken=True)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return watched(tmp_path_factory.mktemp("sound"), broken=False)


def watched(folder: Path, *, broken: bool) -> Watched:
    named, children = desk(folder, broken=broken)
    cases = ["--cases", folder / "cases"] if broken else []
    out = folder / "made" / "watch"
    with redirect_stdout(StringIO()) as told:
        status = watch(*named, *cases, "--out", out)
    return Watched(status, told.getvalue(), out, children)


def test_an_alarm_is_exit_status_1(broken: Watched) -> None:
    assert broken.status == 1
    codes = [alarm["code"] for alarm in broken.json("watch.json")["alarms"]]
    assert codes[:2] == ["column_missing", "column_frozen"]
    for code in codes:
        assert f"alarm {code}: " in broken.told


def test_quiet_is_exit_status_0(sound: Watched) -> None:
    assert sound.status == 0
    assert sound.json("watch.json")["alarms"] == []
    assert "No alarm." in sound.text("index.html")
    assert "No case file was given" in sound.told


def test_every_file_is_there_and_linked(broken: Watched) -> None:
    assert {path.name for path in broken.out.iterdir()} == FILES
    assert set(re.findall(r'href="([^"]+)"', broken.text("index.html"))) == FILES - {"index.html"}


def test_no_file_tells_of_a_child(broken: Watched) -> None:
    """Neither an identifier nor a value of a row."""
    for name in FILES:
        text = broken.text(name)
        assert not any(f'"{child}"' in text or f">{child}<" in text for child in broken.children)
        assert "CANARY" not in text
        assert "98765" not in text
    assert "CANARY" not in broken.told
    assert not set(broken.children) & set(broken.told.split())


def test_the_first_page_needs_nothing_else(broken: Watched) -> None:
    page = broken.text("index.html")
    assert not re.search(r"<script|<link|<img|https?://", page)
    for name in (NAMES[0], NAMES[1]):
        assert f"<code>{name}</code>" in page


def test_evidently_shows_the_very_psi_that_rings(broken: Watched) -> None:
    said = broken.json("watch.json")
    ours = {column["name"]: column["psi"] for column in [*said["columns"], said["score"]]}
    shown = {
        metric["config"]["column"]: metric["value"]
        for metric in broken.json("drift.json")["metrics"]
        if "column" in metric["config"]
    }
    assert set(shown) == {*NAMES, "probability"}
    assert shown == pytest.approx(ours)
    assert "Dataset Drift is NOT detected" not in broken.text("drift.html")


def test_groups_are_told_with_intervals_or_insufficient_evidence(broken: Watched) -> None:
    samples = {table["name"]: table for table in broken.json("groups.json")}
    assert list(samples) == ["outcome known", "served", "reference"]
    rows = samples["outcome known"]["rows"]
    assert {row["field"] for row in rows} == set(SPEC.audited_by)
    assert "insufficient evidence" in broken.text("index.html")
    assert "outcome known: gap by sex, missed" in broken.text("groups.html")
    for row in rows:
        for rate in row["rates"].values():
            assert rate["value"] is None or rate["low"] <= rate["value"] <= rate["high"]
            assert rate["value"] is None or row["count"] >= 30


def test_no_file_counts_the_few(broken: Watched) -> None:
    """Of three children of the islet, and of every other few, no number is in any file."""
    tables = broken.json("groups.json")
    rows = [row for table in tables for row in table["rows"]]
    in_json = [row[what] for row in rows for what in ("count", "positives")]
    page = broken.text("index.html").partition("<h2>Groups")[2].partition("<h2>")[0]
    on_page = re.findall(r'<td class="number">([^<]*)</td>', page)
    shown = re.findall(r'"data": (\[\[.*?\]\])', broken.text("groups.html"))
    drawn = [cell for data in shown for line in json.loads(data) for cell in line[1:3]]
    assert "islet" in page
    for told in (in_json, on_page, drawn):
        assert {"1 to 7", "withheld"} <= set(told)
        assert_told(told)
    said = broken.json("watch.json")
    assert_told([said["answers"], said["children"], said["reference_rows"]])
    assert_told(list(said["left_out"].values()))


def test_no_drawing_counts_the_few(broken: Watched) -> None:
    page = broken.text("drift.html")
    counts = re.findall(r'_distribution": {"x": \[[^]]*\], "y": \[([^]]*)\]', page)
    bars = re.findall(r'"visible": false, "x": \[[^]]*\], "y": \[([^]]*)\]', page)
    assert len(counts) == 2 * (len(NAMES) + 1) <= len(bars)
    assert_told([int(count) for drawn in [*counts, *bars] for count in drawn.split(", ")])


def assert_told(counts: Sequence[object]) -> None:
    """Each is nought, withheld, or a multiple of five."""
    words = {"1 to 7", "withheld", None}
    assert [told for told in counts if told not in words and int(str(told)) % 5] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (["--model", "nobody"], "no model is called 'nobody'"),
        (["--journal", "nowhere.db"], "nowhere.db: there is no journal to read"),
        (["--reference", "nowhere.parquet"], "nowhere.parquet: is not a reference that can be"),
        (["--cases", "nowhere"], "nowhere holds no case file"),
        (["--since", "2030-01-01"], "holds no answer of placement_24m since 2030-01-01"),
    ],
)
def test_a_mistake_is_exit_status_2_and_one_line(
    change: list[str],
    told: str,
    broken: Watched,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = broken.out.parents[1]
    named = ["--journal", folder / "journal.db", "--reference", folder / "reference.parquet"]
    assert watch(*named, "--out", tmp_path / "out", *change) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    broken: Watched, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = broken.out.parents[1]
    (tmp_path / "file").write_text("")
    named = ["--journal", folder / "journal.db", "--reference", folder / "reference.parquet"]
    assert watch(*named, "--out", tmp_path / "file") == 2
    assert "cannot be written" in capsys.readouterr().err
