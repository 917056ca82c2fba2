"""`make bench-one-child`: the row of one child, by both of our engines and by the peers.

    python -m tests.bench.one_child

Children with some forty rows on record, those of their household among them. Engines take turns,
child by child and round by round, in one process. Told are the median and the fastest tenth, which
a busy machine lengthens least. Fails where answers differ, and never for being slow.
"""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import pyarrow as pa

from features.case_file import CaseFile
from features.engines.one_child import answer_row
from features.engines.one_history import Questions
from features.events import Event, as_json, read_case_file
from features.histories import history_of
from features.language.feature import Column
from features.library import COLUMNS
from features.reading import day_number
from tests.bench.columns import QUESTIONS
from tests.bench.peers import duckdb_sql, pandas_frames, polars_frames
from tests.bench.peers.answers import Answers
from tests.bench.world import AS_OF, PAIR, write_world

EVENTS = 40
WORLD = 200  # children, among whom those are looked for whose record is nearest to so many
CHILDREN, ROUNDS = 5, 40
AT_A_TURN = 5
PEER_ROUNDS = 2  # they take a thousand times as long
COLUMNS_ASKED = 180
CUTOFF = day_number(AS_OF)
PEERS = {"DuckDB": duckdb_sql, "Polars": polars_frames, "pandas": pandas_frames}
AIMS = {"plain Python": 1.0, "compiled": 0.1}  # milliseconds at most, from the parsed request
Ask = Callable[[], Answers]


@dataclass(frozen=True)
class Asked:
    """A child, the rows around it as a request brings them, and the same read as events."""

    child: str
    case_file: CaseFile
    raw: Mapping[str, object]
    events: Mapping[str, Sequence[Event]]


def main() -> int:
    """Measure and tell; returns 1 where the answers are not the same."""
    with tempfile.TemporaryDirectory() as made:
        write_world(Path(made), WORLD)
        asked = list(_nearest(CaseFile.read(Path(made))))
        differ = _beside_peers(asked, Path(made))
    _of_the_library(asked)
    _tell(f"answers differ: {', '.join(differ)}" if differ else "the same answers from everybody")
    return int(bool(differ))


def _nearest(everybody: CaseFile) -> Iterator[Asked]:
    files = {child: everybody.only({child}) for child in everybody.tables["children"]["child"]}
    far = {child: abs(sum(map(len, one.tables.values())) - EVENTS) for child, one in files.items()}
    for child in sorted(far, key=lambda child: (far[child], child))[:CHILDREN]:
        events = files[child].around(child)
        raw = as_json(events)
        yield Asked(child, files[child], raw, read_case_file(raw, "")[0])


def _beside_peers(asked: Sequence[Asked], folder: Path) -> list[str]:
    """The questions that the peers were taught too; which of them answers otherwise."""
    values = list(QUESTIONS.values())
    questions = Questions(values)
    ours = [{"compiled": partial(_compiled, questions, one)} for one in asked]
    theirs = [_peers(one, folder / one.child) for one in asked]
    took = _took(ours, ROUNDS) | _took(theirs, PEER_ROUNDS)
    rows = median(sum(map(len, one.events.values())) for one in asked)
    _tell(f"one child with {rows:g} rows around it, {len(values)} columns, from what was read:")
    for name, (one, fast) in took.items():
        times = one / took["compiled"][0]
        _tell(f"  {name:34} {one:9.3f} ms  {fast:9.3f} ms  {times:9.1f} times ours")
    return sorted(
        {
            name
            for mine, peers in zip(ours, theirs, strict=True)
            for name, ask in peers.items()
            if not np.array_equal(mine["compiled"](), ask(), equal_nan=True)
        }
    )


def _of_the_library(asked: Sequence[Asked]) -> None:
    for columns in (list(COLUMNS.values())[:COLUMNS_ASKED], list(COLUMNS.values())):
        questions = Questions([column.value for column in columns])
        took = _took([_ours(one, columns, questions) for one in asked], ROUNDS)
        _tell(f"{len(columns)} columns of the library:")
        for name, (one, fast) in took.items():
            _tell(f"  {name:34} {one:9.3f} ms  {fast:9.3f} ms")
        if len(columns) == COLUMNS_ASKED:
            _aims(took)


def _aims(took: Mapping[str, tuple[float, float]]) -> None:
    for engine, aim in AIMS.items():
        for name, (one, _) in took.items():
            if name.startswith(engine):
                said = "reached" if one <= aim else f"NOT reached, {one / aim:.1f} times as long"
                _tell(f"  {said}: {name}; the aim is at most {aim} ms at the median")


def _ours(one: Asked, columns: Sequence[Column], questions: Questions) -> dict[str, Ask]:
    """From the parsed request, with its rows read strictly or read already."""
    return {
        "plain Python, rows read strictly": lambda: _plain(columns, _read(one)),
        "plain Python, from the events": lambda: _plain(columns, one),
        "compiled, rows read strictly": lambda: _compiled(questions, _read(one)),
        "compiled, from the events": lambda: _compiled(questions, one),
    }


def _read(one: Asked) -> Asked:
    return Asked(one.child, one.case_file, one.raw, read_case_file(one.raw, "")[0])


def _plain(columns: Sequence[Column], one: Asked) -> Answers:
    row = answer_row(columns, history_of(one.child, one.events), CUTOFF)
    return np.array([answer.number for answer in row.values()], np.float64)


def _compiled(questions: Questions, one: Asked) -> Answers:
    return questions.answers(history_of(one.child, one.events), CUTOFF)


def _peers(one: Asked, folder: Path) -> dict[str, Ask]:
    """The peers with their tables loaded, which is a head start."""
    one.case_file.write(folder)
    pair = pa.table([[one.child], pa.array([AS_OF])], schema=PAIR)
    return {
        name: partial(_first, peer.answer, peer.load(folder), pair) for name, peer in PEERS.items()
    }


def _first(answer: Callable[..., Answers], *given: object) -> Answers:
    return answer(*given)[0]


def _took(asks: Sequence[Mapping[str, Ask]], rounds: int) -> dict[str, tuple[float, float]]:
    """Milliseconds at the median and of the fastest tenth, by name; the first turn warms up."""
    took: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for of_child in asks:
            for name, ask in of_child.items():
                for _ in range(AT_A_TURN):
                    begun = time.perf_counter()
                    ask()
                    took[name] += [time.perf_counter() - begun] if number else []
    ways = ((name, quantiles(times, n=10)) for name, times in took.items())
    return {name: (1000 * tenths[4], 1000 * tenths[0]) for name, tenths in ways}


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
