"""Two towns of a middling size, each made once."""

from collections.abc import Callable

import pandas as pd
import pytest

from features.town.town import Town, make_town

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="session")
def jp() -> Town:
    return make_town(6000, 8, 1, "jp")


@pytest.fixture(scope="session")
def us() -> Town:
    return make_town(6000, 8, 1, "us")


@pytest.fixture(scope="session")
def small() -> Town:
    return make_town(400, 6, 2, "jp")


@pytest.fixture(scope="session")
def now() -> Callable[[Town], Tables]:
    """The tables of a town as they are believed on its last day."""
    return lambda town: {
        name: frame[frame["withdrawn"].isna()] for name, frame in town.case_file.tables.items()
    }
