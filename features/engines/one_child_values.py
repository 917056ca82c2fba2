"""Values of one child, in plain Python: one small function for each verb of the language."""

from collections.abc import Callable
from functools import singledispatch

from features.conditions import truth_of
from features.engines.one_child_rows import View, completed_years
from features.events import Event
from features.language.values import (
    Age,
    Change,
    ChangeIn,
    Count,
    CountDays,
    CountDistinct,
    DaysCovered,
    DaysSinceFirst,
    DaysSinceLast,
    Exists,
    FadedCount,
    IsOpen,
    LeastAge,
    LongestGap,
    Max,
    MostAge,
    OfCondition,
    OfDay,
    OfField,
    Says,
    Share,
    Spacing,
    Stretches,
    StretchesEnded,
    Sum,
    Turns,
    Value,
)
from features.reading import Filled

Made = tuple[float | None, list[Event]]
Make = Callable[[list[Event], View], Made]
_Known = list[tuple[Filled, Event]]
_Said = list[tuple[bool | None, Event]]


def making(value: Value) -> Make:
    """A function: the number that a value makes of at least one row, and the rows that made it.

    Where the rows leave open what is asked, the number is None and they are the rows that should
    have said it.
    """
    if isinstance(value, OfField):
        return _making_of_known(value)
    if isinstance(value, OfCondition):
        return _making_of_said(value)
    made = _of_rows.dispatch(type(value))
    return lambda events, view: made(value, events, view)


def _making_of_known(value: OfField) -> Make:
    made, name = _of_known.dispatch(type(value)), value.field.name
    to_come = isinstance(value, OfDay)  # a day to come is not known yet

    def make(events: list[Event], view: View) -> Made:
        known = [(event.filled[name], event) for event in events if name in event.filled]
        if to_come:
            known = [(day, event) for day, event in known if int(day) <= view.cutoff]
        return made(value, known, view) if known else (None, events)

    return make


def _making_of_said(value: OfCondition) -> Make:
    made, truth = _of_said.dispatch(type(value)), truth_of(value.condition)
    return lambda events, view: made(value, [(truth(event), event) for event in events], view)


@singledispatch
def _of_rows(value: Value, events: list[Event], view: View) -> Made:
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_of_rows.register
def _count(value: Count, events: list[Event], view: View) -> Made:
    return float(len(events)), events


@_of_rows.register
def _exists(value: Exists, events: list[Event], view: View) -> Made:
    return 1.0, events


@_of_rows.register
def _count_days(value: CountDays, events: list[Event], view: View) -> Made:
    return float(len({event.happened for event in events})), events


@_of_rows.register
def _change(value: Change, events: list[Event], view: View) -> Made:
    later = sum(event.happened > view.cutoff - value.later_days for event in events)
    return float(later - (len(events) - later)), events


@_of_rows.register
def _faded_count(value: FadedCount, events: list[Event], view: View) -> Made:
    weights = value.weights
    return sum(weights[view.cutoff - event.happened] for event in events), events


@_of_rows.register
def _days_since_last(value: DaysSinceLast, events: list[Event], view: View) -> Made:
    last = events[-1].happened
    return float(view.cutoff - last), [event for event in events if event.happened == last]


@_of_rows.register
def _days_since_first(value: DaysSinceFirst, events: list[Event], view: View) -> Made:
    first = events[0].happened
    return float(view.cutoff - first), [event for event in events if event.happened == first]


@_of_rows.register
def _longest_gap(value: LongestGap, events: list[Event], view: View) -> Made:
    reached, longest = _opens(value, events, view), 0
    for event in events:
        longest = max(longest, event.happened - reached)
        ends = _ends(event, view) if value.rows.lasting else event.happened + 1
        reached = max(reached, ends)
    return float(max(longest, view.cutoff + 1 - reached)), events


@_of_rows.register
def _age(value: Age, events: list[Event], view: View) -> Made:
    years = completed_years(events[-1].happened, view.cutoff)
    return float(years), [
        event for event in events if completed_years(event.happened, view.cutoff) == years
    ]


@_of_rows.register
def _days_covered(value: DaysCovered, events: list[Event], view: View) -> Made:
    reached, covered = _opens(value, events, view), 0
    for event in events:
        covered += max(0, _ends(event, view) - max(event.happened, reached))
        reached = max(reached, _ends(event, view))
    return float(covered), events


@_of_rows.register
def _is_open(value: IsOpen, events: list[Event], view: View) -> Made:
    open_spans = [event for event in events if _ends(event, view) > view.cutoff]
    return float(bool(open_spans)), open_spans


@_of_rows.register
def _stretches(value: Stretches, events: list[Event], view: View) -> Made:
    made, _ = _joined(events, view)
    return float(made), events


@_of_rows.register
def _stretches_ended(value: StretchesEnded, events: list[Event], view: View) -> Made:
    made, reached = _joined(events, view)
    return float(made - (reached > view.cutoff)), events


def _joined(events: list[Event], view: View) -> tuple[int, int]:
    """How many stretches the spans make, and the first day after the last of them."""
    reached, stretches = events[0].happened, 1
    for event in events:
        stretches += event.happened > reached
        reached = max(reached, _ends(event, view))
    return stretches, reached


@singledispatch
def _of_said(value: OfCondition, said: _Said, view: View) -> Made:
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_of_said.register
def _says(value: Says, said: _Said, view: View) -> Made:
    for number, truth in ((1.0, True), (None, None)):
        events = [event for says, event in said if says is truth]
        if events:
            return number, events
    return 0.0, [event for _, event in said]


@_of_said.register
def _share(value: Share, said: _Said, view: View) -> Made:
    known = [(says, event) for says, event in said if says is not None]
    if not known:
        return None, [event for _, event in said]
    return sum(says for says, _ in known) / len(known), [event for _, event in known]


@_of_said.register
def _turns(value: Turns, said: _Said, view: View) -> Made:
    known = [(says, event) for says, event in said if says is not None]
    if not known:
        return None, [event for _, event in said]
    true = [event for says, event in known if says]
    false = [event for says, event in known if not says]
    before = [event for event in false if true and event.happened < true[0].happened]
    return (1.0, before + true) if before else (0.0, [event for _, event in known])


@singledispatch
def _of_known(value: OfField, known: _Known, view: View) -> Made:
    raise TypeError(f"{type(value).__name__} is not a verb of the language")


@_of_known.register
def _count_distinct(value: CountDistinct, known: _Known, view: View) -> Made:
    return float(len({filled for filled, _ in known})), _rows(known)


@_of_known.register
def _sum(value: Sum, known: _Known, view: View) -> Made:
    return sum(float(number) for number, _ in known), _rows(known)


@_of_known.register
def _max(value: Max, known: _Known, view: View) -> Made:
    largest = max(float(number) for number, _ in known)
    return largest, [event for number, event in known if number == largest]


@_of_known.register
def _change_in(value: ChangeIn, known: _Known, view: View) -> Made:
    middle = view.cutoff - value.later_days
    later = sum(float(number) for number, event in known if event.happened > middle)
    earlier = sum(float(number) for number, event in known if event.happened <= middle)
    return float(later - earlier), _rows(known)


@_of_known.register
def _least_age(value: LeastAge, known: _Known, view: View) -> Made:
    aged = [(completed_years(int(day), view.cutoff), event) for day, event in known]
    return _all_at(min(years for years, _ in aged), aged)


@_of_known.register
def _most_age(value: MostAge, known: _Known, view: View) -> Made:
    aged = [(completed_years(int(day), view.cutoff), event) for day, event in known]
    return _all_at(max(years for years, _ in aged), aged)


@_of_known.register
def _spacing(value: Spacing, known: _Known, view: View) -> Made:
    born = view.born
    if born is None:
        return None, _rows(known)
    apart = [(abs(int(day) - born), event) for day, event in known]
    return _all_at(min(days for days, _ in apart), apart)


def _all_at(number: int, made: list[tuple[int, Event]]) -> Made:
    return float(number), [event for each, event in made if each == number]


def _rows(known: _Known) -> list[Event]:
    return [event for _, event in known]


def _opens(value: Value, events: list[Event], view: View) -> int:
    """The first day that counts: that of the first row, but none before the lookback."""
    first, days = events[0].happened, value.span.days
    return first if days is None else max(first, view.cutoff - days + 1)


def _ends(event: Event, view: View) -> int:
    """The first day after the span; the days to come are not looked at."""
    return view.cutoff + 1 if event.until is None else min(event.until, view.cutoff + 1)
