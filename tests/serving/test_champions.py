"""Only what was promoted answers, and only as it was promoted."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from features.errors import KizukiError
from serving.champions import PROMOTION, read_champions
from tests.serving.desks import MODEL


@pytest.fixture
def champion(promoted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(promoted / "champions" / MODEL, tmp_path / "champions" / MODEL))


def said(**changed: object) -> Callable[[Path], None]:
    """Change what promotion.json says."""

    def change(folder: Path) -> None:
        path = folder / PROMOTION
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changed}), "utf-8")

    return change


def test_a_champion_is_read_with_its_promotion(champion: Path) -> None:
    found = read_champions(champion.parents[1])[MODEL]
    assert (found.version, found.promoted_by) == (3, "T. Tester")
    assert found.bundle.spec.name == MODEL


DAMAGE: dict[str, Callable[[Path], object]] = {
    "another digest": said(digest="0" * 16),
    "another model": said(model="renotification_12m"),
    "a version that is no number": said(version="three"),
    "no day": said(at="yesterday"),
    "no promotion": lambda folder: (folder / PROMOTION).unlink(),
    "a promotion that is no JSON": lambda folder: (folder / PROMOTION).write_text("{"),
    "a promotion that is a list": lambda folder: (folder / PROMOTION).write_text("[]"),
    "a changed tree": lambda folder: (folder / "model.txt").write_text("tree"),
    "a missing file": lambda folder: (folder / "fitted.json").unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_champion_is_refused(damage: Callable[[Path], object], champion: Path) -> None:
    damage(champion)
    with pytest.raises(KizukiError, match=MODEL):
        read_champions(champion.parents[1])


def test_a_champion_under_another_name_is_refused(champion: Path) -> None:
    champion.rename(champion.with_name("renotification_12m"))
    with pytest.raises(KizukiError, match="is not the bundle that was promoted"):
        read_champions(champion.parents[1])


def test_without_a_champion_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="holds no promoted model; train one with `kizuki train`"):
        read_champions(tmp_path)
