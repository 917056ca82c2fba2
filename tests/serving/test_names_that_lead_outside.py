"""Names that lead out of a folder: refused, and no file outside is opened for them."""

import json
import subprocess
import sys
from pathlib import Path

from tests.serving.names_that_lead_outside import NAMES


def test_there_are_as_many_as_was_promised() -> None:
    assert len(set(NAMES)) >= 120


def test_each_is_refused_and_no_file_outside_is_opened(home: Path) -> None:
    command = [sys.executable, "-m", "tests.serving.names_that_lead_outside", str(home)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    other = [one for one in found["answered"] if one[2] not in {400, 404, 405, 422, 503}]
    assert other == []
    assert found["outside"] == []
    assert found["at_first_use"] > 0  # that is, opened files are noted
