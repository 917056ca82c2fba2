"""Questions by chance, of any depth that the language allows."""

from collections.abc import Iterator

from hypothesis import strategies as st

from features.language.fields import Choice, Condition, Field, Flag, Number, Person
from features.language.roles import Role
from features.language.rows import Rows, Table
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, TODAY, Horizon, Lookback
from features.tables import TABLES, notifications
from tests.engines.questions import every_value

_WORDS = Text("期間", "window")
LOOKBACKS = (EVER, TODAY, *(Lookback(f"{days}d", days, _WORDS) for days in (2, 3, 5)))
HORIZONS = tuple(Horizon(f"{days}d", days, _WORDS) for days in (1, 3))
REFERRING = [table for table in TABLES.values() if "notification" in table.columns]

SPANS: tuple[Lookback | Horizon, ...] = (*LOOKBACKS, *LOOKBACKS, *HORIZONS)  # more look back


def _on_field(field: Field) -> st.SearchStrategy[Condition]:
    made = [field.is_known()]
    if isinstance(field, Choice):
        made += [field.is_(code) for code in list(field.allowed)[:2]]
        made.append(field.is_(*list(field.allowed)[1:4]))
    if isinstance(field, Number):
        made += [field.at_least(field.least + 0.1), field.at_most(field.least + 0.1)]
    if isinstance(field, Flag):
        made.append(field.is_true())
    return st.sampled_from(made)


def conditions(table: Table) -> st.SearchStrategy[Condition]:
    """Conditions on the fields of a table, nested."""
    one = st.one_of([_on_field(field) for field in table.columns.values()])
    return st.recursive(
        one,
        lambda inner: st.one_of(
            inner.map(lambda a: ~a),
            st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
            st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        ),
        max_leaves=4,
    )


@st.composite
def _roots(draw: st.DrawFn, table: Table) -> Rows:
    rows = table if draw(st.booleans()) else draw(_in_a_role(table))
    return rows.where(draw(conditions(table))) if draw(st.booleans()) else rows


@st.composite
def _in_a_role(draw: st.DrawFn, table: Table) -> Rows:
    """The rows of those in a role, standing in one of the table's person fields or in any."""
    role, standing = draw(st.sampled_from(Role)), [table.columns[name] for name in table.concerns]
    if role is Role.SELF or len(standing) < 2:
        return table.of(role)
    as_ = draw(st.none() | st.sampled_from(standing))
    assert as_ is None or isinstance(as_, Person)
    return table.of(role, as_=as_)


@st.composite
def _spanned(draw: st.DrawFn, table: Table) -> Rows:
    """Rows of a table in a span, told apart by their last day or not, narrowed once more or not."""
    rows = draw(_roots(table))
    if draw(st.integers(0, 3)) == 0:
        rows = rows.before_age(draw(st.integers(1, 2)))
    if table in REFERRING and draw(st.booleans()):
        rows = rows.about(draw(_spanned(notifications)))
    else:
        span = draw(st.sampled_from(SPANS))
        rows = draw(st.sampled_from(list(_in_span(rows, span))))
    for step in draw(st.lists(st.sampled_from(("where", "latest", "earlier")), max_size=3)):
        rows = rows.where(draw(conditions(table))) if step == "where" else getattr(rows, step)()
    return rows


def _in_span(rows: Rows, span: Lookback | Horizon) -> Iterator[Rows]:
    """Every way in which the rows can name the span."""
    if isinstance(span, Horizon):
        yield rows.following(span)
        return
    yield rows.within(span)
    if rows.lasting:
        yield from (rows.beginning(span), rows.ending(span))


@st.composite
def expressions(draw: st.DrawFn) -> Value:
    """A question of some rows of some table, which ends in one of the verbs that they allow."""
    rows = draw(_spanned(draw(st.sampled_from(list(TABLES.values())))))
    return draw(st.sampled_from(list(every_value(rows))))
