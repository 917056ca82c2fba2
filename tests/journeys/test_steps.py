"""The steps of a demo tell what went wrong, in the words of the command that it went wrong in."""

from pathlib import Path

import pytest

from features.errors import KizukiError
from notebooks.steps import Steps


def test_a_desk_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="holds no promoted model"), Steps(tmp_path).desk():
        pass


def test_a_command_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="`kizuki train nothing --cases x` ended with exit code"):
        Steps(tmp_path).run("train", "nothing", "--cases", "x")
