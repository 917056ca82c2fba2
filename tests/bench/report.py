"""What was measured, as a table, and which of the aims were reached."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from tests.bench.measure import Measured

OURS = ("ours", "ours in parts")
PEERS = ("DuckDB", "Polars", "pandas")
HEADER = (
    "engine", "rows", "load s", "answer s", "rows/s", "answering", "per CPU s", "peak GB",
    "ours is x times",
)  # fmt: skip

TIMES_THE_BEST_PEER = 5
TIMES_MORE = 100  # than Featuretools
MOST_TIME_A_ROW = 1.2  # from 100,000 to 1,000,000 children
MOST_MEMORY = 4e9
OTHERWISE = {  # how else ours can be compared with the best of its peers
    "by the processor's time": "rows_a_cpu_second",
    "from tables that each has read and made ready in memory": "rows_a_second_answering",
    "the same by the processor's time": "rows_a_cpu_second_answering",
}


def table(measured: Sequence[Measured]) -> Iterator[str]:
    """One line an engine; the last column compares with ours, the first of them.

    `rows/s` is from Parquet on disk to the answers in memory, `answering` without loading, and
    `per CPU s` counts the processor's seconds, those of both cores together.
    """
    rows = [HEADER, *(_cells(one, measured[0]) for one in measured)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADER))]
    for row in rows:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join([first.strip().ljust(widths[0]), *others])


def _cells(one: Measured, ours: Measured) -> tuple[str, ...]:
    return (
        one.engine,
        f"{one.rows:,}",
        f"{one.load:.2f}",
        f"{one.answer:.2f}",
        f"{one.rows_a_second:,.0f}",
        f"{one.rows_a_second_answering:,.0f}",
        f"{one.rows_a_cpu_second:,.0f}",
        f"{one.peak / 1e9:.2f}",
        f"{ours.rows_a_second / one.rows_a_second:,.1f}",
    )


def aims(by_size: dict[int, list[Measured]], featuretools: Measured) -> Iterator[str]:
    """What was to be reached, with what was measured and whether it was reached.

    `by_size` holds the engines by number of children, ours first.
    """
    for children, measured in by_size.items():
        peers = _only(PEERS, measured)
        for ours in _only(OURS, measured):
            times, best = _lead(ours, peers, "rows_a_second")
            said = f"{children:,} children: {ours.engine} {times:.1f} times the best of "
            said += f"{', '.join(peer.engine for peer in peers)} ({best})"
            yield _aim(said, f"{TIMES_THE_BEST_PEER}", times >= TIMES_THE_BEST_PEER)
        for means, rate in OTHERWISE.items():
            times, best = _lead(measured[0], peers, rate)
            yield f"  {means}: {times:.1f} times {best}"
    times = next(iter(by_size.values()))[0].rows_a_second / featuretools.rows_a_second
    yield _aim(f"{times:,.0f} times Featuretools", f"{TIMES_MORE}", times >= TIMES_MORE)
    for many in _only(OURS, by_size.get(1_000_000, [])):
        if 100_000 in by_size:
            times = by_size[100_000][0].rows_a_second / many.rows_a_second
            said = f"1,000,000 children: {many.engine} {times:.2f} times the time a row at 100,000"
            yield _aim(said, f"at most {MOST_TIME_A_ROW}", times <= MOST_TIME_A_ROW)
        said = f"1,000,000 children: {many.engine} with a peak of {many.peak / 1e9:.2f} GB"
        yield _aim(said, f"at most {MOST_MEMORY / 1e9:.0f} GB", many.peak <= MOST_MEMORY)


def _lead(ours: Measured, peers: Sequence[Measured], rate: str) -> tuple[float, str]:
    """How many times the rate of the best of the peers ours is, and which one that is."""
    best = max(peers, key=attrgetter(rate))
    return getattr(ours, rate) / getattr(best, rate), best.engine


def _only(engines: Sequence[str], measured: Sequence[Measured]) -> list[Measured]:
    return [one for one in measured if one.engine in engines]


def _aim(said: str, aim: str, reached: bool) -> str:
    return f"{'reached' if reached else 'NOT reached'}: {said}; the aim is {aim}"
