"""What is given by mistake, at the door of every importer: one clear line, and nothing lost."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.sources.child_files import record
from tests.sources.test_mapped_tables import NOTIFICATIONS
from tests.sources.test_real_files import run
from tests.sources.test_ssd import PERSONS
from tests.sources.written_tables import written

MAPPING = f"""
as_of = 2024-03-31
[files.reports]
path = "reports.csv"
{NOTIFICATIONS}"""
EVENT = {"type": "record", "table": "notifications", "id": "n1", "child": "A",
         "happened": "2024-01-01", "known": "2024-01-01"}  # fmt: skip


def tables(folder: Path) -> Path:
    """A folder of one table, and the mapping file beside it."""
    (folder.parent / "mapping.toml").write_text(MAPPING)
    return written(folder, reports="number|child|day\n1|A|2024-01-01")


def importer(name: str, folder: Path) -> tuple[list[str | Path], Path]:
    """How each importer is asked, but for `--out`, and the file that it reads."""
    folder.mkdir()
    if name == "tables":
        read = tables(folder / "tables")
        return ["tables", read, "--mapping", folder / "mapping.toml"], read / "reports.csv"
    if name == "ssd":
        read = written(folder / "ssd", ssd_person=PERSONS)
        return ["ssd", read, "--as-of", "2024-03-31"], read / "ssd_person.csv"
    if name == "ssda903":
        episodes = (
            "CHILD|DECOM|RNE|LS|CIN|PLACE|PLACE_PROVIDER|DEC|REC|REASON_PLACE_CHANGE|HOME_POST|PL_POST|URN\n"
            "1|15/05/2017|S|C2|N3|U1|PR0||||||"
        )
        header = "CHILD|SEX|DOB|ETHNIC|UPN|MOTHER|MC_DOB\n1|2|27/03/2008|WROM|X||"
        read = written(folder / "903", header=header, episodes=episodes)
        return ["ssda903", read, "--year", "2018"], read / "header.csv"
    texts = {"ncands": record() + "\n", "events": json.dumps(EVENT) + "\n"}
    file = folder / name
    file.write_text(texts[name])
    return [name, file], file


IMPORTERS = ("tables", "ssd", "ssda903", "ncands", "events")
Said = pytest.CaptureFixture[str]


def line_of(said: Said) -> str:
    """What was said of the mistake: one line, and no traceback."""
    lines = said.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("kizuki: ")
    return lines[0]


@pytest.mark.parametrize("name", IMPORTERS)
def test_a_mark_before_the_text_and_line_ends_of_windows_change_nothing(
    name: str, tmp_path: Path
) -> None:
    asked, file = importer(name, tmp_path / "in")
    assert run(*asked, "--out", tmp_path / "plain") == 0
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert run(*asked, "--out", tmp_path / "windows") == 0
    for made in (tmp_path / "plain").iterdir():
        assert made.read_bytes() == (tmp_path / "windows" / made.name).read_bytes()


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("é".encode("cp1252") * 400, "line 1, column 1: the text is not utf-8-sig; name its enc"),
        ("a,b".encode("utf-16"), "line 1, column 1: the text is not utf-8-sig; name its encoding"),
        (b"", ""),
        (None, "is a folder, and should be a file"),
    ],
    ids=["Windows-1252", "UTF-16", "empty", "a folder"],
)
def test_a_file_that_is_no_such_file_is_told_in_one_line(
    name: str, content: bytes | None, told: str, tmp_path: Path, capsys: Said
) -> None:
    asked, file = importer(name, tmp_path / "in")
    file.unlink()
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    assert run(*asked, "--out", tmp_path / "out") == 2
    said = line_of(capsys)
    assert file.name in said
    assert told in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", IMPORTERS)
def test_an_out_that_is_a_file_is_left_as_it_is(name: str, tmp_path: Path, capsys: Said) -> None:
    asked, file = importer(name, tmp_path / "in")
    before = file.read_bytes()
    assert run(*asked, "--out", file) == 2
    assert "is a file, and --out must be a folder" in line_of(capsys)
    assert file.read_bytes() == before


def test_an_out_that_holds_other_things_is_left_as_it_is(tmp_path: Path, capsys: Said) -> None:
    asked, file = importer("tables", tmp_path / "in")
    assert run(*asked, "--out", file.parent) == 2
    assert "holds other things than a case file" in line_of(capsys)
    assert run(*asked, "--out", tmp_path / "out") == 0
    assert run(*asked, "--out", tmp_path / "out") == 0  # a case file may be made anew
    capsys.readouterr()
    again = ["tables", tmp_path / "out", "--mapping", tmp_path / "in/mapping.toml"]
    assert run(*again, "--out", tmp_path / "out") == 2
    assert "the tables are read from there" in line_of(capsys)


def test_tables_that_are_drawn_in_the_future_are_refused(tmp_path: Path, capsys: Said) -> None:
    asked, _ = importer("ssd", tmp_path / "in")
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert run(*asked[:-1], tomorrow, "--out", tmp_path / "out") == 2
    assert "that lies in the future" in line_of(capsys)


def test_a_folder_that_is_a_file_and_one_that_is_not_there(tmp_path: Path, capsys: Said) -> None:
    asked, file = importer("tables", tmp_path / "in")
    assert run("tables", file, *asked[2:], "--out", tmp_path / "out") == 2
    assert "is a file, and should be a folder" in line_of(capsys)
    assert run("tables", tmp_path / "none", *asked[2:], "--out", tmp_path / "out") == 2
    assert "there is no such folder" in line_of(capsys)
    assert run(*asked[:3], tmp_path, "--out", tmp_path / "out") == 2  # the mapping
    assert "is a folder, and should be a file" in line_of(capsys)


def test_a_mapping_with_a_mark_before_its_text_is_read(tmp_path: Path) -> None:
    asked, _ = importer("tables", tmp_path / "in")
    (tmp_path / "in/mapping.toml").write_text(MAPPING, "utf-8-sig")
    assert run(*asked, "--out", tmp_path / "out") == 0
