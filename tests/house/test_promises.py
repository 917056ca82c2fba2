"""The page of promises names tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "tests/promises/PROMISES.md").read_text("utf-8")
ROW = re.compile(r"^\| [^|]+ \| `(tests/[\w/]+\.py)::(test_\w+)` \| [^|]*\|$", re.MULTILINE)
NAMED = ROW.findall(PAGE)


def test_every_row_names_one() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    heads = [line for line in rows if line == "| promised | kept by | so much |"]
    assert len(NAMED) == len(rows) - len(heads) > 50
    assert len(set(NAMED)) == len(NAMED)


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_it_is_there(file: str, test: str) -> None:
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)
