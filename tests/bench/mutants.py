"""Mutants: `make mutants` tells how many changed lines the tests notice, and which they do not.

In what says who may, keeps the record and answers once, mutmut changes one thing at a time, and
runs the tests that come by it. Takes hours; `python -m tests.bench.mutants 'serving.who.permit*'`
takes those of a file.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.faults.finding import HEADING, Finding, table

MUTMUT = (sys.executable, "-m", "mutmut")
ASKED = 90  # in a hundred
AT_ONCE = 2
FOUND = Path("mutants/mutmut-cicd-stats.json")


def main(which: list[str]) -> int:
    """Make them and run the tests; the exit code is 1 where too few were noticed."""
    subprocess.run([*MUTMUT, "run", "--max-children", str(AT_ONCE), *which], check=True)
    subprocess.run([*MUTMUT, "export-cicd-stats"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*MUTMUT, "results"], check=True)
    finding = told(json.loads(FOUND.read_text("utf-8")))
    sys.stdout.write(f"{HEADING}\n{table([finding])}\n")
    return 0 if finding.held else 1


def told(counts: dict[str, int]) -> Finding:
    """How many of those that were tried a test noticed, if only by taking far too long."""
    noticed = sum(counts[how] for how in ("killed", "timeout", "segfault", "suspicious"))
    tried = noticed + counts["survived"] + counts["no_tests"]
    return Finding(
        "changed lines that a test notices",
        f"≥ {ASKED} %",
        f"{noticed} of {tried:,}",
        tried > 0 and 100 * noticed >= ASKED * tried,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
