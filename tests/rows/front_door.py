"""A command as a person gives it, and what it says."""

import pytest

from kizuki import main


def run(*arguments: object) -> int:
    """The exit code of `kizuki` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)
