"""`kizuki check`: what it says, what it writes, and how it ends."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import kizuki
from features.case_file import CaseFile
from features.checks.faults import FAULTS
from features.checks.thresholds import THRESHOLDS
from features.town.town import make_town
from tests.checks.small_folder import ANN, row, write_folder
from tests.shared_data import shared

VALUE = "zanzibar-4711"  # in none of our own words


def run(*arguments: object) -> object:
    with pytest.raises(SystemExit) as ended:
        kizuki.main(["check", *map(str, arguments)])
    return ended.value.code


class Reader(HTMLParser):
    """The text of a page; notices what is fetched and what is left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.open, self.fetched = "", [], []  # type: ignore[var-annotated]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with every sort of fault, and a value in many fields that must not come out."""
    folder = write_folder(
        tmp_path / "cases",
        {
            "children": [ANN, ANN | {"id": "c2", "ethnicity": VALUE}],
            "people": [row(id="p", person="ann", happened="2016-05-01", family_name=VALUE)],
            "notifications": [row(id="n", source=VALUE), row(id="m", report=VALUE)],
            "allegations": [row(id="<b>&", notification=VALUE, abuser=VALUE)],
            "contacts": [row(id="v", happened="2015-01-01"), row(id=None)],
            "placements": [row(id="q", happened="2024-02-01", until="2024-01-01")],
            "services": [],
        },
    )
    path = folder / "services.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["known"]), path)
    return folder


def test_a_clean_folder_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path / "cases", {"contacts": [row()]})
    assert run(folder) == 0
    assert capsys.readouterr().out == "clean: 2 rows read = 2 kept + 0 set aside\n"
    assert [path.name for path in tmp_path.iterdir()] == ["cases"], "nothing is written unasked"


def test_what_is_impossible_ends_with_1(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(broken) == 1
    assert capsys.readouterr().out.splitlines() == [
        "services cannot be read: the column known is missing",
        "children.child: 1 row(s) doubted: its child has an earlier row in children as well",
        "notifications.source: 1 row(s) set aside: a code that is none of those in the glossary",
        "allegations.notification: 1 row(s) doubted: it refers to a row that is not there",
        "contacts.id: 1 row(s) set aside: a field that is required is empty",
        "contacts.happened: 1 row(s) doubted: it happened before the person was born",
        "placements.until: 1 row(s) set aside: a span that ends before it starts",
        "not clean: 9 rows read = 6 kept + 3 set aside",
    ]


def test_no_case_file_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--out", tmp_path / "out") == 2
    assert "case_file.json is missing" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cases", {})
    (tmp_path / "file").write_text("in the way")
    assert run(folder, "--out", tmp_path / "file") == 2


def test_the_help_says_what_each_exit_status_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    said = capsys.readouterr().out
    assert all(f"Exit status {status}:" in said for status in (0, 1, 2))


def test_every_row_is_in_the_report_and_nothing_else_of_any_record(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(broken, "--out", out) == 1
    report = json.loads((out / "check.json").read_text("utf-8"))
    rows = {(f["table"], f["fault"]): f["rows"] for f in report["found"]}
    assert rows["contacts", "not_filled_in"] == [{"row": 2, "id": None}]
    assert rows["allegations", "no_such_row"] == [{"row": 1, "id": "<b>&"}]
    assert report["refused"]["services"][0]["column"] == "known"
    assert all(r["read"] == r["kept"] + r["set_aside"] for r in report["rows"])
    written = capsys.readouterr().out + "".join(path.read_text("utf-8") for path in out.iterdir())
    assert "zanzibar" not in written


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_needs_nothing_but_itself_and_tells_all(
    broken: Path, tmp_path: Path, language: str
) -> None:
    run(broken, "--out", tmp_path, "--lang", language)
    page = (tmp_path / "check.html").read_text("utf-8")
    reader = Reader(page)
    assert (reader.open, reader.fetched) == ([], [])
    assert f'<html lang="{language}">' in page
    report = json.loads((tmp_path / "check.json").read_text("utf-8"))
    for found in report["found"]:
        assert FAULTS[found["fault"]].words.read(language) in reader.text  # type: ignore[arg-type]
        assert f"{found['table']}.{found['field']}" in reader.text
        assert all(one["id"] is None or one["id"] in reader.text for one in found["rows"])
    for threshold in THRESHOLDS:
        assert threshold.why.read(language) in reader.text  # type: ignore[arg-type]


def test_the_kept_rows_are_written_and_clean(broken: Path, tmp_path: Path) -> None:
    assert run(broken, "--kept", tmp_path / "kept") == 1
    kept = CaseFile.read(tmp_path / "kept")
    assert list(kept.tables["notifications"]["id"]) == ["m"]
    assert set(kept.tables) == {"children", "people", "notifications", "allegations", "contacts"}


def test_the_kept_rows_do_not_take_the_place_of_all(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(broken, "--kept", broken / ".") == 2
    assert "another folder" in capsys.readouterr().err


def test_the_same_folder_gives_the_same_report(broken: Path, tmp_path: Path) -> None:
    for out in (tmp_path / "one", tmp_path / "two"):
        run(broken, "--out", out)
    for name in ("check.html", "check.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_town_has_nothing_impossible_in_it(tmp_path: Path) -> None:
    make_town(300, 4, seed=3, profile="jp").write(tmp_path / "town")
    run(tmp_path / "town", "--out", tmp_path)
    report = json.loads((tmp_path / "check.json").read_text("utf-8"))
    assert {found["fate"] for found in report["found"]} <= {"noted"}
    assert sum(rows["read"] for rows in report["rows"]) > 5_000


def test_the_census_of_an_authority_has_allegations_without_a_kind(tmp_path: Path) -> None:
    census = shared("data/cin_census/fake_CIN_data.xml")
    with pytest.raises(SystemExit):
        kizuki.main(["import", "cin-census", str(census), "--out", str(tmp_path / "cases")])
    assert run(tmp_path / "cases", "--out", tmp_path) == 1
    report = json.loads((tmp_path / "check.json").read_text("utf-8"))
    assert report["found"] == []
    assert [broken["place"] for broken in report["broken"]] == ["allegations.kind"]
