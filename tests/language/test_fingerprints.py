"""A fingerprint changes when, and only when, the question does."""

import os
import subprocess
import sys

import pytest

from features.language.feature import fingerprint
from features.language.roles import ADULT, SIBLING
from features.language.rows import Rows
from features.language.text import Text
from features.language.values import Value
from features.language.windows import DAYS_30, EVER, YEAR_1, YEAR_AHEAD, Lookback
from features.library import FEATURES
from features.tables import (
    allegations,
    assessments,
    children,
    findings,
    members,
    notifications,
    observations,
    placements,
    screenings,
)

POLICE, SCHOOL = notifications.source.is_("police"), notifications.source.is_("school")
ANONYMOUS = notifications.anonymous.is_true()


def reports(condition: object) -> Value:
    return notifications.where(condition).within(EVER).count()  # type: ignore[arg-type]


def severe(bound: float) -> Value:
    return findings.where(findings.severity.at_least(bound)).within(EVER).count()


RECENT: Rows = notifications.within(YEAR_1)
ALL_DIFFERENT = (
    RECENT.count(),
    RECENT.exists(),
    RECENT.days_since_last(),
    RECENT.days_since_first(),
    RECENT.count_distinct(notifications.source),
    RECENT.count_distinct(notifications.report),
    RECENT.latest().count(),
    RECENT.earlier().count(),
    RECENT.latest().earlier().count(),
    RECENT.earlier().latest().count(),
    notifications.within(DAYS_30).count(),
    notifications.within(EVER).count(),
    notifications.following(YEAR_AHEAD).count(),
    notifications.of(SIBLING).within(YEAR_1).count(),
    notifications.of(ADULT).within(YEAR_1).count(),
    allegations.within(YEAR_1).count(),
    screenings.about(RECENT).count(),
    assessments.about(RECENT).count(),
    assessments.about(notifications.of(SIBLING).within(YEAR_1)).count(),
    assessments.of(SIBLING).about(RECENT).count(),
    assessments.about(RECENT.latest()).count(),
    assessments.about(RECENT).latest().count(),
    placements.within(YEAR_1).days_covered(),
    placements.within(YEAR_1).is_open(),
    children.within(EVER).age(),
    findings.within(EVER).sum(findings.severity),
    findings.within(EVER).max(findings.severity),
    RECENT.count_days(),
    RECENT.before_age(1).count(),
    RECENT.before_age(2).count(),
    RECENT.change(),
    RECENT.longest_gap(),
    RECENT.faded_count(DAYS_30),
    RECENT.faded_count(YEAR_1),
    RECENT.says(POLICE),
    RECENT.says(ANONYMOUS),
    RECENT.share(POLICE),
    RECENT.where(POLICE).exists(),
    findings.within(YEAR_1).change_in(findings.severity),
    placements.within(YEAR_1).count(),
    placements.beginning(YEAR_1).count(),
    placements.ending(YEAR_1).count(),
    placements.within(YEAR_1).stretches(),
    placements.within(YEAR_1).stretches_ended(),
    RECENT.turns(POLICE),
    members.within(EVER).least_age(members.born),
    members.within(EVER).most_age(members.born),
    members.within(EVER).spacing(members.born),
    allegations.of(ADULT).within(YEAR_1).count(),
    allegations.of(ADULT, as_=allegations.abuser).within(YEAR_1).count(),
    allegations.of(ADULT, as_=allegations.child).within(YEAR_1).count(),
    reports(POLICE),
    reports(SCHOOL),
    reports(notifications.source.is_("police", "school")),
    reports(notifications.source.is_known()),
    reports(~POLICE),
    reports(POLICE & ANONYMOUS),
    reports(POLICE | ANONYMOUS),
    reports(~(POLICE & ANONYMOUS)),
    reports(~POLICE & ANONYMOUS),
    reports(POLICE & ANONYMOUS | SCHOOL),
    reports(POLICE & (ANONYMOUS | SCHOOL)),
    reports(ANONYMOUS),
    reports(notifications.child_seen.is_true()),
    severe(2),
    severe(2.5),
    severe(2_000_000),
    severe(2_000_001),
    severe(0.1 + 0.2),
    severe(0.3),
    findings.where(findings.severity.at_most(2)).within(EVER).count(),
    observations.where(observations.extent.at_least(2)).within(EVER).count(),
)
SAME = (
    (severe(2), severe(2.0)),
    (
        reports(notifications.source.is_("police", "school")),
        reports(notifications.source.is_("school", "police", "school")),
    ),
    (
        notifications.within(YEAR_1).count(),  # the words of a window are not what is asked
        notifications.within(Lookback("year", 365, Text("1年", "a year"))).count(),
    ),
)


def test_different_questions_have_different_fingerprints() -> None:
    assert len({fingerprint(value) for value in ALL_DIFFERENT}) == len(ALL_DIFFERENT)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_has_the_same_fingerprint(one: Value, other: Value) -> None:
    assert fingerprint(one) == fingerprint(other)


def test_a_new_meaning_of_a_verb_changes_all_fingerprints(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {fingerprint(value) for value in ALL_DIFFERENT}
    monkeypatch.setattr("features.language.feature.LANGUAGE_VERSION", -1)
    assert not before & {fingerprint(value) for value in ALL_DIFFERENT}


def test_no_two_columns_of_the_library_ask_the_same() -> None:
    asked = [column.fingerprint for feature in FEATURES.values() for column in feature.columns]
    assert asked
    assert len(set(asked)) == len(asked)


PRINT_ALL = (
    "from features.library import COLUMNS; print(*(c.fingerprint for c in COLUMNS.values()))"
)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_fingerprints_are_the_same_in_every_process(seed: str) -> None:
    command = [sys.executable, "-c", PRINT_ALL]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    printed = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    columns = [column for feature in FEATURES.values() for column in feature.columns]
    assert printed.stdout.split() == [column.fingerprint for column in columns]
