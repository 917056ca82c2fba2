"""A feature is declared in one way; every other way is refused when it is imported."""

from collections.abc import Callable

import pytest

from features.engines.one_child import answer
from features.events import Event
from features.histories import history_of
from features.language.feature import DeclarationError, Feature, Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import DAYS_30, EVER, YEAR_1, Lookback, Window
from features.tables import (
    benefits,
    children,
    findings,
    notifications,
    people,
)

REASON = Reason(Text("あり", "some"), Text("なし", "none"))


def declare(question: object, windows: tuple[Lookback, ...] = (EVER,)) -> Feature:
    return feature(windows=windows, reason=REASON, example="cutoff 2024-01-01")(question)  # type: ignore[arg-type]


def declare_with(declared: Callable[[Callable[[Window], Value]], Feature]) -> Feature:
    return declared(notification_count)


def notification_count(window: Window) -> Value:
    """Notifications
    in the window."""
    return notifications.within(window).count()


def test_a_feature_has_a_column_for_each_window() -> None:
    made = declare(notification_count, (DAYS_30, YEAR_1))
    assert [column.name for column in made.columns] == [
        "notification_count_30d",
        "notification_count_1y",
    ]
    assert {column.feature for column in made.columns} == {made.name} == {"notification_count"}
    assert made.about == "Notifications in the window."
    assert made.unit == "count"
    assert made.tables == {"notifications"}


def test_a_single_window_is_not_in_the_name() -> None:
    assert [column.name for column in declare(notification_count).columns] == ["notification_count"]


def without_docstring(window: Window) -> Value:
    return notifications.within(window).count()


def blank_docstring(window: Window) -> Value:
    """ """
    return notifications.within(window).count()


def no_parameter() -> Value:
    """A question without a window."""
    return notifications.within(EVER).count()


def another_parameter(days: Window) -> Value:
    """A window by another name."""
    return notifications.within(days).count()


def one_parameter_more(window: Window, least: int = 1) -> Value:
    """A second way to say what is asked."""
    return notifications.within(window).count()


def two_verbs(window: Window) -> Value:
    """One question in one window and another in the next."""
    rows = notifications.within(window)
    return rows.count() if window is EVER else rows.exists()


def rows_only(window: Window) -> object:
    """A question that does not end in a value."""
    return notifications.within(window)


def closure() -> Callable[[Window], Value]:
    rows = notifications.where(notifications.source.is_known())

    def hidden(window: Window) -> Value:
        """Asks of rows that the reader of the function does not see."""
        return rows.within(window).count()

    return hidden


class Callable1:
    """Something that can be called and is no function."""

    def __call__(self, window: Window) -> Value:
        return notifications.within(window).count()


REFUSED: dict[str, tuple[object, str]] = {
    "a lambda": (lambda window: notifications.within(window).count(), "not a lambda"),
    "an object": (Callable1(), "not a lambda"),
    "a closure": (closure(), "closes over nothing"),
    "no parameter": (no_parameter, "takes one argument, window"),
    "another parameter": (another_parameter, "takes one argument, window"),
    "one parameter more": (one_parameter_more, "takes one argument, window"),
    "no docstring": (without_docstring, "needs a docstring"),
    "a blank docstring": (blank_docstring, "needs a docstring"),
    "no value": (rows_only, "must end in a value"),
}


@pytest.mark.parametrize(("question", "why"), REFUSED.values(), ids=REFUSED)
def test_any_other_way_to_declare_is_refused(question: object, why: str) -> None:
    with pytest.raises(DeclarationError, match=why):
        declare(question)


def test_a_feature_has_windows_and_one_verb_in_all_of_them() -> None:
    with pytest.raises(DeclarationError, match="the same verb in each"):
        declare(two_verbs, (YEAR_1, EVER))
    with pytest.raises(DeclarationError, match="needs a window"):
        declare(notification_count, ())


def test_a_window_beyond_the_sunset_is_cut_to_it() -> None:
    declared = feature(
        windows=(DAYS_30, EVER), reason=REASON, example="cutoff 2024-01-01", sunset=YEAR_1
    )
    made = declare_with(declared)
    assert [column.name for column in made.columns] == [
        "notification_count_30d",
        "notification_count_1y",
    ]
    assert made.columns[1].window is YEAR_1
    assert str(made.columns[1].value) == "notifications.within(365 days).count()"
    assert made.sunset is YEAR_1


def test_a_sunset_that_leaves_two_windows_alike_is_refused() -> None:
    declared = feature(windows=(YEAR_1, EVER), reason=REASON, example="", sunset=YEAR_1)
    with pytest.raises(DeclarationError, match="two of its windows are the same"):
        declare_with(declared)


def test_after_the_sunset_a_fact_changes_no_answer() -> None:
    declared = feature(windows=(EVER,), reason=REASON, example="", sunset=YEAR_1)
    value = declare_with(declared).columns[0].value
    row = Event("a", 0, 0, None, None, {"child": "ann"})
    with_it, without = ({"notifications": rows} for rows in ([row], []))
    last_day = 364  # of the year that begins on day 0
    for day, counts in ((last_day, 1), (last_day + 1, 0), (last_day + 5_000, 0)):
        assert answer(value, history_of("ann", with_it), day).number == counts
        assert answer(value, history_of("ann", without), day).number == 0


def says_protected(window: Window) -> Value:
    """Reads a protected field in what rows say."""
    return children.within(window).says(children.sex.is_("male"))


def where_protected(window: Window) -> Value:
    """Reads a protected field in a condition."""
    return children.where(children.sex.is_("male")).within(window).exists()


def on_the_left(window: Window) -> Value:
    """Reads a protected field on the left, deep in a condition."""
    condition = ~(children.nationality.is_known() | children.child.is_known())
    return children.where(condition).within(window).exists()


def on_the_right(window: Window) -> Value:
    """Reads a protected field on the right, deep in a condition."""
    condition = ~(children.child.is_known() & children.nationality.is_known())
    return children.where(condition).within(window).exists()


def of_protected(window: Window) -> Value:
    """Counts the values of a protected field."""
    return notifications.within(window).count_distinct(notifications.office)


def about_protected(window: Window) -> Value:
    """Reads a protected field of the rows that others are about."""
    asked = notifications.where(notifications.office.is_known()).within(window)
    return findings.about(asked).count()


def in_a_protected_table(window: Window) -> Value:
    """Counts rows that stand for poverty, whatever their fields."""
    return benefits.within(window).count()


def of_names(window: Window) -> Value:
    """Asks whether there is a name."""
    return people.within(window).exists()


@pytest.mark.parametrize(
    "question",
    [
        says_protected,
        where_protected,
        on_the_left,
        on_the_right,
        of_protected,
        about_protected,
        in_a_protected_table,
        of_names,
    ],
)
def test_no_feature_reads_what_is_protected(question: Callable[[Window], Value]) -> None:
    with pytest.raises(DeclarationError, match="is protected, for audits only"):
        declare(question)


def test_a_text_says_as_much_in_both_languages() -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text("通告", " ")
    with pytest.raises(ValueError, match="blanks differ"):
        Text("通告が{value}件", "some notifications")
    with pytest.raises(DeclarationError, match="can be filled in"):
        Reason(Text("{x}", "{x}"), Text("なし", "none"))
    with pytest.raises(DeclarationError, match="can be filled in"):
        Reason(Text("あり", "some"), Text("{value}", "{value}"))
    text = Text("{window}に{value}件", "{value} {window}")
    told = text.filled(window=YEAR_1.words, value=Text("三", "three"))
    assert told.read("en") == "three in the past year"
    assert told.read("ja") == "過去1年間に三件"
    typed = Text.said("{", "}")
    assert text.filled(window=typed, value=typed).read("ja") == "{に{件", "a brace is no blank"
