"""The README: what it names is there, what it shows works, and what it promises is tested."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup

import kizuki
from features.declared_coverage import coverage_as_json
from models.specs import spec_of
from serving.endpoints.events import Request as Events
from serving.endpoints.score import Request
from serving.question import Question, read_question
from serving.shape import read_shape
from serving.strict_json import parse

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.M)
PROSE = re.sub(r"^```.*?^```$", "", README, flags=re.DOTALL | re.M)
SHELL = "\n".join(text for language, text in BLOCKS if language in {"sh", "console"})

TOP = ("features", "models", "training", "serving", "notebooks", "tests")
MADE = ("artifacts", "demo-out", "mlflow.db", "plots", "report.csv", ".venv")  # not in the repo
LARGEST_PICTURE = 250_000  # bytes


def code(language: str) -> list[str]:
    return [text for named, text in BLOCKS if named == language]


@cache
def tracked() -> set[str]:
    """Every file of the project, and every folder that holds one."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    files = [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return {str(path) for file in files for path in (file, *file.parents)}


def paths() -> Iterator[str]:
    """What looks like a path of the project, in the prose, in links and in commands."""
    yield from re.findall(r"\]\(([^)#]+)\)", PROSE)
    for span in re.findall(r"`([^`\n]+)`", PROSE):
        if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*/?", span) and ("/" in span or span.endswith(".py")):
            yield span
    yield from re.findall(rf"(?<![\w./-])(?:{'|'.join(TOP)})/[\w./-]+", SHELL)


NAMED = sorted({name.rstrip("/") for name in paths() if not name.startswith(MADE)})
COMMANDS = sorted(
    set(re.findall(r"`kizuki ([^`]+)`", re.sub(r"\s+", " ", PROSE)))
    | set(re.findall(r"(?:^\$ (?:\w+=\S+ )*|^)kizuki ([^\n&|]+)", SHELL, re.M))
)
PROMISED = re.findall(r"^\| (?!kept|Kizuki)([^|]+) \| `(tests/[^`]+)` \|$", README, re.M)


@pytest.mark.parametrize("name", NAMED)
def test_every_path_is_there(name: str) -> None:
    assert name in tracked()


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_there(line: str) -> None:
    words, group = line.replace("\\", " ").split(), kizuki.app
    command: Any = group.commands.get(words.pop(0))
    if isinstance(command, TyperGroup):
        command = command.commands.get(words.pop(0))
    assert isinstance(command, kizuki.Later), line
    known = {option for field in command.load().params for option in field.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_target_of_make_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"`make ([a-z-]+)`", PROSE)) | set(
        re.findall(r"^make ([a-z-]+)", SHELL, re.M)
    )
    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.M))


def test_every_gate_shown_is_one_that_is_asked() -> None:
    shown = re.findall(r"^ *gate holds: (.+), measured", README, re.M)
    asked = [str(gate) for gate in spec_of("placement_24m").gates]
    assert asked == list(dict.fromkeys(shown))


@pytest.mark.parametrize("text", code("python"))
def test_python_compiles(text: str) -> None:
    assert compile(text, "README.md", "exec")


def test_the_request_is_one_that_the_desk_takes() -> None:
    said, beside, *_ = (parse(text.encode()) for text in code("json"))
    request = read_shape(Request, {**said, **beside})
    asked = Question(
        request.child,
        request.cutoff,
        request.case_file,
        beside["coverage"],
        str(request.model),
        "en",
        asked=b"",
    )
    events, coverage = read_question(asked, today=request.cutoff)
    assert {name: len(rows) for name, rows in events.items()} == {
        name: len(rows) for name, rows in said["caseFile"].items()
    }
    assert coverage_as_json(coverage) == beside["coverage"]


def test_the_events_are_such_that_the_store_keeps_and_is_asked_for() -> None:
    *_, told, asked = (parse(text.encode()) for text in code("json"))
    assert len(read_shape(Events, told).events) == 3
    assert read_shape(Request, asked).office == told["office"]


def test_it_begins_in_japanese() -> None:
    introduction = README.split("\n\n")[1]
    assert 4 <= introduction.count("。") <= 7
    assert len(re.findall(r"[ぁ-んァ-ヶ一-龠]", introduction)) > len(introduction) * 0.7


def test_every_promise_names_a_test() -> None:
    promises = {path.name for path in (ROOT / "tests/promises").glob("test_*.py")}
    assert promises <= {Path(name).name for _, name in PROMISED}
    assert {name for _, name in PROMISED} <= tracked()
    assert all("def test_" in (ROOT / name).read_text("utf-8") for _, name in PROMISED)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_picture_is_small_enough_to_look_at(language: str) -> None:
    name = f"serving/reports/report.{language}.png"
    picture = (ROOT / name).read_bytes()
    assert f"]({name})" in README
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 900
    assert len(picture) <= LARGEST_PICTURE
