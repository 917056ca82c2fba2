"""A question that has no sense is refused when it is written down."""

from collections.abc import Callable

import pytest

from features.language.roles import ADULT, SELF, SIBLING
from features.language.windows import EVER, YEAR_1
from features.tables import allegations, findings, members, notifications, placements

NO_SENSE: dict[str, tuple[Callable[[], object], str]] = {
    "a code not allowed": (lambda: notifications.source.is_("martian"), "has no code"),
    "another table's field": (
        lambda: notifications.where(findings.kind.is_known()),
        "not a field of notifications",
    ),
    "another table's number": (
        lambda: notifications.within(EVER).max(findings.severity),
        "not a field of notifications",
    ),
    "the sum of a code": (
        lambda: findings.within(EVER).sum(findings.kind),  # type: ignore[arg-type]
        "not a number",
    ),
    "the largest of persons": (
        lambda: allegations.within(EVER).max(allegations.abuser),  # type: ignore[arg-type]
        "not a number",
    ),
    "days covered by events": (lambda: notifications.within(EVER).days_covered(), "do not last"),
    "an open event": (lambda: notifications.within(EVER).is_open(), "do not last"),
    "another table's condition": (
        lambda: notifications.within(EVER).says(findings.kind.is_known()),
        "not a field of notifications",
    ),
    "a share by another table's condition": (
        lambda: notifications.within(EVER).share(findings.kind.is_known()),
        "not a field of notifications",
    ),
    "events that begin": (lambda: notifications.beginning(YEAR_1), "do not last"),
    "events that end": (lambda: notifications.ending(YEAR_1), "do not last"),
    "stretches of events": (lambda: notifications.within(EVER).stretches(), "do not last"),
    "the end of stretches of events": (
        lambda: notifications.within(EVER).stretches_ended(),
        "do not last",
    ),
    "a turn by another table's condition": (
        lambda: notifications.within(EVER).turns(findings.kind.is_known()),
        "not a field of notifications",
    ),
    "a change without a beginning": (
        lambda: notifications.within(EVER).change(),
        "the lookback must have a number of days",
    ),
    "a change in numbers without a beginning": (
        lambda: findings.within(EVER).change_in(findings.severity),
        "the lookback must have a number of days",
    ),
    "the change in a code": (
        lambda: findings.within(YEAR_1).change_in(findings.kind),  # type: ignore[arg-type]
        "not a number",
    ),
    "a half-life without end": (
        lambda: notifications.within(EVER).faded_count(EVER),
        "the half-life must have a number of days",
    ),
    "the age of a code": (
        lambda: members.within(EVER).least_age(members.relation),  # type: ignore[arg-type]
        "not a day",
    ),
    "before birth": (lambda: notifications.before_age(0), "nothing happens before birth"),
    "standing in another table's field": (
        lambda: allegations.of(ADULT, as_=findings.abuser),
        "not a field of allegations",
    ),
    "standing in the only field": (
        lambda: placements.of(SIBLING, as_=placements.child),
        "in which of several fields",
    ),
    "standing in a field that links nobody": (
        lambda: members.of(SIBLING, as_=members.person),
        "in which of several fields",
    ),
    "the child standing somewhere": (
        lambda: allegations.of(SELF, as_=allegations.abuser),
        "in which of several fields",
    ),
    "about without a reference": (
        lambda: placements.about(notifications.within(EVER)),
        "no field that refers to notifications",
    ),
}


@pytest.mark.parametrize(("question", "why"), NO_SENSE.values(), ids=NO_SENSE)
def test_a_question_without_sense_is_refused(question: Callable[[], object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        question()
