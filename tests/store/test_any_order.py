"""Whatever the order in which events come, and however often: the history is the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.events import as_json, row_of
from features.reading import day_number
from features.tables import TABLES
from serving.store.case_event import CaseEvent, Heading, read_case_event
from serving.store.store import Store
from serving.strict_json import canonical
from tests.store.telling import NOW, TODAY

DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(4)]
OFFICES = (f"office-{number}" for number in count(1))
FIELDS = {"notifications": "source", "contacts": "outcome"}
CODES = {"notifications": ("police", "school"), "contacts": ("made", "refused")}


def event_of(place: tuple[str, str, date, int, str], choice: int, child: str) -> CaseEvent:
    """One event; its id follows from its place, since there is only one for each."""
    table, row, day, version, type_ = place
    said: dict[str, object] = {"id": row, "known": day.isoformat()}
    if type_ == "record":
        said |= {"child": child, "happened": DAYS[0].isoformat()}
        said[FIELDS[table]] = CODES[table][choice]
    heading = Heading("/".join(map(str, place)), type_, table, version)
    read = read_case_event(heading, said, "", TODAY)
    assert isinstance(read, CaseEvent), read
    return read


places = st.tuples(
    st.sampled_from(list(FIELDS)),
    st.sampled_from(["r1", "r2"]),
    st.sampled_from(DAYS),
    st.integers(0, 1),
    st.sampled_from(["record", "record", "withdrawal"]),
)
contents = st.tuples(st.integers(0, 1), st.sampled_from(["child", "child", "another"]))
told = st.dictionaries(places, contents, min_size=1, max_size=12).map(
    lambda said: [event_of(place, *content) for place, content in said.items()]
)


def believed(events: Sequence[CaseEvent], day: date) -> set[tuple[str, str]]:
    """What is believed of the child on a day, said plainly: of each row, what was said last."""
    last: dict[tuple[str, str], CaseEvent] = {}
    for event in sorted(events, key=lambda e: (e.known, e.version, e.type == "withdrawal")):
        if event.known <= day:
            last[event.table, event.row] = event
    return {
        (event.table, event.said)
        for event in last.values()
        if event.type == "record" and '"child":"child"' in event.said
    }


def seen(store: Store, office: str, day: date) -> set[tuple[str, str]]:
    """The same by the store: the rows that stand on that day."""
    rows = store.around(office, "child", day).rows
    return {
        (table, canonical(row_of(TABLES[table], event)).decode())
        for table, events in rows.items()
        for event in events
        if event.believed_on(day_number(day))
    }


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told, st.data())
def test_any_order_and_any_repetition_give_the_same_history(
    store: Store, events: list[CaseEvent], data: st.DataObject
) -> None:
    office, again = next(OFFICES), next(OFFICES)
    store.keep(office, events, NOW)
    shuffled = data.draw(st.permutations([*events, *events[:5]]))
    cut = data.draw(st.integers(1, len(shuffled)))
    for part in (shuffled[:cut], shuffled[cut:], shuffled[cut:], shuffled):
        if part:
            store.keep(again, part, NOW)
    for day in DAYS:
        one, other = (store.around(name, "child", day) for name in (office, again))
        assert one.received == other.received == len(events)
        assert as_json(one.rows) == as_json(other.rows)
        assert seen(store, office, day) == believed(events, day)
