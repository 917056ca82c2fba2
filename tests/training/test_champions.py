"""Two people make a champion of a version whose gates hold; who answered when stays on record."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from features.errors import KizukiError
from models.bundle import read_bundle
from models.ledger import (
    PROMOTED,
    PROPOSED,
    ROLLED_BACK,
    Decision,
    Ledger,
    bundle_folder,
    challenger,
    champions,
)
from models.signing import check_signature, keys_folder, trusted_keys
from models.specs import spec_of
from tests.small_model import small_bundle
from tests.typed import typed
from training.champions.promote import (
    Who,
    challenge,
    delete,
    promote_version,
    roll_back,
    stand_down,
)
from training.record import REFERENCE
from training.registry import (
    BUNDLE,
    CHALLENGER,
    CHAMPION,
    GateRecord,
    Record,
    Registry,
    Version,
)

MODEL = "placement_24m"
MONDAY = datetime(2024, 4, 1, 9, tzinfo=UTC)


HOLDS = (GateRecord("auroc >= 0.55", "measured 0.700", holds=True),)
FAILS = (
    GateRecord("auroc >= 0.99", "measured 0.612", holds=False),
    GateRecord("false_negative_rate_gap by sex <= 0.1", "insufficient evidence", holds=False),
)


@pytest.fixture(scope="module")
def recorded(tables_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with two versions that hold, a third that does not, and a fourth."""
    made = tmp_path_factory.mktemp("champions")
    home = shutil.copytree(tables_made, made / "home")
    for number, gates in enumerate((HOLDS, HOLDS, FAILS, HOLDS)):
        files = made / f"files-{number}"
        small_bundle(files / BUNDLE, spec_of(MODEL), seed=number)
        (files / BUNDLE / REFERENCE).touch()
        record = Record(MODEL, files, {}, {}, {"data": "d", "rows": "r"}, gates)
        Registry(home).record(record, MONDAY)
    return home


@pytest.fixture
def home(recorded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(recorded, tmp_path / "home")


def on_record(home: Path, number: int) -> Version:
    return Registry(home).version(MODEL, number)


def by(name: str, day: int = 0, why: str = "looked at it") -> Who:
    return Who(name, why, MONDAY + timedelta(days=day))


def promoted(home: Path, number: int, day: int = 0) -> Decision:
    promote_version(home, on_record(home, number), by("A", day))
    return promote_version(home, on_record(home, number), by("B", day))


def test_one_proposes_another_approves_and_both_are_named(home: Path) -> None:
    version = on_record(home, 1)
    first = promote_version(home, version, by(" 佐藤 ", why="基準を満たす"))
    assert (first.act, champions(Ledger(home).decisions(MODEL))) == (PROPOSED, [])
    assert not bundle_folder(home, MODEL, 1).exists()
    second = promote_version(home, version, by("鈴木", why="カードを読んだ"))
    assert Ledger(home).decisions(MODEL) == [first, second]
    assert (second.act, second.by, second.why) == (PROMOTED, "佐藤, 鈴木", "カードを読んだ")
    folder = bundle_folder(home, MODEL, 1)
    assert read_bundle(folder).digest == second.digest
    assert (folder / REFERENCE).is_file()
    check_signature(folder, MODEL, 1, trusted_keys(keys_folder(home)))


def test_what_it_was_decided_on_is_kept(home: Path) -> None:
    decision = promoted(home, 1)
    version = on_record(home, 1)
    assert decision.evidence["run"] == version.run
    assert decision.evidence["origin"] == version.origin
    assert version.origin == {"data": "d", "rows": "r"}
    (gate,) = decision.evidence["gates"]  # type: ignore[misc]
    assert gate["asks"] == "auroc >= 0.55"
    assert gate["holds"] is True


@pytest.mark.parametrize("same", ["Sato Ken", "sato  ken ", "ＳＡＴＯ\u3000ＫＥＮ", "SatoKen"])
def test_one_person_is_not_two_however_the_name_is_typed(same: str, home: Path) -> None:
    promote_version(home, on_record(home, 1), by("Sato Ken"))
    with pytest.raises(KizukiError, match="another person must approve it"):
        promote_version(home, on_record(home, 1), by(same))
    assert [d.act for d in Ledger(home).decisions(MODEL)] == [PROPOSED]


def test_a_proposal_is_of_one_version_and_ends_when_the_champion_changes(home: Path) -> None:
    promote_version(home, on_record(home, 2), by("A"))
    promoted(home, 1)
    assert promote_version(home, on_record(home, 2), by("B")).act == PROPOSED


def test_a_gate_that_does_not_hold_refuses(home: Path) -> None:
    before = sorted(home.rglob("*"))
    with pytest.raises(KizukiError) as refused:
        promote_version(home, on_record(home, 3), by("A"))
    assert str(refused.value) == (
        "placement_24m version 3 does not hold: auroc >= 0.99, measured 0.612; "
        "false_negative_rate_gap by sex <= 0.1, insufficient evidence"
    )
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_nobody_and_no_reason_cannot_promote(blank: str) -> None:
    with pytest.raises(KizukiError, match="say who decides: --by NAME"):
        by(blank)
    with pytest.raises(KizukiError, match="say why: --why REASON"):
        by("A", why=blank)


def test_a_bundle_that_was_changed_since_is_not_approved(home: Path, tmp_path: Path) -> None:
    version = on_record(home, 1)
    promote_version(home, version, by("A"))
    damaged = replace(version, bundle=shutil.copytree(version.bundle, tmp_path / "damaged"))
    (damaged.bundle / "fitted.json").write_text("{}")
    with pytest.raises(KizukiError, match=r"fitted\.json changed"):
        promote_version(home, damaged, by("B"))
    with pytest.raises(KizukiError, match="has changed since it was proposed"):
        promote_version(home, replace(version, bundle=on_record(home, 2).bundle), by("B"))
    assert champions(Ledger(home).decisions(MODEL)) == []


def test_a_copy_that_was_damaged_is_made_anew(home: Path) -> None:
    promoted(home, 1)
    promoted(home, 2, day=1)
    (bundle_folder(home, MODEL, 1) / "model.txt").write_text("tree")
    promoted(home, 1, day=2)
    assert read_bundle(bundle_folder(home, MODEL, 1)).spec.name == MODEL


def test_the_champion_is_not_promoted_again(home: Path) -> None:
    promoted(home, 1)
    with pytest.raises(KizukiError, match="version 1 is the champion already"):
        promote_version(home, on_record(home, 1), by("A"))


def test_rolling_back_lets_the_one_before_answer(home: Path) -> None:
    promoted(home, 1)
    with pytest.raises(KizukiError, match="no champion before this one"):
        roll_back(home, MODEL, by("C", 1))
    promoted(home, 2, day=1)
    decision = roll_back(home, MODEL, by("C", 2, why="alarm"))
    assert (decision.act, decision.version, decision.by) == (ROLLED_BACK, 1, "C")
    assert champions(Ledger(home).decisions(MODEL))[-1] == decision
    with pytest.raises(KizukiError, match="no champion before this one"):
        roll_back(home, MODEL, by("C", 3))


def test_what_answered_is_not_deleted_and_what_never_did_is(home: Path) -> None:
    promoted(home, 1)
    registry = Registry(home)
    with pytest.raises(KizukiError, match="version 1 is the champion, and cannot be deleted"):
        delete(home, registry, on_record(home, 1), by("C", 1))
    promoted(home, 2, day=1)
    with pytest.raises(KizukiError, match="version 1 has answered, and cannot be deleted"):
        delete(home, registry, on_record(home, 1), by("C", 1))
    fourth = on_record(home, 4)
    delete(home, registry, fourth, by("C", 1))
    assert not fourth.bundle.exists()
    with pytest.raises(KizukiError, match="has no version 4; there are: 1, 2, 3"):
        on_record(home, 4)


def test_a_challenger_stands_until_it_stands_down_or_wins(home: Path) -> None:
    with pytest.raises(KizukiError, match="has no champion to answer beside"):
        challenge(home, on_record(home, 2), by("A"))
    promoted(home, 1)
    challenge(home, on_record(home, 3), by("A"))  # its gates need not hold
    stand_down(home, MODEL, by("A"))
    challenge(home, on_record(home, 2), by("A"))
    standing = challenger(Ledger(home).decisions(MODEL))
    assert standing is not None
    assert read_bundle(bundle_folder(home, MODEL, 2)).digest == standing.digest
    promoted(home, 2)
    assert challenger(Ledger(home).decisions(MODEL)) is None


def test_a_clock_that_goes_back_is_noticed(home: Path) -> None:
    promoted(home, 1, day=5)
    with pytest.raises(KizukiError, match="the clock is behind the last decision"):
        challenge(home, on_record(home, 2), by("A", day=4))


def test_the_commands_tell_the_history_and_mlflow_repeats_it(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    for number in ("1", "2"):
        for name in ("Sato", "Suzuki"):
            typed(capsys, "promote", MODEL, "--version", number, "--by", name, "--why", "read it")
    code, told, _ = typed(capsys, "registry", "rollback", MODEL, "--by", "Ito", "--why", "alarm")
    assert (code, told) == (0, f"{MODEL} version 1 is the champion again, by Ito\n")
    typed(capsys, "registry", "challenge", MODEL, "--version", "2", "--by", "Ito", "--why", "again")
    known = Registry(home)._client.get_registered_model(MODEL).aliases
    assert known == {CHAMPION: 1, CHALLENGER: 2}
    typed(capsys, "registry", "stand-down", MODEL, "--by", "Ito", "--why", "enough")
    assert Registry(home)._client.get_registered_model(MODEL).aliases == {CHAMPION: 1}

    code, told, _ = typed(capsys, "registry", "history", MODEL)
    lines = [line.split() for line in told.splitlines() if not line.startswith("    ")]
    acts = ["proposed", "promoted", "proposed", "promoted", "rolled", "challenges", "stood"]
    assert [line[2] for line in lines[1:]] == acts
    assert "    gate holds: auroc >= 0.55, measured" in told
    code, told, _ = typed(capsys, "registry", "history", MODEL, "--on", "2020-01-01")
    assert told == f"{MODEL} had no champion on 2020-01-01: nobody answered\n"
    code, told, _ = typed(
        capsys, "registry", "history", MODEL, "--on", f"{datetime.now(UTC):%Y-%m-%d}"
    )
    assert f"{MODEL} version 1 answered on" in told.splitlines()[-1]
    code, _, told = typed(capsys, "registry", "history", MODEL, "--on", "2999-01-01")
    assert (code, told) == (2, "kizuki: 2999-01-01 has not come yet\n")


def test_rolling_back_needs_no_registry(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    promoted(home, 1)
    promoted(home, 2)
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    (home / "mlflow.db").write_bytes(b"not a database" * 100)
    code, told, problem = typed(
        capsys, "registry", "rollback", MODEL, "--by", "C", "--why", "alarm"
    )
    assert (code, "version 1 is the champion again" in told) == (0, True)
    assert problem.startswith("the aliases in MLflow are as they were: the registry")
    assert champions(Ledger(home).decisions(MODEL))[-1].version == 1
