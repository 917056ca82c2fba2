"""Answers in words: some, none and unknown, each told apart, as a person says them."""

from datetime import date

from features.coverage import Gap
from features.engines.one_child import Answer
from features.language.feature import Column, Feature
from features.language.text import Text
from features.reading import calendar_day
from features.tables import TABLES

_GAPS = {
    "table": Text("{table}の記録がないため不明", "not known: no {table} on record"),
    "kind": Text(
        "この種類の{table}は記録していないため不明",
        "not known: this kind of {table} is not recorded",
    ),
    "days before": Text(
        "{table}の記録は{day}以降に限られ、それより前は不明",
        "not known: {table} records only go back to {day}",
    ),
    "days after": Text(
        "{table}の記録は{day}までに限られ、それより後は不明",
        "not known: {table} records end on {day}",
    ),
}
_NOT_FILLED_IN = Text(
    "{table}はあるが、値の記入がなく不明", "not known: {table} on record without the detail"
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


_FORMATS = {"share": ".0%", "change": "+g", "weight": ".1f"}


def tell(feature: Feature, column: Column, answer: Answer) -> Text:
    """One answer in plain words, in both languages."""
    if answer.gap is not None:
        return _gap_words(answer.gap)
    if answer.number is None and answer.evidence:
        return _NOT_FILLED_IN.filled(table=TABLES[column.value.table].words)
    blanks = {"window": column.window.words}
    if answer.number is None or answer.number == column.value.empty:
        return feature.reason.none.filled(**blanks)
    return feature.reason.some.filled(value=number_words(answer.number, feature.unit), **blanks)


def number_words(number: float, unit: str) -> Text:
    """A number as a person says it: days as days, months or years, the rest as it is."""
    if unit == "years":
        return Text(f"{number:g}歳", f"{number:g} year(s)")
    if unit in _FORMATS:
        return Text(format(number, _FORMATS[unit]), format(number, _FORMATS[unit]))
    if unit != "days":
        return Text(f"{number:g}", f"{number:g}")
    if number < 90:
        return Text(f"{number:g}日", f"{number:g} day(s)")
    if number < 730:
        return Text(f"約{number / 30.44:.0f}か月", f"about {number / 30.44:.0f} months")
    return Text(f"約{number / 365.25:.0f}年", f"about {number / 365.25:.0f} years")


def day_words(day: date) -> Text:
    """A day as people write it."""
    return Text(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def _gap_words(gap: Gap) -> Text:
    blanks = {"table": TABLES[gap.table].words}
    if gap.day is not None:
        blanks["day"] = day_words(calendar_day(gap.day))
    return _GAPS[gap.lacks].filled(**blanks)
