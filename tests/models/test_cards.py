"""The models' pages are current, and say what cannot be measured."""

import subprocess
import sys
from pathlib import Path

import pytest

from features.errors import KizukiError
from models import card as cards
from models.card import Measured, card
from models.commands import pages
from models.lock import lock_text
from models.specs import HERE, NAMES, spec_of


@pytest.mark.parametrize("path", pages())
def test_the_page_on_disk_is_current(path: str) -> None:
    assert (HERE / path).read_text("utf-8") == pages()[path], "run `kizuki cards`"


def test_the_check_fails_on_a_stale_page_and_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kizuki import main

    monkeypatch.setattr("models.commands.HERE", tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["cards", "--check"])
    assert ended.value.code == 1
    assert "stale models/placement_24m/CARD.md" in capsys.readouterr().out


def test_limits_must_be_written_by_hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cards, "HERE", tmp_path)
    with pytest.raises(KizukiError, match=r"LIMITS.md: write down by hand"):
        card(spec_of(NAMES[0]), None)


def test_a_card_tells_measures_with_intervals_and_gates() -> None:
    spec = spec_of("placement_24m")
    said = card(
        spec,
        Measured(
            measures={"auroc": (0.781, 0.75, 0.81)},
            slices={"test": ("2021-01-01", "2022-01-01", 900, 90)},
            groups=[("group", "auroc"), ("sex: female", "insufficient evidence")],
            gates={str(gate): False for gate in spec.gates},
        ),
    )
    assert "| auroc | 0.781 | 0.750 to 0.810 |" in said
    assert "| test | 2021-01-01 | 2022-01-01 | 900 | 90 |" in said
    assert "insufficient evidence" in said
    assert said.count("**fails**") == len(spec.gates)


def test_the_lock_is_the_same_in_every_process() -> None:
    program = (
        "from models.lock import lock_text; from models.specs import spec_of;"
        "print(lock_text(spec_of('placement_24m')), end='')"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert said.stdout.decode() == lock_text(spec_of("placement_24m"))
