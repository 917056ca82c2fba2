"""A challenger answers beside the champion: its answers are kept, never shown, and never missed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import serving.challengers
from models.ledger import CHALLENGES, bundle_folder
from models.specs import spec_of
from serving.challengers import Challengers
from serving.champions import read_challengers
from serving.desk import Desk
from serving.endpoints.score import Request, score
from serving.journal import Entry, entry, records
from serving.shape import read_shape
from tests.serving.desks import (
    MODEL,
    client_of,
    counted_ids,
    decide,
    desk_at,
    example,
    journal_at,
    promoted_home,
)
from tests.small_model import small_bundle


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a champion, version 3, and a challenger, version 4."""
    home = promoted_home(tmp_path_factory.mktemp("contested"))
    other = small_bundle(bundle_folder(home, MODEL, 4), spec_of(MODEL), seed=2)
    decide(home, CHALLENGES, MODEL, 4, other.digest)
    return home


@pytest.fixture
def desk(contested: Path, tmp_path: Path) -> Iterator[Desk]:
    made = replace(
        desk_at(contested),
        journal=journal_at(tmp_path / "journal.db"),
        challengers=Challengers(
            read_challengers(contested), lambda: journal_at(tmp_path / "challengers.db")
        ),
    )
    yield made
    made.close()


def beside(desk: Desk) -> list[Entry]:
    """What challengers have said, once they have said all."""
    assert desk.challengers is not None
    desk.challengers.close()
    path = desk.journal.path.with_name("challengers.db")
    ids = [str(record.values[0]) for record in records(path)] if path.exists() else []
    return [entry(path, answer_id) for answer_id in ids]


def asked(desk: Desk) -> bytes:
    return score(desk, read_shape(Request, example()))


def test_its_answer_is_journaled_beside_the_champions(desk: Desk, contested: Path) -> None:
    answer = json.loads(asked(desk))
    (said,) = beside(desk)
    other = read_challengers(contested)[MODEL]
    kept = entry(desk.journal.path, answer["scoreId"])
    assert (said.id, said.at, said.asked, said.row) == (kept.id, kept.at, kept.asked, kept.row)
    assert (said.kind, said.version, said.digest) == ("challenger", 4, other.bundle.digest)
    alone = replace(desk, champions={MODEL: other}, challengers=None, new_id=lambda: "alone")
    told = json.loads(asked(alone))
    assert (said.probability, said.score, said.band) == (
        told["probability"], told["score"], told["band"]["code"],
    )  # fmt: skip
    assert said.probability != answer["probability"]
    assert json.loads(said.answer) == {"cannotTell": [], "fault": None}


def test_what_is_shown_is_what_the_champion_says_alone(desk: Desk, tmp_path: Path) -> None:
    alone = replace(desk, challengers=None, new_id=counted_ids())
    said = asked(alone)
    again = replace(desk, journal=journal_at(tmp_path / "again.db"), new_id=counted_ids())
    assert asked(again) == said
    again.journal.close()
    with client_of(desk) as client:
        (model,) = client.get("/v1/model").json()["models"]
    assert model["version"] == 3


def test_its_failure_is_kept_and_touches_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(serving.challengers, "tell", fails)
    assert json.loads(asked(desk))["score"]
    (said,) = beside(desk)
    assert (json.loads(said.answer)["fault"], said.score) == ("MemoryError", None)


def test_where_its_answer_cannot_be_kept_the_champion_still_answers(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.journal.path.with_name("challengers.db").mkdir()
    assert json.loads(asked(desk))["score"]
    assert desk.challengers is not None
    desk.challengers.close()
    assert caplog.messages == ["challenger not journaled"]


def test_after_it_has_closed_the_champion_still_answers(desk: Desk) -> None:
    assert desk.challengers is not None
    desk.challengers.close()
    assert json.loads(asked(desk))["score"]


def test_a_champion_that_cannot_tell_has_a_challenger_that_cannot_either(desk: Desk) -> None:
    request = example()
    del request["caseFile"]["children"]
    assert json.loads(score(desk, read_shape(Request, request)))["cannotTell"]
    (said,) = beside(desk)
    assert (said.probability, json.loads(said.answer)["cannotTell"]) == (None, ["age_unknown"])
