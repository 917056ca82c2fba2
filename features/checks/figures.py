"""The sections of the page that show figures: not filled in, late, without a row, the limits."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from features import html
from features.checks.checked import Checked
from features.checks.gaps import Span
from features.checks.lateness import By
from features.checks.teller import Teller, percent
from features.checks.thresholds import LATE, LEAST_ROWS, THRESHOLDS, UNFILLED, Threshold
from features.checks.words import BY
from features.html import Content, make, number, row
from features.tables import notifications

MOST_STRETCHES = 3


def missing(checked: Checked, tell: Teller) -> Iterator[Element]:
    """How much is not filled in."""
    yield make("h2", tell.say("missing"))
    yield make("p", tell.say("missing_about"))
    rows = [
        row(
            tell.table(one.table),
            tell.field(one.table, one.field),
            number(percent(one.share)),
            _bar(one.share),
            number(f"{one.missing:,} / {one.rows:,}"),
            css=_mark(checked, UNFILLED, one.place),
        )
        for one in checked.filling
        if one.missing
    ]
    heads = [*tell.heads("table", "field", "share#"), make("th"), *tell.heads("count#")]
    yield html.table(heads, rows)


def lateness(checked: Checked, tell: Teller) -> Iterator[Element]:
    """How late rows are written down."""
    yield make("h2", tell.say("late"))
    yield make("p", tell.say("late_about"))
    for by in By:
        rows = [
            row(
                _group(by, one.name, tell),
                number(f"{one.rows:,}"),
                number(f"{one.median:g}"),
                number(f"{one.ninetieth:g}"),
                number(percent(one.share)),
                css=_mark(checked, LATE, one.place),
            )
            for one in checked.lateness
            if one.by is by
        ]
        heads = tell.heads("count#", "median#", "ninetieth#", "late_share#")
        if rows:
            yield html.table([make("th", tell.read(BY[by]), css="wide-head"), *heads], rows)


def gaps(checked: Checked, tell: Teller) -> Iterator[Element]:
    """The months of each table, and those without a row."""
    yield make("h2", tell.say("gaps"))
    yield make("p", tell.say("gaps_about"))
    rows = [
        row(
            tell.table(span.table),
            f"{span.first} – {span.last}",
            number(span.months),
            number(span.empty_months),
            _longest(span),
        )
        for span in checked.gaps
    ]
    heads = tell.heads("table", "from_to", "months#", "empty#")
    yield html.table([*heads, make("th", tell.say("when", most=MOST_STRETCHES))], rows)


def limits(tell: Teller) -> Iterator[Element]:
    """Every limit, and why it is that one."""
    yield make("h2", tell.say("limits"))
    yield make("p", tell.say("limits_about", least=LEAST_ROWS))
    rows = [
        row(tell.read(one.words), number(percent(one.limit)), tell.read(one.why))
        for one in THRESHOLDS
    ]
    yield html.table(tell.heads("what", "beyond#", "why"), rows)


def _mark(checked: Checked, threshold: Threshold, place: str) -> str:
    """The style of a row of figures: marked where it is beyond the limit."""
    over = any(one.threshold is threshold and one.place == place for one in checked.broken)
    return "over" if over else ""


def _group(by: By, name: str, tell: Teller) -> Content:
    if by is By.TABLE:
        return tell.table(name)
    sources = notifications.source.allowed
    return tell.read(sources[name]) if by is By.SOURCE and name in sources else name


def _longest(span: Span) -> str:
    longest = sorted(span.empty, key=lambda stretch: -stretch.months)[:MOST_STRETCHES]
    return ", ".join(
        one.first if one.months == 1 else f"{one.first} – {one.last}" for one in longest
    )


def _bar(share: float) -> Element:
    return make("span", make("i", style=f"width:{100 * share:.0f}%"), css="bar")
