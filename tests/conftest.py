"""What every test stands on: a quiet environment, a state folder of its own, no chance."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from kizuki import ENVIRONMENT
from tests.browser import browser

__all__ = ["browser"]

os.environ.update(ENVIRONMENT)  # before a room is imported, as the front door does

# The same examples every time: a red build must mean a changed program, never an unlucky draw.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def kizuki_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The state folder of this run, so that no test finds or leaves anything in the checkout."""
    home = str(tmp_path_factory.mktemp("kizuki-home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIZUKI_HOME", home)
        yield home
