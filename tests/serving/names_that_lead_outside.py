"""A desk that is asked for names that lead out of a folder, and notes the files it opens for them.

Run by tests/serving/test_names_that_lead_outside.py, in a process of its own: nobody can take an
audit hook off again, and where there is one, CPython 3.11 may refuse a thread its trace function.
"""

import json
import sys
from itertools import product
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

import serving
from tests.serving.desks import client_of, desk_at, example

UP = ("../", "..\\", "%2e%2e%2f", "..%2f", "..%5c", "....//", "..;/", "..%c0%af", "%252e%252e%252f")
AT = ("etc/passwd", "journal.key", "children.keys", "champions/ledger.db", "bundle-keys", "revoked")
WHOLE = ("/etc/passwd", "//etc/passwd", "file:///etc/passwd", "~/.ssh/id_rsa", "C:\\Windows",
         "\\\\host\\share", "placement_24m/../../journal.key", "placement_24m/", ".", "..",
         "placement_24m%00.json", "con", "placement_24m/3/model.txt", "/proc/self/environ",
         "/dev/zero")  # fmt: skip
NAMES = [*(up * deep + at for up, at, deep in product(UP, AT, (1, 5))), *WHOLE]
PATHS = ("/v1/model/{}/card", "/v1/score/{}", "/v1/report/{}/pdf", "/v1/scoreJobs/{}/results")
ROOMS = Path(serving.__file__).parents[1]


def ask(client: TestClient) -> list[tuple[str, str, int]]:
    """Ask for each name in each place that takes one: the name, the path, and the status."""
    asked = {"child": "c-1041", "cutoff": "2024-06-03", "caseFile": {}}
    found = []
    for name in NAMES:
        replies = [client.post("/v1/score", json={**asked, "model": name})]
        replies += [client.get(path.format(quote(name, safe=""))) for path in PATHS]
        replies.append(client.get(PATHS[0].format(name)))
        found += [(name, reply.url.path, reply.status_code) for reply in replies]
    return found


def ask_and_note(home: Path) -> dict[str, object]:
    """What was answered, and the files outside the desk's own folders that were opened for it."""
    opened: list[str] = []
    sys.addaudithook(lambda event, said: event == "open" and opened.append(str(said[0])))
    desk = desk_at(home)
    with client_of(desk) as client:
        client.post("/v1/score", json=example())
        at_first_use = len(opened)
        answered, noted = ask(client), opened[at_first_use:]
    desk.close()
    inside = (str(home), str(home.resolve()), str(ROOMS), sys.prefix, sys.base_prefix)
    outside = [path for path in noted if not path.startswith(inside)]
    return {"answered": answered, "at_first_use": at_first_use, "outside": outside}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(ask_and_note(Path(sys.argv[1]))))
