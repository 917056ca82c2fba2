"""Answers in words: some, none and unknown, each told apart, as a person says them."""

from datetime import date

from features.coverage import Gap
from features.engines.one_child import Answer
from features.language.feature import Column, Feature
from features.language.text import Text
from features.reading import calendar_day
from features.tables import TABLES

_GAPS = {
    "table": Text("{table}の記録なし", "no {table} on record"),
    "kind": Text("この種類の{table}は記録していない", "this kind of {table} is not recorded"),
    "days before": Text(
        "{table}の記録は{day}以降に限られる", "no {table} is kept on record before {day}"
    ),
    "days after": Text(
        "{table}の記録は{day}までに限られる", "no {table} is kept on record after {day}"
    ),
}
_NOT_FILLED_IN = Text("{table}に値の記入なし", "{table} on record without the detail")
_NOT_KNOWN = Text("「{asked}」かは不明（{why}）", "not known: {asked} ({why})")
_NOT_KNOWN_WHETHER = Text(
    "「{asked}」かどうかは不明（{why}）", "not known whether: {asked} ({why})"
)
_WHAT = {  # what stands for the number that nobody knows, by unit
    "days": Text("何日", "? days"),
    "years": Text("何歳", "? years"),
    "share": Text("何%", "?%"),
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_FORMATS = {"share": ".0%", "change": "+g", "weight": ".1f"}


def tell(feature: Feature, column: Column, answer: Answer) -> Text:
    """One answer in plain words, in both languages."""
    if answer.gap is not None:
        return _unknown(feature, column, _gap_words(answer.gap))
    if answer.number is None and answer.evidence:
        table = TABLES[column.value.table].words
        return _unknown(feature, column, _NOT_FILLED_IN.filled(table=table))
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


def _unknown(feature: Feature, column: Column, why: Text) -> Text:
    """What was asked, and why nobody can tell; else many reasons would be the same words."""
    what = _WHAT.get(feature.unit, Text("何", "?"))
    asked = feature.reason.some.filled(value=what, window=column.window.words)
    words = _NOT_KNOWN_WHETHER if feature.unit == "flag" else _NOT_KNOWN
    return words.filled(asked=asked, why=why)


def _gap_words(gap: Gap) -> Text:
    blanks = {"table": TABLES[gap.table].words}
    if gap.day is not None:
        blanks["day"] = day_words(calendar_day(gap.day))
    return _GAPS[gap.lacks].filled(**blanks)
