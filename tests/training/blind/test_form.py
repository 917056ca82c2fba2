"""The form: what is taken, and the line and reason of what is refused."""

from pathlib import Path

import pytest

from features.errors import KizukiError
from training.blind.folder import Judgement
from training.blind.form import read_form

CASES = range(1, 101)
HEADING = "case,judgement,reasons\n"


def form(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "form.csv"
    path.write_text(HEADING + text, encoding)
    return path


@pytest.mark.parametrize(
    ("row", "taken"),
    [
        ("1,1,", Judgement(1, "lower", 1, "")),
        ("2,20,本人の開示", Judgement(2, "highest", 20, "本人の開示")),
        ("100,１６,", Judgement(100, "raised", 16, "")),  # as a Japanese keyboard gives it
        ("7,middle,", Judgement(7, "middle", None, "")),
        ("7, 最も高い ,", Judgement(7, "highest", None, "")),
        ('8,3,"one, two\nand three"', Judgement(8, "lower", 3, "one, two\nand three")),
    ],
)
def test_a_row_that_is_taken(row: str, taken: Judgement, tmp_path: Path) -> None:
    assert read_form(form(tmp_path, f"{row}\n9,,\n,,\n"), CASES) == [taken]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("1,0,", "line 2: its judgement must be 1 to 20, or one of lower, 低い, middle"),
        ("1,21,", "line 2: its judgement must be 1 to 20"),
        ("1,5.5,", "line 2: its judgement must be 1 to 20"),
        ("1,-3,", "line 2: its judgement must be 1 to 20"),
        ("1,high,", "line 2: its judgement must be 1 to 20"),
        ("1,5,\n0,5,", "line 3: names no case of this comparison"),
        ("101,5,", "line 2: names no case of this comparison"),
        ("x,5,", "line 2: names no case of this comparison"),
        ("1,5,\n1,5,", "line 3: its case was judged in an earlier line already"),
        ("1,,he was hurt", "line 2: gives reasons and no judgement"),
        ("1,5", "line 2: has 2 fields and must have 3"),
        ("1,5,a,b", "line 2: has 4 fields and must have 3"),
        ('1,5,"a\nb"\n2,0,', "line 4: its judgement"),
        ('1,5,"a', "line 2: is not a row of a CSV file"),
        ("1,0,\n" * 7, "; and 2 more"),
        ("1,,\n2,,", "no case is judged in it"),
        ("", "no case is judged in it"),
    ],
)
def test_nonsense_is_refused_with_its_place_and_no_value(
    rows: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(KizukiError) as refused:
        read_form(form(tmp_path, rows), CASES)
    said = str(refused.value)
    assert told in said
    assert said.startswith(f"{tmp_path / 'form.csv'}: ")
    assert "\n" not in said
    assert "hurt" not in said


def test_a_form_of_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    path = form(tmp_path, "1,低い,理由", "cp932")
    with pytest.raises(KizukiError, match="is not UTF-8; save it again as CSV UTF-8"):
        read_form(path, CASES)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("child,score\nC1,5\n")
    with pytest.raises(KizukiError, match="line 1 must be case,judgement,reasons"):
        read_form(path, CASES)
    with pytest.raises(KizukiError, match="cannot be read"):
        read_form(tmp_path / "nowhere.csv", CASES)
