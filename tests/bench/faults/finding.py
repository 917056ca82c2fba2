"""What was found of a promise: a line of the table."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A promise, the number to reach, the number found, and whether it was reached.

    Of what is `timed` no test makes anything: a busy machine is slow, and breaks nothing.
    """

    promise: str
    reach: str
    found: str
    held: bool
    timed: bool = False


HEADING = "| promise | to reach | found | |\n|---|---|---|---|"


def table(findings: Sequence[Finding]) -> str:
    """The findings as rows of a table of Markdown, which stand under the heading."""
    return "\n".join(
        f"| {one.promise} | {one.reach} | {one.found} | {'held' if one.held else 'NOT HELD'} |"
        for one in findings
    )


def at_most(promise: str, most: float, found: float, unit: str) -> Finding:
    """The finding of something that is timed, and should take no longer."""
    return Finding(promise, f"≤ {most:g} {unit}", f"{found:.3g} {unit}", found <= most, timed=True)


def none_of(promise: str, found: int, of: int, *, timed: bool = False) -> Finding:
    """The finding of something that should never happen, among as many times as it could."""
    return Finding(promise, "0", f"{int(found)} of {of:,}", found == 0 and of > 0, timed)


def seconds_of(work: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
