"""A small made-up office: families of unequal risk, notified and sometimes placed.

Far simpler than the synthetic town, so that a test trains in seconds and knows what it put in.
"""

from datetime import date

import numpy as np

from features.case_file import CaseFile
from features.events import Event
from features.reading import day_number

AS_OF = date(2024, 3, 31)
YEARS = 8
_END = day_number(AS_OF)
_BEGIN = _END - YEARS * 365

Events = dict[str, list[Event]]


def small_office(families: int, seed: int) -> CaseFile:
    """The case file of an office with that many families of one to three children."""
    chance = np.random.default_rng(seed)
    events: Events = {
        name: [] for name in ("children", "members", "notifications", "findings", "placements")
    }
    for family in range(families):
        risk = chance.normal()
        size = int(chance.integers(1, 4))
        for child in range(size):
            _live(events, chance, (family, child, size), risk)
    return CaseFile.of_events(AS_OF, events)


def event(events: Events, table: str, happened: int, known: int, **filled: object) -> Event:
    """Put a row into a table; `until` is the day on which it ended."""
    until = filled.pop("until", None)
    row = Event(
        f"{table}-{len(events[table])}",
        happened,
        known,
        None,
        until,
        filled,  # type: ignore[arg-type]
    )
    events[table].append(row)
    return row


def _live(
    events: Events, chance: np.random.Generator, who: tuple[int, int, int], risk: float
) -> None:
    family, number, size = who
    child = f"c{family}-{number}"
    born = _BEGIN - int(chance.integers(-2000, 4000))
    first = max(born, _BEGIN)
    protected = {
        "sex": str(chance.choice(["female", "male"])),
        "nationality": str(chance.choice(["national", "foreign"], p=[0.7, 0.3])),
        "disability": bool(chance.random() < 0.1),
        "office": str(chance.choice(["north", "south"])),
    }
    event(events, "children", born, first, child=child, **protected)
    event(events, "members", born, first, child=child, person=f"m{family}", relation="mother")
    for other in range(size):
        if other != number:
            sibling = {"person": f"c{family}-{other}", "relation": "sibling"}
            event(events, "members", born, first, child=child, **sibling)
    for _ in range(chance.poisson(1.5 * np.exp(0.5 * risk))):
        _notify(events, chance, child, int(chance.integers(first, _END)), risk)


def _notify(events: Events, chance: np.random.Generator, child: str, day: int, risk: float) -> None:
    source = "police" if chance.random() < 0.4 + 0.3 * np.tanh(risk) else "school"
    told = event(
        events, "notifications", day, min(day + int(chance.integers(3)), _END), child=child,
        source=source,
    )  # fmt: skip
    grave = chance.random() < 1 / (1 + np.exp(1 - 2 * risk))
    closed = day + int(chance.integers(20, 120))
    if closed <= _END:
        outcome = "substantiated" if grave else "unsubstantiated"
        event(
            events, "findings", closed, closed, child=child, notification=told.id, outcome=outcome
        )
    placed = day + int(chance.integers(1, 500))
    if placed <= _END and chance.random() < 1 / (1 + np.exp(2 - 2 * risk - grave)):
        late = int(chance.integers(1500)) if chance.random() < 0.2 else 0
        known = min(placed + late, _END)
        event(events, "placements", placed, known, child=child, kind="custody", until=None)
