"""The small language written out: every question that can be asked of some rows, up to a size."""

from collections.abc import Iterator, Sequence
from itertools import product

from features.language.fields import Choice, Condition, Day, Field, Flag, Number
from features.language.rows import Rows
from features.language.text import Text
from features.language.values import Value
from features.language.windows import DAYS_30, EVER, TODAY, Horizon, Lookback

SPANS: tuple[Lookback | Horizon, ...] = (
    DAYS_30,
    TODAY,
    EVER,
    Horizon("30d", 30, Text("今後30日以内", "within the next 30 days")),
)


HALF_LIFE = TODAY  # so that the weights of days side by side differ most


def in_every_span(rows: Rows) -> Iterator[Rows]:
    """The rows in each lookback and horizon; of spans also those that begin or end in one."""
    for span in SPANS:
        yield rows.within(span) if isinstance(span, Lookback) else rows.following(span)
    yield rows.within(EVER).before_age(1)
    if rows.lasting:
        yield from (rows.beginning(DAYS_30), rows.ending(DAYS_30), rows.ending(EVER))


def of_every_last_day(rows: Rows) -> Iterator[Rows]:
    """The rows as they are, and told apart by their last day."""
    yield from (rows, rows.latest(), rows.earlier())


def every_value(rows: Rows) -> Iterator[Value]:
    """Each verb that these rows can be asked."""
    yield from (rows.count(), rows.exists())
    if isinstance(rows.span, Lookback):
        yield from (rows.days_since_last(), rows.days_since_first(), rows.longest_gap())
        yield from (rows.age(), rows.count_days(), rows.faded_count(HALF_LIFE))
        if rows.lasting:
            yield from (rows.days_covered(), rows.is_open())
            yield from (rows.stretches(), rows.stretches_ended())
        if rows.span.days is not None:
            yield rows.change()
        for field in rows.columns.values():
            yield from _of_field(rows, field)
        for condition in _left_open(rows)[-1:]:
            yield from (rows.says(condition), rows.share(condition), rows.turns(condition))


def _of_field(rows: Rows, field: Field) -> Iterator[Value]:
    yield rows.count_distinct(field)
    if isinstance(field, Number):
        yield from (rows.sum(field), rows.max(field))
        if isinstance(rows.span, Lookback) and rows.span.days is not None:
            yield rows.change_in(field)
    if isinstance(field, Day):
        yield from (rows.least_age(field), rows.most_age(field), rows.spacing(field))


def _left_open(rows: Rows) -> list[Condition]:
    """Conditions that are unknown of a row whose field is not filled in."""
    return [
        condition
        for field in rows.columns.values()
        if not field.required
        for condition in list(on_field(field))[1:]
    ]


def every_question(rows: Rows) -> list[Value]:
    """Each verb of each last day in each span."""
    return [
        value
        for spanned in in_every_span(rows)
        for narrowed in of_every_last_day(spanned)
        for value in every_value(narrowed)
    ]


def every_question_about(rows: Rows, others: Rows) -> list[Value]:
    """Each verb of rows about others, which may be those of their last day, as the rows may."""
    return [
        value
        for spanned in in_every_span(others)
        for asked in of_every_last_day(spanned)
        for narrowed in (rows.about(asked), rows.about(asked).latest())
        for value in every_value(narrowed)
    ]


def every_condition(fields: Sequence[Field]) -> list[Condition]:
    """Conditions on one field and their opposites; any two of these joined, and the opposites."""
    plain = [condition for field in fields for condition in on_field(field)]
    small = [*plain, *(~condition for condition in plain)]
    joined = [each for a, b in product(small, small) for each in (a & b, a | b)]
    return [*small, *joined, *(~condition for condition in joined)]


def on_field(field: Field) -> Iterator[Condition]:
    """Some conditions on one field."""
    yield field.is_known()
    if isinstance(field, Choice):
        yield field.is_(next(iter(field.allowed)))
    if isinstance(field, Number):
        yield from (field.at_least(field.least + 1), field.at_most(field.least + 0.5))
    if isinstance(field, Flag):
        yield field.is_true()
