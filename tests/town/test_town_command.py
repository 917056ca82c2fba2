"""`kizuki town` writes a town and says what is in it."""

from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.tables import TABLES
from features.town.names import BOYS_FILE, FAMILY_FILE, GIRLS_FILE
from features.town.town import TRUTH
from kizuki import main

SMALL = ("--children", "100", "--years", "3", "--seed", "1")


def run(*arguments: str) -> int:
    """The exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        main(["town", *arguments])
    return int(ended.value.code or 0)


def test_it_writes_the_case_file_and_says_what_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*SMALL, "--out", str(tmp_path)) == 0
    said = capsys.readouterr()
    case_file = CaseFile.read(tmp_path)
    assert set(case_file.tables) == set(TABLES)
    assert (tmp_path / TRUTH).is_file()
    assert all(name in said.out for name in TABLES)
    assert "police" in said.out
    assert str(tmp_path / TRUTH) in said.out
    assert "Months of the town" in said.err


def test_names_can_be_brought(tmp_path: Path) -> None:
    (tmp_path / FAMILY_FILE).write_text("小鳥遊,10,たかなし,takanashi\n", "utf-8")
    (tmp_path / GIRLS_FILE).write_text("ひより,hiyori,日和,陽和\n", "utf-8")
    (tmp_path / BOYS_FILE).write_text("そら,sora,空\n", "utf-8")
    assert run(*SMALL, "--names", str(tmp_path), "--out", str(tmp_path / "town")) == 0
    people = CaseFile.read(tmp_path / "town").tables["people"]
    assert set(people["family_name"] + people["family_reading"]) == {"小鳥遊たかなし"}
    assert set(people["given_name"] + people["given_reading"]) == {"日和ひより", "空そら"}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (("--profile", "fr"), "jp, us"),
        (("--children", "3"), "20 children"),
        (("--names", "nowhere"), FAMILY_FILE),
        (("--profile", "us", "--names", "nowhere"), "--profile jp"),
    ],
)
def test_what_makes_no_sense_ends_with_one_clear_line(
    wrong: tuple[str, ...], word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*SMALL, *wrong, "--out", str(tmp_path / "town")) == 2
    said = capsys.readouterr().err
    assert word in said
    assert said.count("\n") == 1
    assert not (tmp_path / "town").exists()
