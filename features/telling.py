"""Answers in words: some, none and unknown, each told apart, as a person says them."""

from features.engines.one_child import Answer
from features.language.feature import Column, Feature
from features.language.text import Text
from features.tables import TABLES

_NOT_RECORDED = Text("{table}の記録がないため不明", "not known: no {table} on record")
_NOT_FILLED_IN = Text(
    "{table}はあるが、値の記入がなく不明", "not known: {table} on record without the detail"
)


def tell(feature: Feature, column: Column, answer: Answer) -> Text:
    """One answer in plain words, in both languages."""
    table = TABLES[column.value.table].words
    if not answer.recorded:
        return _NOT_RECORDED.filled(table=table)
    if answer.number is None and answer.evidence:
        return _NOT_FILLED_IN.filled(table=table)
    blanks = {"window": column.window.words}
    if answer.number is None or answer.number == column.value.empty:
        return feature.reason.none.filled(**blanks)
    return feature.reason.some.filled(value=number_words(answer.number, feature.unit), **blanks)


def number_words(number: float, unit: str) -> Text:
    """A number as a person says it: days as days, months or years, the rest as it is."""
    if unit == "years":
        return Text(f"{number:g}歳", f"{number:g} year(s)")
    if unit != "days":
        return Text(f"{number:g}", f"{number:g}")
    if number < 90:
        return Text(f"{number:g}日", f"{number:g} day(s)")
    if number < 730:
        return Text(f"約{number / 30.44:.0f}か月", f"about {number / 30.44:.0f} months")
    return Text(f"約{number / 365.25:.0f}年", f"about {number / 365.25:.0f} years")
