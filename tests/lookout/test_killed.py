"""Whatever ends on the way from an event to the receiver, the alert is there: once, and told."""

import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from serving.desk import Desk
from serving.endpoints.glass import EXAMPLE as GLASS
from serving.lookout.lookout import Lookout
from serving.store.outbox import Webhook
from serving.webhooks.secrets import secret_of
from tests.live import running
from tests.lookout.killed import KEY, POINTS, look_and_send
from tests.lookout.told import CHILD, child, tell_example, weapon
from tests.serving.desks import MODEL
from tests.store.telling import OFFICE
from tests.typed import typed
from tests.webhooks.sink import Sink

SOON = 60  # seconds, in which supervisors are to be told
FIRST_PAUSE = timedelta(seconds=5)  # after which it is sent again


def run(home: Path, point: str) -> int:
    command = [sys.executable, "-m", "tests.lookout.killed", str(home), point]
    return subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode


@pytest.mark.parametrize("point", POINTS)
def test_an_alert_outlives_whoever_is_killed(
    point: str, home: Path, desk: Desk, sink: Sink
) -> None:
    store = desk.store
    assert store
    tell_example(desk)
    Lookout(desk, store).round()
    store.add_webhook(OFFICE, Webhook("w", sink.url, "2024-07-01T00:00:00+00:00"))
    before = len(list(desk.journal.served(MODEL)))

    assert run(home, point) == -signal.SIGKILL
    look_and_send(home, told=False, later=FIRST_PAUSE)

    ((_, alert),) = store.alerts(OFFICE, 0, 200)
    assert (alert.child, alert.red_flags) == (CHILD, ["weapon"])
    looked = list(desk.journal.served(MODEL))[before:]
    assert [given.kind for given in looked] == ["look"], "scored and journaled once"
    assert set(sink.ids) == {alert.id}
    assert len(sink.heard) == (2 if point == "answered" else 1)
    sink.verify(secret_of(KEY, "w"))
    assert store.webhooks(OFFICE)[0].waiting == 0


def test_a_desk_that_is_killed_tells_after_its_next_start(
    home: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way, with the command, the server, its threads and a receiver."""
    for name, said in (("HOME", str(home)), ("WEBHOOKS_HERE", "true")):
        monkeypatch.setenv(f"KIZUKI_{name}", said)
    _, secret, _ = typed(capsys, "webhooks", "add", sink.url, "--office", OFFICE)
    told = {"office": OFFICE, "events": [child("c"), weapon(date.today().isoformat(), "c")]}  # noqa: DTZ011
    with running(home) as server:
        status, _ = server.post("/v1/events", told)
        server.end_at_once()
    assert status == 200
    with running(home) as server:
        end = time.monotonic() + 20
        while not sink.heard and time.monotonic() < end:
            time.sleep(0.1)
        _, said = server.ask("GET", f"/v1/alerts?office={OFFICE}")
        heard = list(sink.ids)
        _, broken = server.post("/v1/brokenGlass", {**GLASS, "office": OFFICE})
        end = time.monotonic() + SOON
        while broken["glassId"] not in sink.ids and time.monotonic() < end:
            time.sleep(0.1)
    assert broken["glassId"] in sink.ids, "supervisors are told in less than a minute"
    assert len(set(heard)) == 1
    assert said.count(sink.ids[0].encode()) == 1
    sink.verify(secret.strip())
    assert b'"c"' not in sink.heard[0][1], "no child is named"
    assert "weapon" not in (home / "log").read_text()
