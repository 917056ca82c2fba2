"""What is told of mutants, from mutmut's own counts."""

import pytest

from tests.bench.mutants import told

COUNTS = {"killed": 0, "timeout": 0, "segfault": 0, "suspicious": 0, "survived": 0, "no_tests": 0}


@pytest.mark.parametrize(
    ("counts", "found", "held"),
    [
        ({"killed": 9, "survived": 1, "total": 99}, "9 of 10", True),
        ({"killed": 8, "timeout": 1, "survived": 1}, "9 of 10", True),
        ({"killed": 89, "survived": 11}, "89 of 100", False),
        ({"killed": 9, "no_tests": 2}, "9 of 11", False),
        ({}, "0 of 0", False),
    ],
)
def test_they_are_noticed_or_not(counts: dict[str, int], found: str, held: bool) -> None:
    finding = told({**COUNTS, **counts})
    assert (finding.found, finding.held) == (found, held)
