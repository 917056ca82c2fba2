"""Names that lead out of a folder: refused, and no file outside is opened for them."""

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import serving
from tests.serving.desks import example

UP = ("../", "..\\", "%2e%2e%2f", "..%2f", "..%5c", "....//", "..;/", "..%c0%af", "%252e%252e%252f")
AT = ("etc/passwd", "journal.key", "children.keys", "champions/ledger.db", "bundle-keys", "revoked")
WHOLE = ("/etc/passwd", "//etc/passwd", "file:///etc/passwd", "~/.ssh/id_rsa", "C:\\Windows",
         "\\\\host\\share", "placement_24m/../../journal.key", "placement_24m/", ".", "..",
         "placement_24m%00.json", "con", "placement_24m/3/model.txt", "/proc/self/environ",
         "/dev/zero")  # fmt: skip
NAMES = [*(up * deep + at for up, at, deep in product(UP, AT, (1, 5))), *WHOLE]
PATHS = ("/v1/model/{}/card", "/v1/score/{}", "/v1/report/{}/pdf", "/v1/scoreJobs/{}/results")
ROOMS = Path(serving.__file__).parents[1]


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The files that this process opens, whoever in it does."""
    found: list[str] = []
    looking = True

    def note(event: str, said: tuple[object, ...]) -> None:
        if looking and event == "open":
            found.append(str(said[0]))

    sys.addaudithook(note)  # which nobody can take off again
    yield found
    looking = False


def test_there_are_as_many_as_was_promised() -> None:
    assert len(set(NAMES)) >= 120


def test_each_is_refused_and_no_file_outside_is_opened(
    client: TestClient, home: Path, opened: list[str]
) -> None:
    client.post("/v1/score", json=example())  # what is read at first use is read
    opened.clear()
    taken = []
    for name in NAMES:
        asked = {"child": "c-1041", "cutoff": "2024-06-03", "caseFile": {}, "model": name}
        replies = [client.post("/v1/score", json=asked)]
        replies += [client.get(path.format(quote(name, safe=""))) for path in PATHS]
        replies.append(client.get(PATHS[0].format(name)))
        taken += [(name, r.url.path, r.status_code) for r in replies if r.status_code < 400]
        assert {r.status_code for r in replies} <= {400, 404, 405, 422, 503}, name
    assert taken == []
    inside = (str(home), str(home.resolve()), str(ROOMS), sys.prefix, sys.base_prefix)
    assert [path for path in opened if not path.startswith(inside)] == []
