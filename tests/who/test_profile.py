"""Every record fits the profile: who asked through whom, what for, of whom, by which rule."""

import hashlib
import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.journal.profile import ANSWERS, records, unfit
from tests.who.asking import bearing, last_record
from tests.who.test_policy import PURPOSE
from tests.who.test_relations import CASES, answers, asked, who

__all__ = ["answers"]
ACTIONS = ("score", "report", "read_answer", "review", "contest", "replay", "assign", "seal",
           "break_glass")  # fmt: skip

ASKED_BY = ("screener", "supervisor", "auditor", "service")


@pytest.fixture(scope="module")
def journal(client: TestClient, answers: dict[str, str], home: Path) -> Path:
    """Much was asked, permitted and refused: of an own case, one of another office, one sealed."""
    cases = (CASES[relation] for relation in "cxs")
    for action, role, (child, office, agency) in product(ACTIONS, ASKED_BY, cases):
        method, path, sent = asked(action, child, office, answers)
        headers = bearing(PURPOSE[role], **who(role, agency))
        client.request(method, path, json=sent, headers=headers)
    return home / "journal.db"


def test_every_record_fits(journal: Path) -> None:
    assert list(unfit(journal)) == []
    found = records(journal)
    assert len(found) > 60
    kinds = {record["kind"] for record in found}
    assert {"score", "report", "read", "review", "contest", "refused", "glass"} <= kinds
    for record in found:
        assert record["policies"] or record["kind"] == "refused", "some rule permitted it"


def test_an_answer_names_the_model_and_the_hash_of_what_it_was_asked(
    journal: Path, home: Path, client: TestClient, answers: dict[str, str]
) -> None:
    method, path, sent = asked("score", "c-own", "north", answers)
    assert client.request(method, path, json=sent, headers=bearing(sub="me")).is_success
    kept = last_record(home)
    assert kept.kind in ANSWERS
    assert kept.request == hashlib.sha256(kept.asked).hexdigest()
    model = client.get("/v1/model", headers=bearing()).json()["models"][0]
    assert (kept.digest, kept.lock) == (model["digest"], model["lock"])


@pytest.mark.parametrize(
    ("column", "value"),
    [("person", "山田 花子"), ("reason", "the mother asked"), ("child", "c-1041"),
     ("purpose", "curiosity"), ("office", "north of the river"), ("policies", "Because.")],
)  # fmt: skip
def test_what_does_not_fit_is_found(column: str, value: str, journal: Path, tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(journal)) as file,
        closing(sqlite3.connect(tmp_path / "j")) as copy,
    ):
        file.backup(copy)
        copy.execute("DROP TRIGGER answers_no_update")
        copy.execute(f"UPDATE answers SET {column} = ? WHERE number = 3", [value])  # noqa: S608
        copy.commit()
    (found,) = unfit(tmp_path / "j")
    assert found.startswith("3 ")
    assert f"$.{column}" in found
