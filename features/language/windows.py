"""Lookbacks and horizons: how many days before or after the cutoff a question covers."""

from dataclasses import dataclass

from features.language.text import Text


@dataclass(frozen=True, slots=True)
class Lookback:
    """The days up to and with the cutoff: the day d is inside where cutoff - days < d <= cutoff.

    `days` is None for a window without a beginning. `code` ends the name of a column.
    """

    code: str
    days: int | None
    words: Text

    def __str__(self) -> str:
        return "ever" if self.days is None else f"{self.days} days"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days after the cutoff: the day d is inside where cutoff < d <= cutoff + days."""

    code: str
    days: int
    words: Text

    def __str__(self) -> str:
        return f"{self.days} days"


Window = Lookback  # what a feature is given: features only ever look back

TODAY = Lookback("now", 1, Text("現在", "now"))  # a span that has not ended by the cutoff
DAYS_30 = Lookback("30d", 30, Text("過去30日間", "in the past 30 days"))
MONTHS_3 = Lookback("3m", 91, Text("過去3か月間", "in the past 3 months"))
MONTHS_6 = Lookback("6m", 183, Text("過去6か月間", "in the past 6 months"))
YEAR_1 = Lookback("1y", 365, Text("過去1年間", "in the past year"))
YEARS_2 = Lookback("2y", 730, Text("過去2年間", "in the past 2 years"))
YEARS_5 = Lookback("5y", 1826, Text("過去5年間", "in the past 5 years"))
EVER = Lookback("ever", None, Text("これまでに", "so far"))

MONTHS_6_AHEAD = Horizon("6m", 183, Text("今後6か月以内", "within the next 6 months"))
YEAR_AHEAD = Horizon("12m", 365, Text("今後12か月以内", "within the next 12 months"))
TWO_YEARS_AHEAD = Horizon("24m", 730, Text("今後24か月以内", "within the next 24 months"))
