"""The command `kizuki`: light at the door, clear when something is wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup

import kizuki
from kizuki import Later

HEAVY = {
    "bentoml", "evidently", "lightgbm", "lxml", "matplotlib", "mlflow", "numpy", "pandas",
    "pyarrow", "sklearn",
}  # fmt: skip


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        kizuki.main(arguments)
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out, said.err


def listed(group: TyperGroup = kizuki.app, path: str = "") -> Iterator[tuple[str, Later]]:
    for name, command in group.commands.items():
        if isinstance(command, Later):
            yield f"{path}{name}", command
        else:
            assert isinstance(command, TyperGroup)
            yield from listed(command, f"{path}{name} ")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with one command, `planted`, whose module the test writes."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "planted_room", raising=False)
    later: Any = Later("planted", "planted_room:planted", "A command of the test.")
    monkeypatch.setitem(kizuki.app.commands, "planted", later)
    return tmp_path / "planted_room.py"


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, kizuki\n"
        "try:\n    kizuki.main(['--help'])\n"
        "except SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    imported = {name.partition(".")[0] for name in done.stderr.split()}
    assert "town" in done.stdout
    assert "typer" in imported
    assert not imported & HEAVY


@pytest.mark.parametrize(("path", "command"), [pytest.param(*c, id=c[0]) for c in listed()])
def test_every_listed_command_is_there(
    path: str, command: Later, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = run([*path.split(), "--help"], capsys)
    assert code == 0
    assert f"kizuki {path}" in told
    assert command.about in " ".join(told.split())


def test_a_command_gets_its_arguments(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room.write_text("def planted(child: str, years: int = 1):\n    print(child, years + 1)\n")
    assert run(["planted", "--years", "2", "--", "-c1"], capsys) == (0, "-c1 3\n", "")


def test_a_known_problem_is_one_line_and_code_2(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room.write_text(
        "from features.errors import KizukiError\n"
        "def planted():\n    raise KizukiError('line 3 of a.xml: no child id; add one')\n"
    )
    said = "kizuki: line 3 of a.xml: no child id; add one\n"
    assert run(["planted"], capsys) == (2, "", said)


def test_a_file_that_cannot_be_read_or_written_is_named_in_one_line(
    room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room.write_text("import pathlib\ndef planted(out: str):\n    pathlib.Path(out).mkdir()\n")
    assert run(["planted", f"{room}/deep"], capsys) == (
        2, "", f"kizuki: {room}/deep: Not a directory\n",
    )  # fmt: skip
    assert run(["planted", str(tmp_path)], capsys)[2] == f"kizuki: {tmp_path}: File exists\n"


def test_a_library_that_is_not_installed_is_named(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room.write_text("import a_library_nobody_has.part\n")
    code, _, problem = run(["planted"], capsys)
    assert code == 2
    assert problem.startswith("kizuki: this command needs a_library_nobody_has, which is not")
    assert problem.count("\n") == 1


def test_a_fault_of_our_own_is_not_dressed_up(room: Path) -> None:
    room.write_text("import features.a_room_nobody_built\n")
    with pytest.raises(ModuleNotFoundError, match="a_room_nobody_built"):
        kizuki.main(["planted"])


def test_an_unknown_command_is_told_its_neighbour(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, problem = run(["twon"], capsys)
    assert code == 2
    assert "Did you mean 'town'" in problem


def test_libraries_are_told_to_keep_quiet_before_a_room_is_imported(
    room: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room.write_text(
        "import os\nseen = dict(os.environ)\n"
        "def planted():\n    print(seen['BENTOML_DO_NOT_TRACK'], seen['OMP_WAIT_POLICY'])\n"
    )
    monkeypatch.delenv("BENTOML_DO_NOT_TRACK")
    monkeypatch.setitem(os.environ, "OMP_WAIT_POLICY", "active")  # what the caller chose is kept
    assert run(["planted"], capsys)[1] == "true active\n"
