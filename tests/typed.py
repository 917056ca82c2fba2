"""A command as a person types it, and what it says."""

import pytest

import kizuki


def typed(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """The exit code of `kizuki` with these words, what it said, and what it said of problems."""
    with pytest.raises(SystemExit) as ended:
        kizuki.main([str(word) for word in words])
    said = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.out, said.err
