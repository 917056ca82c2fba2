"""A question that could see past the cutoff cannot be written down."""

from collections.abc import Callable

import pytest

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import LeakError, Value
from features.language.windows import DAYS_30, EVER, YEAR_1, Window
from features.tables import children, findings, members, notifications, placements
from tests.language.spec import NEXT_30_DAYS

POLICE = notifications.source.is_("police")
RECENT = notifications.within(DAYS_30)
AHEAD = notifications.following(NEXT_30_DAYS)

NO_SPAN: dict[str, Callable[[], object]] = {
    "count": notifications.count,
    "exists": notifications.exists,
    "count_distinct": lambda: notifications.count_distinct(notifications.source),
    "days_since_last": notifications.days_since_last,
    "days_since_first": notifications.days_since_first,
    "sum": lambda: findings.sum(findings.severity),
    "max": lambda: findings.max(findings.severity),
    "days_covered": placements.days_covered,
    "is_open": placements.is_open,
    "age": children.age,
    "says": lambda: notifications.says(POLICE),
    "share": lambda: notifications.share(POLICE),
    "count_days": notifications.count_days,
    "change": notifications.change,
    "change_in": lambda: findings.change_in(findings.severity),
    "faded_count": lambda: notifications.faded_count(YEAR_1),
    "longest_gap": notifications.longest_gap,
    "stretches": placements.stretches,
    "stretches_ended": placements.stretches_ended,
    "turns": lambda: notifications.turns(POLICE),
    "least_age": lambda: members.least_age(members.born),
    "most_age": lambda: members.most_age(members.born),
    "spacing": lambda: members.spacing(members.born),
    "latest": notifications.latest,
    "earlier": notifications.earlier,
    "about": lambda: findings.about(notifications),
}
TWO_SPANS: dict[str, Callable[[], object]] = {
    "within within": lambda: RECENT.within(EVER),
    "within following": lambda: RECENT.following(NEXT_30_DAYS),
    "following within": lambda: AHEAD.within(EVER),
    "following following": lambda: AHEAD.following(NEXT_30_DAYS),
    "narrowed": lambda: RECENT.where(notifications.source.is_known()).latest().within(EVER),
    "before about": lambda: findings.within(YEAR_1).about(RECENT),
    "after about": lambda: findings.about(RECENT).within(YEAR_1),
    "beginning within": lambda: placements.beginning(YEAR_1).within(EVER),
    "within ending": lambda: placements.within(YEAR_1).ending(EVER),
    "ending following": lambda: placements.ending(YEAR_1).following(NEXT_30_DAYS),
    "ahead of about": lambda: findings.following(NEXT_30_DAYS).about(RECENT),
}
LOOKS_AHEAD: dict[str, Callable[[], object]] = {
    "count_distinct": lambda: AHEAD.count_distinct(notifications.source),
    "days_since_last": AHEAD.days_since_last,
    "days_since_first": AHEAD.days_since_first,
    "sum": lambda: findings.following(NEXT_30_DAYS).sum(findings.severity),
    "max": lambda: findings.about(AHEAD).max(findings.severity),
    "days_covered": lambda: placements.following(NEXT_30_DAYS).days_covered(),
    "is_open": lambda: placements.following(NEXT_30_DAYS).is_open(),
    "age": lambda: children.following(NEXT_30_DAYS).age(),
    "says": lambda: AHEAD.says(POLICE),
    "share": lambda: AHEAD.share(POLICE),
    "count_days": AHEAD.count_days,
    "change": AHEAD.change,
    "change_in": lambda: findings.following(NEXT_30_DAYS).change_in(findings.severity),
    "faded_count": lambda: AHEAD.faded_count(YEAR_1),
    "longest_gap": AHEAD.longest_gap,
    "stretches": lambda: placements.following(NEXT_30_DAYS).stretches(),
    "stretches_ended": lambda: placements.following(NEXT_30_DAYS).stretches_ended(),
    "turns": lambda: AHEAD.turns(POLICE),
    "least_age": lambda: members.following(NEXT_30_DAYS).least_age(members.born),
    "most_age": lambda: members.following(NEXT_30_DAYS).most_age(members.born),
    "spacing": lambda: members.following(NEXT_30_DAYS).spacing(members.born),
}


@pytest.mark.parametrize("question", NO_SPAN.values(), ids=NO_SPAN)
def test_no_value_without_a_span(question: Callable[[], object]) -> None:
    with pytest.raises(LeakError, match="names no span"):
        question()


@pytest.mark.parametrize("question", TWO_SPANS.values(), ids=TWO_SPANS)
def test_no_question_with_two_spans(question: Callable[[], object]) -> None:
    with pytest.raises(LeakError, match="names its span already"):
        question()


@pytest.mark.parametrize("question", LOOKS_AHEAD.values(), ids=LOOKS_AHEAD)
def test_only_count_and_exists_look_ahead(question: Callable[[], object]) -> None:
    with pytest.raises(LeakError, match="only count and exists"):
        question()


def follows(window: Window) -> Value:
    """Looks ahead."""
    return AHEAD.exists()


def follows_inside_about(window: Window) -> Value:
    """Looks ahead in the rows that others are about."""
    return findings.about(AHEAD).count()


def another_window(window: Window) -> Value:
    """Looks back over a window of its own."""
    return notifications.within(YEAR_1).count()


@pytest.mark.parametrize("question", [follows, follows_inside_about, another_window])
def test_no_feature_looks_ahead_or_elsewhere(question: Callable[[Window], Value]) -> None:
    words = Text("あり", "some")
    with pytest.raises(LeakError, match="must look back over the window"):
        feature(windows=(DAYS_30,), reason=Reason(words, words), example="")(question)


def test_a_question_that_looks_ahead_says_so_to_the_reader() -> None:
    assert "following(30 days)" in str(AHEAD.count())
    assert "within(30 days)" in str(RECENT.count())
