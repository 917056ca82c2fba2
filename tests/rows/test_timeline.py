"""The timeline shows what was known on the day: no more, and nothing that was corrected since."""

from datetime import date
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.histories import history_of
from features.language.text import LANGUAGES, Language
from features.reading import day_number
from features.rows.timeline import timeline
from tests.rows.front_door import run
from tests.small_world import CHILD, read_world

WORLD = """
    people
      person | happened   | family_name | given_name
      child  | 2015-04-01 | 髙橋        | さくら
      dad    | 2015-04-01 | 𠮷野        | 健
    children
      child | happened   | known
      child | 2015-04-01 | 2020-01-10
      bro   | 2018-06-01 | 2020-01-10
    members
      id | happened   | known      | withdrawn  | until      | person | relation
      m1 | 2015-04-01 | 2020-01-10 | 2021-03-01 |            | dad    | father
      m1 | 2015-04-01 | 2021-03-01 |            | 2021-02-20 | dad    | father
      m2 | 2018-06-01 | 2020-01-10 |            |            | bro    | sibling
    notifications
      id | child | happened   | known      | withdrawn  | source | child_seen
      n1 | child | 2020-01-09 | 2020-01-10 | 2020-05-01 | police | no
      n1 | child | 2020-01-09 | 2020-05-01 |            | school | no
      n2 | bro   | 2020-02-01 | 2020-02-03 |            | school | yes
    allegations
      id | child  | happened   | kind     | abuser
      a1 | child  | 2020-01-10 | physical | uncle
      a2 | cousin | 2019-12-01 | neglect  | uncle
    findings
      id | happened   | severity
      f1 | 2020-03-01 | 2
"""


def lines(day: str, language: Language = "en") -> list[str]:
    history = history_of(CHILD, read_world(WORLD).case_file)
    return list(timeline(history, day_number(date.fromisoformat(day)), language))


def told(row: str, day: str, language: Language = "en") -> list[str]:
    return [line for line in lines(day, language) if f" {row}  " in line]


def test_before_a_correction_arrived_what_it_replaced_is_told() -> None:
    first = (
        "2020-01-09  2020-01-10  notifications n1  "
        "the child: notification, police, the notifier saw the child: no"
    )
    assert told("n1", "2020-01-10") == told("n1", "2020-04-30") == [first]
    corrected = first.replace("2020-01-10", "2020-05-01").replace("police", "school")
    assert told("n1", "2020-05-01") == [corrected]


def test_an_end_is_told_from_the_day_that_it_was_known() -> None:
    (before,), (after,) = told("m1", "2021-02-28"), told("m1", "2021-03-01")
    assert before.endswith("household member, father, goes on")
    assert after.endswith("household member, father, until 2021-02-20")


def test_what_was_not_yet_known_is_not_told() -> None:
    assert told("n2", "2020-02-02") == []
    assert len(told("n2", "2020-02-03")) == 1
    assert lines("2019-11-30") == ["nothing was on record by that day"]


def test_rows_are_told_with_the_role_of_those_they_are_about() -> None:
    cells = [line.split("  ") for line in lines("2022-01-01")[1:]]
    whose = {row: told.partition(":")[0] for _, _, row, told in cells}
    assert whose["notifications n1"] == "the child"
    assert whose["notifications n2"] == "a sibling"
    assert whose["allegations a2"] == "an alleged abuser"


def test_the_oldest_comes_first() -> None:
    days = [line[:10] for line in lines("2022-01-01")[1:]]
    assert days == sorted(days)
    assert len(days) == 9


def test_it_reads_in_japanese() -> None:
    assert told("n1", "2020-01-10", "ja") == [
        "2020-01-09  2020-01-10  notifications n1  本人：通告、警察等、通告者が児童を見た：いいえ"
    ]
    assert told("m1", "2022-01-01", "ja")[0].endswith("本人：世帯の構成、実父、2021-02-20まで")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    CaseFile.of_events(date(2023, 1, 1), read_world(WORLD).case_file).write(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_tells_it_without_names(
    language: Language, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--child", CHILD, "--as-of", "2020-04-30", "--cases", folder, "--lang", language)
    assert run("history", "show", *asked) == 0
    said = capsys.readouterr().out
    assert said.splitlines() == lines("2020-04-30", language)
    assert not [name for name in ("髙橋", "さくら", "𠮷野", "健") if name in said]


@pytest.mark.parametrize(
    ("child", "day", "word"),
    [("nobody", "2020-04-30", "no row about that child"), (CHILD, "2023-01-02", "2023-01-01")],
)
def test_who_or_when_is_not_on_file_is_refused(
    child: str, day: str, word: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("history", "show", "--child", child, "--as-of", day, "--cases", folder) == 2
    assert word in capsys.readouterr().err
