"""Only what was promoted answers, and only as it was promoted."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from features.errors import KizukiError
from models.ledger import CHALLENGES, PROMOTED, ROLLED_BACK, Ledger, bundle_folder
from models.specs import spec_of
from serving.champions import Standing, champion_of, read_challengers, read_champions
from tests.serving.desks import MODEL, PROMOTED_AT, decide
from tests.small_model import small_bundle


@pytest.fixture
def home(promoted: Path, tmp_path: Path) -> Path:
    return shutil.copytree(promoted, tmp_path / "home")


@pytest.fixture
def another(home: Path) -> str:
    """The digest of another version of the model, number 4, beside the champion's."""
    return small_bundle(bundle_folder(home, MODEL, 4), spec_of(MODEL), seed=2).digest


def test_a_champion_is_read_with_its_promotion(home: Path) -> None:
    found = read_champions(home)[MODEL]
    assert (found.version, found.promoted_by) == (3, "T. Tester")
    assert found.bundle.spec.name == MODEL
    assert read_challengers(home) == {}


def test_who_was_promoted_answers_at_once_until_it_is_rolled_back(home: Path, another: str) -> None:
    standing = Standing(home, read_champions)
    before = standing[MODEL].bundle.digest
    decide(home, PROMOTED, MODEL, 4, another)
    assert standing[MODEL].bundle.digest == another
    decide(home, ROLLED_BACK, MODEL, 3, before)
    assert standing[MODEL].bundle.digest == before
    assert champion_of(home, MODEL, another, PROMOTED_AT).version == 4
    with pytest.raises(KizukiError, match="no champion of"):
        champion_of(home, MODEL, another, PROMOTED_AT - timedelta(days=1))


def test_where_the_new_one_cannot_answer_the_one_before_goes_on(
    home: Path, another: str, caplog: pytest.LogCaptureFixture
) -> None:
    standing = Standing(home, read_champions)
    (bundle_folder(home, MODEL, 4) / "model.txt").write_text("tree")
    decide(home, PROMOTED, MODEL, 4, another)
    assert standing[MODEL].version == 3
    assert caplog.messages == ["what a file says now cannot be taken"]


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a changed tree": lambda folder: (folder / "model.txt").write_text("tree"),
    "a missing file": lambda folder: (folder / "fitted.json").unlink(),
    "another bundle": lambda folder: shutil.copytree(
        folder.with_name("4"), folder, dirs_exist_ok=True
    ),
    "no bundle": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_champion_is_refused(
    damage: Callable[[Path], object], home: Path, another: str
) -> None:
    damage(bundle_folder(home, MODEL, 3))
    with pytest.raises(KizukiError, match=MODEL):
        read_champions(home)


def test_a_challenger_is_read_and_a_damaged_one_left_out(
    home: Path, another: str, caplog: pytest.LogCaptureFixture
) -> None:
    decide(home, CHALLENGES, MODEL, 4, another)
    assert read_challengers(home)[MODEL].version == 4
    (bundle_folder(home, MODEL, 4) / "model.txt").write_text("tree")
    assert read_challengers(home) == {}
    assert caplog.messages == ["challenger cannot answer"]
    assert read_champions(home)[MODEL].version == 3


def test_a_ledger_that_is_damaged_is_told(home: Path) -> None:
    path = Ledger(home).path
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(KizukiError, match=r"ledger\.db: the ledger cannot be used"):
        read_champions(home)


def test_without_a_champion_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="holds no promoted model; train one with `kizuki train`"):
        read_champions(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET version = 1",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
    ],
)
def test_nothing_in_the_ledger_can_be_changed(statement: str, home: Path) -> None:
    before = Ledger(home).decisions(MODEL)
    with sqlite3.connect(Ledger(home).path) as other, pytest.raises(sqlite3.IntegrityError) as told:
        other.execute(statement)
    other.close()
    assert str(told.value) == "decisions is append-only"
    assert Ledger(home).decisions(MODEL) == before
