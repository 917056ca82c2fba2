"""Who is new is tried in a process of its own, once: a model that kills it never answers here."""

import platform
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from features.errors import KizukiError
from models import bundle as bundles
from models.ledger import CHALLENGES, PROMOTED, Ledger, bundle_folder
from models.specs import spec_of
from serving.champions import Standing
from serving.champions import trial as trials
from serving.champions.swapping import swapping
from serving.settings import Settings
from tests.serving.desks import MODEL, decide
from tests.small_model import small_bundle

# What our own reader of trees is not known to do: it dies of what a bundle says. The process that
# tries it imports this first; the one that runs the tests does not, and would take the bundle.
DEADLY = """
import os, signal, sys
from pathlib import Path

def die(*said):
    os.kill(os.getpid(), signal.SIGSEGV)

if os.environ["DEADLY"] == "whatever it is":
    die()
else:
    import models.golden
    deadly, check = Path(os.environ["DEADLY"]).read_text("utf-8"), models.golden.check_golden
    models.golden.check_golden = lambda text, paths: (die if text == deadly else check)(text, paths)
"""
Deadly = Callable[[object], None]


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deadly:
    """Let every process that is begun from now on die of what some file says."""
    folder = tmp_path / "deadly"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(DEADLY)

    def told(file: object) -> None:
        monkeypatch.setenv("DEADLY", str(file))
        monkeypatch.setenv("PYTHONPATH", f"{folder}:{Path(trials.__file__).parents[2]}")

    return told


@pytest.fixture(scope="module")
def tried(promoted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder whose champion, version 3, has answered; version 4 lies beside it."""
    home = shutil.copytree(promoted, tmp_path_factory.mktemp("tried") / "home")
    assert started(home)[0][MODEL].version == 3
    small_bundle(bundle_folder(home, MODEL, 4), spec_of(MODEL), seed=6)
    return home


@pytest.fixture
def home(tried: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tried, tmp_path / "home")


def started(home: Path) -> tuple[Standing, Standing]:
    """Who answers at a desk that serves, and who beside, as it starts."""
    return swapping(Settings(home=home))


def put_up(home: Path, act: str) -> None:
    digest = bundles.read_bundle(bundle_folder(home, MODEL, 4)).digest
    decide(home, act, MODEL, 4, digest)


def test_at_the_start_one_that_kills_its_process_is_refused_and_the_copy_answers(
    home: Path, deadly: Deadly, caplog: pytest.LogCaptureFixture
) -> None:
    put_up(home, PROMOTED)
    deadly(bundle_folder(home, MODEL, 4) / bundles.GOLDEN)
    champions, _ = started(home)
    assert (champions[MODEL].version, champions.stale) == (3, True)
    assert caplog.messages == ["what a file says now cannot be taken"]


def test_at_the_start_a_ledger_that_cannot_be_read_is_no_hindrance(home: Path) -> None:
    Ledger(home).path.write_bytes(b"not a ledger" * 100)
    champions, challengers = started(home)
    assert (champions[MODEL].version, champions.stale, dict(challengers)) == (3, True, {})


def test_without_a_copy_it_is_told_who_could_not_answer(home: Path, deadly: Deadly) -> None:
    shutil.rmtree(home / "last-good")
    deadly("whatever it is")
    with pytest.raises(KizukiError, match=rf"{MODEL} version 3: tried, and refused: .* -11"):
        started(home)


def test_while_it_serves_who_answered_before_goes_on(home: Path, deadly: Deadly) -> None:
    champions, _ = started(home)
    deadly("whatever it is")
    put_up(home, PROMOTED)
    assert champions[MODEL].version == 3  # and another is read
    champions._ledger._later.shutdown()  # type: ignore[union-attr]
    assert (champions[MODEL].version, champions.stale) == (3, True)


def test_a_challenger_is_tried_too_and_left_out(
    home: Path, deadly: Deadly, caplog: pytest.LogCaptureFixture
) -> None:
    put_up(home, CHALLENGES)
    deadly("whatever it is")
    champions, challengers = started(home)
    assert (champions[MODEL].version, dict(challengers)) == (3, {})
    assert caplog.messages == ["challenger cannot answer"]


def test_what_has_passed_is_tried_no_second_time_here_but_elsewhere(
    home: Path, deadly: Deadly, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly("whatever it is")
    assert started(home)[0][MODEL].version == 3
    monkeypatch.setattr(platform, "node", lambda: "elsewhere")
    with pytest.raises(KizukiError, match="tried, and refused"):
        started(home)


def test_a_trial_that_does_not_end_is_ended(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_up(home, PROMOTED)
    monkeypatch.setattr(trials, "LONGEST", 0.01)
    assert started(home)[0][MODEL].version == 3
