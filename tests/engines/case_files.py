"""Case files by chance: a few people, corrected rows, links that begin, end and are mistaken.

The days are few, so that rows often meet on the same one; everything is valid as `features.events`
reads it.
"""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from features.events import Event
from features.language.fields import Choice, Day, Field, Flag, Number, Person, Reference
from features.language.rows import Table
from features.reading import Filled
from features.tables import TABLES

FIRST_DAY, LAST_DAY = -6, 6  # around the first of January 1970, day 0
CHILDREN = ("ann", "bea", "cid")
PEOPLE = (*CHILDREN, "dad", "eve")
IDS = ("a", "b", "c")
RELATIONS = ("sibling", "mother", "step_father", "other_child")

days = st.integers(FIRST_DAY, LAST_DAY)


def _values(table: Table, field: Field) -> st.SearchStrategy[Filled]:
    if isinstance(field, Choice):
        codes = list(field.allowed)[:3]
        return st.sampled_from(RELATIONS if field.name == "relation" else codes)
    if isinstance(field, Number):
        return st.sampled_from((field.least, field.least + 0.1, field.least + 0.2, field.most))
    if isinstance(field, Flag):
        return st.booleans()
    if isinstance(field, Day):
        return days
    if isinstance(field, Person):
        of_child = field.name == "child" and table.name != "children"
        return st.sampled_from(CHILDREN if of_child else PEOPLE)
    return st.sampled_from((*IDS, "gone") if isinstance(field, Reference) else ("x", "y"))


def _fillings(table: Table) -> st.SearchStrategy[dict[str, Filled]]:
    fields = {name: _values(table, field) for name, field in table.columns.items()}
    required = {name for name, field in table.columns.items() if field.required}
    return st.fixed_dictionaries(
        {name: values for name, values in fields.items() if name in required},
        optional={name: values for name, values in fields.items() if name not in required},
    )


FILLINGS = {name: _fillings(table) for name, table in TABLES.items()}


@st.composite
def versions(draw: st.DrawFn, table: Table, name: str) -> list[Event]:
    """A row and its corrections, each on record from the day that the one before was withdrawn."""
    happened = draw(days)
    turns = sorted({max(happened, day) for day in draw(st.lists(days, min_size=1, max_size=3))})
    withdrawn_at_last = draw(st.booleans())
    made: list[Event] = []
    for known, withdrawn in zip(turns, (*turns[1:], None), strict=True):
        if withdrawn is None and withdrawn_at_last and made:
            break
        began = draw(st.integers(FIRST_DAY, known)) if made else happened
        until = draw(st.none() | st.integers(began, LAST_DAY)) if table.spans else None
        made.append(Event(name, began, known, withdrawn, until, draw(FILLINGS[table.name])))
    return made


@st.composite
def case_files(draw: st.DrawFn) -> Mapping[str, Sequence[Event]]:
    """Some tables are not recorded; in the others up to three rows each, with corrections."""
    unrecorded = draw(st.sets(st.sampled_from(sorted(TABLES)), max_size=2))
    return {
        name: [
            event
            for row in draw(st.lists(st.sampled_from(IDS), unique=True))
            for event in draw(versions(table, row))
        ]
        for name, table in TABLES.items()
        if name not in unrecorded
    }
