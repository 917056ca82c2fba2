"""Each answer is told with the records that made it, and unknown apart from none."""

from datetime import date
from pathlib import Path

import pytest

from features.case_file import CaseFile
from features.engines.one_child import answer
from features.histories import history_of
from features.language.text import Language
from features.library import COLUMNS, FEATURES
from features.reading import calendar_day
from features.rows.explain import explanations
from tests.rows.front_door import run
from tests.small_world import CHILD, read_world

WORLD = """
    cutoff 2024-04-01
    notifications
      id | happened   | known      | source
      n1 | 2024-03-01 |            | police
      n2 | 2021-01-01 |            | school
      n3 | 2024-03-30 | 2024-04-02 | school   <- recorded after the cutoff: no evidence
    findings
      id | happened   | outcome       | severity
      f1 | 2024-03-20 | substantiated |
    unrecorded contacts
"""


def explained(*names: str, language: Language = "en") -> list[str]:
    world = read_world(WORLD)
    features = [FEATURES[name] for name in names]
    return list(explanations(features, history_of(CHILD, world.case_file), world.cutoff, language))


def test_an_answer_is_told_with_the_records_that_made_it() -> None:
    told = explained("notification_count")
    half_year = told.index("notification_count_6m = 1  1 notification(s) in the past 6 months")
    assert told[half_year + 1] == (
        "    2024-03-01  2024-03-01  notifications n1  the child: notification, police"
    )
    ever = told.index("notification_count_ever = 2  2 notification(s) so far")
    assert [line.split()[3] for line in told[ever + 1 :]] == ["n2", "n1"]


def test_none_and_not_recorded_and_not_filled_in_are_told_apart() -> None:
    (none, *_) = explained("unsubstantiated_count")
    assert " = 0  no " in none
    (not_recorded, *_) = explained("contacts_refused")
    assert " = missing  not known: " in not_recorded
    assert "contact" in not_recorded.partition("not known: ")[2]
    (not_filled_in, record, *_) = explained("largest_substantiated_severity")
    assert " = missing  not known: " in not_filled_in
    assert "(finding on record without the detail)" in not_filled_in
    assert record.split()[3] == "f1"


def test_every_column_is_told_once_and_its_evidence_under_it() -> None:
    world = read_world(WORLD)
    history = history_of(CHILD, world.case_file)
    told = explained(*FEATURES)
    heads = [line for line in told if not line.startswith("    ")]
    assert [line.split(" = ")[0] for line in heads] == list(COLUMNS)
    evidence = sum(
        len(set(answer(column.value, history, world.cutoff).evidence))
        for column in COLUMNS.values()
    )
    assert len(told) - len(heads) == evidence > 0


def test_the_command_tells_one_feature_or_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = read_world(WORLD)
    CaseFile.of_events(date(2024, 5, 1), world.case_file).write(tmp_path)
    cutoff = calendar_day(world.cutoff).isoformat()
    asked = ("rows", "explain", "--child", CHILD, "--cutoff", cutoff, "--cases", tmp_path)
    assert run(*asked, "--feature", "notification_count", "--lang", "en") == 0
    assert capsys.readouterr().out.splitlines() == explained("notification_count")
    assert run(*asked) == 0
    assert capsys.readouterr().out.splitlines() == explained(*FEATURES, language="ja")
    assert run(*asked, "--feature", "shoe_size") == 2
    assert "there is no feature shoe_size" in capsys.readouterr().err
