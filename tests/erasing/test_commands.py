"""`kizuki erase`, `hold`, `release` and `retain`, as an administrator types them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from serving.erasing import commands
from serving.journal import served
from serving.store.erasing import newest
from serving.store.migrating import open_store
from tests.serving.desks import MODEL, NOW, client_of, desk_at, example
from tests.store.requests import telling
from tests.store.telling import OFFICE
from tests.typed import typed

Run = Callable[..., tuple[int, str, str]]
CHILD = ("--child", "c-1041", "--by", "Sato")
LATE = datetime(2024, 2, 29, 12, tzinfo=UTC)


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    return partial(typed, capsys)


def children(home: Path) -> list[str]:
    return sorted(given.child for given in served(home / "journal.db", MODEL))


def answer_about(home: Path, at: datetime, *names: str) -> None:
    """Have a desk answer about children at a time, where no office is named."""
    desk = replace(desk_at(home, clock=lambda: at), new_id=lambda: str(uuid4()))
    with client_of(desk) as client:
        for name in names:
            rows = {"children": [{**example()["caseFile"]["children"][0], "child": name}]}
            asked = example(child=name, cutoff="2023-06-03", caseFile=rows)
            client.post("/v1/score", json=asked).raise_for_status()
    desk.journal.close()


def test_a_child_is_erased_and_what_is_told_holds_nothing_of_it(run: Run, home: Path) -> None:
    answer_about(home, LATE, "c-1041", "c-2")
    assert run("store", "migrate")[0] == 0
    code, out, err = run("erase", *CHILD, "--reason", "asked")
    assert (code, err) == (0, "")
    assert "c-1041" not in out
    assert children(home) == ["c-2"]
    assert run("journal", "verify")[0] == 0


def test_under_legal_hold_it_says_so_and_ends_with_2(run: Run, home: Path) -> None:
    answer_about(home, LATE, "c-1041")
    run("store", "migrate")
    assert run("hold", *CHILD, "--reason", "court")[0] == 0
    code, out, err = run("erase", *CHILD, "--reason", "asked")
    assert (code, out) == (2, "")
    assert "nothing was erased: it is under legal hold since " in err
    assert "by Sato (court)" in err
    assert children(home) == ["c-1041"]
    assert run("release", *CHILD, "--reason", "court")[0] == 0
    assert run("erase", *CHILD, "--reason", "asked")[0] == 0
    assert children(home) == []


def test_a_reason_in_words_is_not_taken(run: Run) -> None:
    code, _, err = run("erase", *CHILD, "--reason", "the mother asked for it")
    assert code == 2
    assert "unfounded" in err


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (364, ["early", "late"]),
        (366, ["late"]),  # a year after the 28th, when the year before was one day shorter
        (730, ["late"]),
        (731, []),
    ],
)
def test_what_was_kept_long_enough_goes_and_nothing_else(
    days: int, left: list[str], run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_about(home, LATE, "early", "late")
    answer_about(home, LATE + timedelta(days=365), "late")
    run("store", "migrate")
    monkeypatch.setattr(commands, "now", lambda: LATE + timedelta(days=days))
    monkeypatch.setenv("KIZUKI_RETENTION_YEARS", "1")
    code, out, _ = run("retain", "--by", "nightly")
    assert code == 0
    assert sorted(set(children(home))) == left
    assert f"Erased {2 - len(left)} children" in out
    assert run("journal", "verify")[0] == 0


def test_what_is_in_the_store_alone_is_kept_as_long(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{home / 'store.db'}"
    desk = replace(desk_at(home), store=open_store(url))
    with client_of(desk) as client:
        client.post("/v1/events", json=telling(example()["caseFile"])).raise_for_status()
    desk.close()
    assert set(newest(url, OFFICE)) == {"c-1041", "c-1042"}
    monkeypatch.setenv("KIZUKI_RETENTION_YEARS", "1")
    for days, left in ((364, {"c-1041", "c-1042"}), (366, set())):
        monkeypatch.setattr(commands, "now", lambda now=NOW + timedelta(days): now)
        assert run("retain", "--by", "nightly", "--office", OFFICE)[0] == 0
        assert set(newest(url, OFFICE)) == left


@pytest.mark.parametrize("years", ["0", "-1", "0.4", "ever"])
def test_no_setting_lets_it_go_within_half_a_year(
    years: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_RETENTION_YEARS", years)
    code, _, err = run("retain", "--by", "nightly")
    assert code == 2
    assert "KIZUKI_RETENTION_YEARS" in err


def test_without_a_setting_nothing_goes(run: Run, home: Path) -> None:
    answer_about(home, LATE, "c-1041")
    code, _, err = run("retain", "--by", "nightly")
    assert code == 2
    assert "say in KIZUKI_RETENTION_YEARS how long to keep it" in err
