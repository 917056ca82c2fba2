"""`kizuki catalogue --audit`: a page that says which columns stand for which group."""

from datetime import date
from pathlib import Path

import pytest

import kizuki
from features.case_file import CaseFile
from features.events import Event
from features.library import COLUMNS
from features.reading import day_number

BORN, SEEN, AS_OF = (day_number(date(year, 1, 1)) for year in (2016, 2024, 2025))


def event(name: str, day: int, **filled: object) -> Event:
    return Event(name, day, day, None, None, filled)  # type: ignore[arg-type]


def office() -> CaseFile:
    """Of 100 strangers the 40 foreign ones come through a hospital, all others by the police."""
    children, notifications = [], []
    for number in range(100):
        name, foreign = f"c{number}", number < 40
        group = {"nationality": "foreign" if foreign else "national", "sex": "male"}
        if number < 5:
            group["ethnicity"] = "few|er"
        source = "medical" if foreign else "police"
        children.append(event(name, BORN, child=name, **group))
        notifications.append(event(f"n{number}", SEEN + number % 7, child=name, source=source))
    tables = {"children": children, "notifications": notifications}
    return CaseFile.of_events(date(2025, 1, 1), tables)


def run(*arguments: object) -> object:
    with pytest.raises(SystemExit) as ended:
        kizuki.main(["catalogue", *map(str, arguments)])
    return ended.value.code


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("audit")
    office().write(folder / "cases")
    assert run("--audit", folder / "cases", "--out", folder / "new" / "proxies.md") == 0
    return (folder / "new" / "proxies.md").read_text("utf-8")


def row(page: str, column: str) -> list[str]:
    (line,) = [line for line in page.splitlines() if line.startswith(f"| `{column}` |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_column_is_there_with_its_words_in_both_languages(page: str) -> None:
    assert all(row(page, name) for name in COLUMNS)
    _, japanese, english, *_ = row(page, "police_notification_count_ever")
    assert "警察からの通告が…件" in japanese
    assert "notification(s) by the police" in english


def test_a_planted_proxy_comes_first_and_an_innocent_column_does_not(page: str) -> None:
    columns = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    strongest = {name for name in columns if "1.00 (1.00–1.00)" in " ".join(row(page, name))}
    assert "police_notification_count_ever" in strongest
    assert "notification_count_ever" not in strongest
    assert set(columns[: len(strongest)]) == strongest
    assert "1.00 (1.00–1.00) 外国籍 foreign" in row(page, "police_notification_count_ever")


def test_of_a_group_of_few_or_of_one_group_alone_nothing_is_said(page: str) -> None:
    cells = row(page, "police_notification_count_ever")
    assert cells.count("判断材料が不足 insufficient evidence") == 5, "all but nationality"


def test_the_groups_are_counted_and_small_ones_not_aloud(page: str) -> None:
    assert "| 国籍 `nationality` | 外国籍 foreign | 40 |" in page
    assert "| 民族的背景 `ethnicity` | `few er` | < 10 |" in page
    assert "100 examples" in page


def test_every_table_has_as_many_cells_in_each_row(page: str) -> None:
    for block in page.split("\n\n"):
        if block.startswith("| "):
            assert len({line.count("|") for line in block.splitlines()}) == 1


def test_it_is_the_same_page_again(page: str, tmp_path: Path) -> None:
    office().write(tmp_path / "cases")
    run("--audit", tmp_path / "cases", "--out", tmp_path / "proxies.md")
    assert (tmp_path / "proxies.md").read_text("utf-8") == page


@pytest.mark.parametrize(
    "arguments",
    [["--audit", "cases"], ["--out", "page.md"], ["--audit", "a", "--out", "b", "--check"]],
    ids=["no place", "no case file", "with check"],
)
def test_half_a_question_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert "--audit and --out belong together" in capsys.readouterr().err


def test_without_children_or_notifications_there_is_nothing_to_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    CaseFile.of_events(date(2025, 1, 1), {"notifications": [], "children": []}).write(tmp_path)
    assert run("--audit", tmp_path, "--out", tmp_path / "page.md") == 2
    assert "no notification" in capsys.readouterr().err
    assert not (tmp_path / "page.md").exists()
