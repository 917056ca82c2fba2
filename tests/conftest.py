"""What every test stands on: a quiet environment, a state folder of its own, no chance."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kizuki import ENVIRONMENT
from tests.browser import browser

__all__ = ["browser"]

TESTS = Path(__file__).parent

os.environ.update(ENVIRONMENT)  # before a room is imported, as the front door does

# The same examples every time: a red build must mean a changed program, never an unlucky draw.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


# The rooms whose files take longest: they come first, so that no worker is left alone at the end.
LONGEST_FIRST = ("engines", "training", "journeys", "rows", "models", "watch", "linking", "house")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    room = item.path.relative_to(TESTS).parts[0]
    return LONGEST_FIRST.index(room) if room in LONGEST_FIRST else len(LONGEST_FIRST)


@pytest.fixture(autouse=True, scope="session")
def kizuki_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The state folder of this run, so that no test finds or leaves anything in the checkout."""
    home = str(tmp_path_factory.mktemp("kizuki-home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIZUKI_HOME", home)
        yield home
