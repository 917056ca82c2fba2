"""Erased: no byte that is kept says anything of the child any more, and the chain still holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url

from features.errors import KizukiError
from features.tables import TABLES
from models.key_files import public_half, public_key
from serving.desk import Desk
from serving.endpoints.jobs import with_jobs
from serving.erasing.erase import Order, Records, erase, hold, release
from serving.journal import Erased, entry, records, served
from serving.journal.checkpoints import read_checkpoints
from serving.journal.verify import Verdict, verify
from serving.who.asker import NOBODY, Asker
from tests.postgres import OWNER
from tests.promises.canaries import CANARIES, with_canaries
from tests.serving.desks import MODEL, NOW, client_of
from tests.store.requests import telling
from tests.store.telling import OFFICE

CHILD, _, _, NAME = CANARIES
WORDS = "CANARY-WORDS-3C1D"
SIBLING = "c-1042"
CLERK = Asker("clerk", NOBODY.roles, "tokyo")
HOUSEHOLD = with_canaries()["caseFile"]


@pytest.fixture
def busy(desk: Desk, home: Path) -> Iterator[Desk]:
    """A desk that was told of a child, has answered about it and its sibling, and is contested."""
    whole = with_jobs(desk, home / "jobs.db")
    with client_of(whole) as client:
        assert client.post("/v1/events", json=telling(HOUSEHOLD)).status_code == 200
        asked = {k: v for k, v in with_canaries(office=OFFICE).items() if k != "caseFile"}
        said = client.post("/v1/score", json=asked).json()
        client.post("/v1/report", json=with_canaries(office=OFFICE)).raise_for_status()
        client.post("/v1/scoreBatches", json={"requests": [asked]}).raise_for_status()
        client.post("/v1/score", json={**asked, "child": SIBLING}).raise_for_status()
        contest = {"table": "contacts", "claim": "missing", "words": WORDS}
        path = f"/v1/score/{said['scoreId']}/contests"
        kept = client.post(path, json=contest).raise_for_status().json()
        decision = {"decision": "upheld", "reasonCode": "other", "words": WORDS}
        path = f"/v1/contests/{kept['contestId']}/decisions"
        client.post(path, json=decision).raise_for_status()
    yield whole
    assert whole.worker
    whole.worker.close()


@pytest.fixture
def kept(busy: Desk, url: str, request: pytest.FixtureRequest) -> Records:
    assert busy.jobs
    if url.startswith("postgresql"):
        url = request.getfixturevalue("server").url(OWNER, database_of(url))
    return Records(busy.journal, busy.jobs, url)


def database_of(url: str) -> str:
    return str(make_url(url).database)


def order(**changed: object) -> Order:
    said = {
        "office": OFFICE,
        "child": CHILD,
        "by": CLERK,
        "reason": "asked",
        "id": "e-1",
        "at": NOW,
    }
    return Order(**{**said, **changed})  # type: ignore[arg-type]


def hits(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """The files under a folder with one of the texts in their bytes."""
    found = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        said = path.read_bytes()
        found += [(path.name, text) for text in texts if text.encode() in said]
    return found


def where_kept(home: Path, url: str) -> list[Path]:
    """Where bytes may lie: the state folder, and the tables of the PostgreSQL server."""
    return [home] if url.startswith("sqlite") else [home, Path(url.split("host=")[1]) / "data/base"]


def found(home: Path, url: str, request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    if url.startswith("postgresql"):
        request.getfixturevalue("server").run_in(database_of(url), "CHECKPOINT")
    return [hit for place in where_kept(home, url) for hit in hits(place, CHILD, NAME, WORDS)]


def verdict_on(path: Path) -> Verdict:
    key = public_key(public_half(path.with_name("journal.key")))
    return verify(path, list(read_checkpoints(path.with_name("journal.checkpoints"))), key)


def test_no_byte_says_anything_of_it_any_more_and_the_chain_holds(
    kept: Records, busy: Desk, home: Path, url: str, request: pytest.FixtureRequest
) -> None:
    before = found(home, url, request)
    assert {text for _, text in before} == {CHILD, NAME}, "else the search finds nothing at all"
    assert not [file for file, _ in before if file.startswith(("journal", "children"))]
    backup = home / "backup"
    backup.mkdir()
    with closing(sqlite3.connect(backup / "journal.db")) as copy:
        kept.journal._writer.backup(copy)
    sibling = of_sibling(busy)

    assert erase(kept, order()) > 10

    assert found(home, url, request) == []
    assert verdict_on(kept.journal.path).faults == ()
    assert of_sibling(busy) == sibling != []
    assert busy.store
    assert not busy.store.around(OFFICE, CHILD, date(2024, 6, 3)).has(CHILD)


def of_sibling(desk: Desk) -> list[tuple[str, object]]:
    """The sibling's own rows, as the store gives them."""
    assert desk.store
    rows = desk.store.around(OFFICE, SIBLING, date(2024, 6, 3)).rows
    return [
        (event.id, event.filled)
        for table, of_table in rows.items()
        for event in of_table
        if event.filled[TABLES[table].concerns[0]] == SIBLING
    ]


def ids(desk: Desk) -> dict[str, str]:
    found = desk.journal._writer.execute("SELECT kind, id FROM answers ORDER BY number DESC")
    return dict(found.fetchall())


def test_who_asks_for_it_is_told_that_it_was_erased(kept: Records, busy: Desk) -> None:
    said = ids(busy)
    erase(kept, order())
    with client_of(busy) as client:
        for path in ("", "/replay", "/explanation"):
            reply = client.get(f"/v1/score/{said['score']}{path}")
            assert (reply.status_code, reply.json()["code"]) == (410, "erased")
        reply = client.post("/v1/score", json=with_canaries(office=OFFICE))
        assert reply.status_code == 200, "a new report is a new case"
    with pytest.raises(Erased, match="this was erased on 2024-07-01"):
        entry(kept.journal.path, said["report"])
    assert {given.child for given in served(kept.journal.path, MODEL)} == {SIBLING, CHILD}


def test_the_journal_says_who_erased_it_and_why(kept: Records) -> None:
    erase(kept, order(reason="court"))
    (*_, last) = records(kept.journal.path)
    assert {"e-1", "erasure", "court", "clerk"} <= set(last.values)
    assert CHILD not in str(last.values)


def test_nothing_is_erased_under_legal_hold(
    kept: Records, home: Path, url: str, request: pytest.FixtureRequest
) -> None:
    hold(kept.journal, order(id="h-1", reason="court"))
    with pytest.raises(KizukiError, match="legal hold since 2024-07-01, by clerk \\(court\\)"):
        erase(kept, order())
    assert found(home, url, request)
    release(kept.journal, order(id="h-2", reason="court"))
    erase(kept, order())
    assert found(home, url, request) == []


def test_it_can_be_done_again_after_it_was_cut_off(
    kept: Records, home: Path, url: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(KizukiError, match="the store"):
        erase(replace(kept, store="sqlite:////nowhere/at/all.db"), order())
    erase(kept, order(id="e-2"))
    assert found(home, url, request) == []


def test_only_the_office_that_says_so_is_erased(kept: Records, busy: Desk) -> None:
    said = ids(busy)["score"]
    erase(kept, order(office="office-9"))
    assert entry(kept.journal.path, said).child in {CHILD, SIBLING}
