"""The steps of a demo tell what went wrong, in the words of the command that it went wrong in."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier

import pytest

from features.errors import KizukiError
from notebooks.steps import Steps


def test_a_desk_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="holds no promoted model"), Steps(tmp_path).desk():
        pass


def test_a_command_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="`kizuki nothing --at all` ended with exit code 2"):
        Steps(tmp_path).run("nothing", "--at", "all")


def test_what_goes_side_by_side_is_told_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = Barrier(2, timeout=60)  # passed only by two that are under way at once

    def way(word: str) -> Callable[[Steps], str]:
        def go(steps: Steps) -> str:
            both.wait()
            return steps.run(word, "--help")

        return go

    first, second = Steps(tmp_path).side_by_side(way("rows"), way("journal"))
    told = capsys.readouterr().out
    assert told.index("$ kizuki rows --help") < told.index(first)
    assert told.index(first) < told.index("$ kizuki journal --help") < told.index(second)


def test_what_another_said_before_it_failed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KizukiError, match="`kizuki nothing` ended with exit code 2"):
        Steps(tmp_path).side_by_side(lambda _: "", lambda steps: steps.run("nothing"))
    assert "No such command 'nothing'" in capsys.readouterr().out
