"""A history, read off the definition by brute force, one day at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from features.case_file import CaseFile
from features.events import Event
from features.histories import history_of
from features.language.roles import ABUSER, ADULT, SELF, SIBLING, Role
from features.tables import TABLES
from tests.engines.both import AS_OF
from tests.engines.case_files import CHILDREN, FIRST_DAY, LAST_DAY, case_files, days

Rows = Mapping[str, Sequence[Event]]
Seen = dict[tuple[str, Role], list[Event]]
SIBLINGS = {"sibling", "half_sibling", "step_sibling"}
ADULTS = {
    "mother",
    "father",
    "step_mother",
    "step_father",
    "parents_partner",
    "grandparent",
    "other_relative",
    "unrelated_adult",
}


def persons_of(name: str, event: Event) -> list[object]:
    """Everybody whom a row concerns, the one it is about first."""
    if name in {"allegations", "findings"}:
        return [event.filled["child"], event.filled.get("abuser")]
    return [event.filled["person" if name in {"people", "agency_events", "benefits"} else "child"]]


def links_on(day: int, child: str, rows: Rows) -> Iterator[tuple[Role, object, int | None]]:
    """Who is linked to the child as the office believes on the day, and until when."""
    for event in rows.get("members", ()):
        if event.filled["child"] == child and event.believed_on(day):
            relation = event.filled.get("relation")
            if relation in SIBLINGS:
                yield SIBLING, event.filled["person"], event.until
            if relation in ADULTS:
                yield ADULT, event.filled["person"], event.until
    for event in rows.get("allegations", ()):
        abuser = event.filled.get("abuser")
        if event.filled["child"] == child and abuser is not None and event.believed_on(day):
            yield ABUSER, abuser, None


def believed(day: int, child: str, rows: Rows) -> Seen:
    """The child's history on the day, as the definition has it."""
    links = list(links_on(day, child, rows))
    seen: Seen = {}
    for name, events in rows.items():
        for event in events:
            about, *_ = persons = persons_of(name, event)
            roles = {
                role
                for role, person, until in links
                if person in persons and (until is None or event.happened <= until)
            }
            if about == child:
                roles = {SELF}
            elif name in {"people", "members"}:
                roles = set()
            for role in roles if event.believed_on(day) else ():
                seen.setdefault((name, role), []).append(event)
    return seen


def plain(seen: Mapping[tuple[str, Role], Sequence[Event]], day: int) -> Sequence[object]:
    """What can be compared: the rows believed on the day, without the days they are known from."""
    return sorted(
        (name, role.value, e.happened, e.id, str(e.until), sorted(map(str, e.filled.items())))
        for (name, role), events in seen.items()
        for e in events
        if e.believed_on(day)
    )


@settings(max_examples=150)
@given(case_files())
def test_on_every_day_a_history_is_what_the_definition_says(rows: Rows) -> None:
    for child in CHILDREN:
        history = history_of(child, rows)
        for day in range(FIRST_DAY, LAST_DAY + 2):
            assert plain(history.events, day) == plain(believed(day, child, rows), day)


@settings(max_examples=60)
@given(case_files())
def test_the_rows_around_a_child_give_the_same_history_as_all_rows(rows: Rows) -> None:
    case_file = CaseFile.of_events(AS_OF, rows)
    for child in (*CHILDREN, "nobody"):
        around = case_file.around(child)
        assert _exactly(history_of(child, around).events) == _exactly(
            history_of(child, rows).events
        )
        assert around.keys() == rows.keys()


@given(case_files(), days, st.sampled_from(CHILDREN))
def test_rows_of_strangers_are_never_in_a_history(rows: Rows, day: int, child: str) -> None:
    stranger = {
        name: [
            replace(event, id="far", filled={**event.filled, TABLES[name].concerns[0]: "far"})
            for event in events[:1]
            if len(TABLES[name].concerns) == 1
        ]
        for name, events in rows.items()
    }
    more = {name: [*events, *stranger[name]] for name, events in rows.items()}
    assert plain(history_of(child, more).events, day) == plain(history_of(child, rows).events, day)


def _exactly(events: Mapping[tuple[str, Role], Sequence[Event]]) -> dict[object, object]:
    return {
        key: [(e.id, e.happened, e.known, e.withdrawn, e.until, dict(e.filled)) for e in rows]
        for key, rows in events.items()
        if rows
    }
