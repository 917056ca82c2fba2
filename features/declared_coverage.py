"""Coverage as an office declares it: read strictly, and written as it is read.

By table: `{"notifications": {"from": "2016-04-01", "to": "2024-03-31"},
"agency_events": {"kinds": ["police_call", "arrest"]}}`. Both days are included, each of the three
may be left out, and a table that is not named is covered wholly.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from features.coverage import ALWAYS, KIND, Coverage, Covered
from features.events import Event, Problem
from features.language.fields import Choice, Day
from features.language.rows import Table
from features.language.text import Text
from features.reading import Refused, calendar_day, read_field
from features.tables import TABLES

FROM, TO, KINDS = "from", "to", "kinds"
_DAY = Day(Text("日", "day"), required=True)


def read_coverage(
    raw: object, given: Collection[str], place: str
) -> tuple[dict[str, Covered], list[Problem]]:
    """What is declared of each table, days as ISO text or `datetime.date`, and every problem.

    `given` names the tables of the case file. To say when a table is recorded that is not given
    is a problem: an empty table that was forgotten would be taken for one that nobody keeps.
    """
    if not isinstance(raw, Mapping):
        return {}, [Problem(place, "must be an object of tables")]
    coverage: dict[str, Covered] = {}
    problems: list[Problem] = []
    for name, said in raw.items():
        here = f"{place}.{name}"
        if name not in TABLES:
            problems.append(Problem(here, f"no such table; there are: {', '.join(TABLES)}"))
        elif name not in given:
            problems.append(Problem(here, "is not in the case file: give it, empty if need be"))
        elif not isinstance(said, Mapping) or not said.keys() <= {FROM, TO, KINDS}:
            problems.append(Problem(here, f"must be an object of {FROM}, {TO} and {KINDS}"))
        else:
            coverage[name] = _read_table(TABLES[name], said, here, problems)
    return coverage, problems


def coverage_as_json(coverage: Coverage) -> dict[str, dict[str, object]]:
    """Coverage in the shape in which it is declared."""
    return {name: dict(_said(covered)) for name, covered in sorted(coverage.items())}


def contradicted(
    coverage: Coverage, case_file: Mapping[str, Sequence[Event]], place: str
) -> list[Problem]:
    """Every row of a kind that is declared as not recorded at all: one of the two is wrong."""
    return [
        Problem(f"{place}.{name}[{index}].{KIND}", "is declared as a kind that is not recorded")
        for name, covered in coverage.items()
        if covered.kinds is not None
        for index, event in enumerate(case_file.get(name, ()))
        if event.filled.get(KIND, None) not in {*covered.kinds, None}
    ]


def _said(covered: Covered) -> Iterator[tuple[str, object]]:
    if covered.first > -ALWAYS:
        yield FROM, calendar_day(covered.first).isoformat()
    if covered.last < ALWAYS:
        yield TO, calendar_day(covered.last).isoformat()
    if covered.kinds is not None:
        yield KINDS, sorted(covered.kinds)


def _read_table(
    table: Table, said: Mapping[str, object], place: str, problems: list[Problem]
) -> Covered:
    first = _read_day(said, FROM, -ALWAYS, place, problems)
    last = _read_day(said, TO, ALWAYS, place, problems)
    if last < first:
        problems.append(Problem(f"{place}.{TO}", f"lies before {FROM}"))
    return Covered(first, last, _read_kinds(table, said, f"{place}.{KINDS}", problems))


def _read_day(
    said: Mapping[str, object], name: str, open_end: int, place: str, problems: list[Problem]
) -> int:
    if name not in said:
        return open_end
    try:
        day = read_field(_DAY, said[name])
    except Refused as refused:
        problems.append(Problem(f"{place}.{name}", str(refused)))
        return open_end
    assert isinstance(day, int)
    return day


def _read_kinds(
    table: Table, said: Mapping[str, object], place: str, problems: list[Problem]
) -> frozenset[str] | None:
    if KINDS not in said:
        return None
    field, kinds = table.columns.get(KIND), said[KINDS]
    if not isinstance(field, Choice):
        problems.append(Problem(place, f"{table.name} has no field {KIND}"))
        return None
    if not isinstance(kinds, list) or not kinds:
        problems.append(Problem(place, "must be a list of codes that is not empty"))
        return None
    for index, kind in enumerate(kinds):
        try:
            read_field(field, kind)
        except Refused as refused:
            problems.append(Problem(f"{place}[{index}]", str(refused)))
    return frozenset(kind for kind in kinds if isinstance(kind, str))
