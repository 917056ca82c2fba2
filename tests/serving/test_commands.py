"""`kizuki score` and `kizuki report`: the same answers, without a server."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import serving.champions.champion
from features.engines.one_child import Answer
from models.bundle import Bundle
from serving import commands
from serving.champions import rehearse
from serving.desk import Desk
from serving.journal import served
from serving.settings import Settings
from tests.serving.desks import MODEL, example
from tests.typed import typed

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command; gives the exit code and what was said, on the home of the test."""
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    return partial(typed, capsys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "request.json"
    # A command's clock is the machine's, so the cutoff is long past.
    path.write_text(json.dumps(example(), ensure_ascii=False), "utf-8")
    return path


def test_score_prints_the_answer_that_it_journaled(run: Run, file: Path, home: Path) -> None:
    code, out, _ = run("score", file)
    answer = json.loads(out)
    assert (code, answer["language"]) == (0, "ja")
    (kept,) = served(home / "journal.db", MODEL)
    assert kept.probability == answer["probability"]


def test_model_and_language_are_chosen(run: Run, file: Path) -> None:
    answer = json.loads(run("score", file, "--lang", "en", "--model", MODEL)[1])
    assert (answer["language"], answer["model"]["name"]) == ("en", MODEL)


@pytest.mark.parametrize(
    ("language", "title"), [("ja", "スコアの説明"), ("en", "A score explained")]
)
def test_report_writes_the_page(
    language: str, title: str, run: Run, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pages" / "report.html"
    code, said, _ = run("report", file, "--out", out, "--lang", language)
    assert (code, said) == (0, f"wrote {out}: open it in a browser\n")
    page = out.read_text("utf-8")
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
    assert f"<h1>{title}</h1>" in page


WRONG: dict[str, tuple[str, str]] = {
    "no JSON": ("{", "The body is not strict JSON: Not taken: not JSON at line 1, column 2."),
    "a name twice": ('{"a":1,"a":2}', "a name is given twice in one object"),
    "a list": ("[]", "body Input should be a valid dictionary"),
    "no cutoff": (json.dumps({"child": "c", "caseFile": {}}), "cutoff Field required"),
    "the future": (json.dumps(example(cutoff="2199-01-01")), "cutoff lies in the future"),
    "no such model": (json.dumps(example(model="x")), "model no such model; there are: placement"),
    "no champion": (
        json.dumps(example(model="renotification_12m")),
        "The model is not loaded: No score was given.",
    ),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("command", ["score", "report"])
def test_what_is_wrong_is_one_line(
    command: str, text: str, said: str, run: Run, file: Path, tmp_path: Path
) -> None:
    file.write_text(text, "utf-8")
    out = ["--out", tmp_path / "page.html"] if command == "report" else []
    code, printed, problem = run(command, file, *out)
    assert (code, printed) == (2, "")
    assert problem.startswith(f"kizuki: {file}: ")
    assert said in problem
    assert problem.count("\n") == 1
    assert not (tmp_path / "page.html").exists()


def test_a_file_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    said = f"kizuki: {tmp_path / 'none.json'}: cannot be read: No such file or directory\n"
    assert run("score", tmp_path / "none.json") == (2, "", said)


def test_a_page_that_cannot_be_written_is_one_line(run: Run, file: Path, tmp_path: Path) -> None:
    code, _, problem = run("report", file, "--out", tmp_path)
    assert code == 2
    assert problem == f"kizuki: {tmp_path}: cannot be written: Is a directory\n"


def test_a_journal_that_cannot_be_written_gives_no_score(run: Run, file: Path, home: Path) -> None:
    (home / "journal.db").mkdir()
    code, out, problem = run("score", file)
    assert (code, out) == (2, "")
    assert "the journal cannot be written" in problem


@pytest.mark.parametrize("command", ["score", "serve"])
def test_without_a_champion_it_says_what_to_do(
    command: str, run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path / "empty"))
    code, _, problem = run(command, *([file] if command == "score" else []))
    assert code == 2
    assert "holds no promoted model; train one with `kizuki train` and promote it" in problem


def test_a_default_model_that_is_not_promoted_stops_the_start(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_MODEL", "renotification_12m")
    code, _, problem = run("serve")
    assert code == 2
    assert "renotification_12m is not promoted in" in problem


def test_a_port_that_is_taken_stops_the_start(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("KIZUKI_PORT", str(taken.getsockname()[1]))
        code, _, problem = run("serve")
    assert code == 2
    assert "Address already in use; name another in KIZUKI_HOST or KIZUKI_PORT" in problem


def test_a_wrong_setting_stops_the_start(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIZUKI_PROT", "1")
    code, _, problem = run("serve")
    assert (code, problem.startswith("kizuki: KIZUKI_PROT: no such setting")) == (2, True)


def test_the_help_of_serve_tells_every_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = run("serve", "--help")
    for name, field in Settings.model_fields.items():
        assert f"KIZUKI_{name.upper()}: {field.description}." in out


def test_every_champion_is_rehearsed_before_the_first_child_is_asked_about(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is compiled at first use is compiled by then, and nothing of it is an answer."""
    rehearsed: list[tuple[str, set[float | None]]] = []

    class Server:
        def run(self, sockets: list[Any]) -> None:
            assert rehearsed == [(MODEL, {None})]
            sockets[0].close()

    def scored(bundle: Bundle, row: Mapping[str, Answer]) -> None:
        rehearsed.append((bundle.spec.name, {answer.number for answer in row.values()}))

    monkeypatch.setenv("KIZUKI_HOME", str(home))
    monkeypatch.setenv("KIZUKI_PORT", "0")
    monkeypatch.setattr(serving.champions.champion, "score_row", scored)
    monkeypatch.setattr(commands, "_server", lambda *_: Server())
    monkeypatch.setattr(commands, "start_logging", lambda: None)
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)
    commands.serve()
    assert rehearsed
    assert list(served(home / "journal.db", MODEL)) == []


def test_the_rehearsal_is_one_that_a_model_can_play(desk: Desk) -> None:
    rehearse(desk.champions)
