"""A small office on disk, whose case file no test changes."""

from pathlib import Path

import pytest

from features.case_file import CaseFile
from tests.training.small_office import small_office


@pytest.fixture(scope="session")
def office() -> CaseFile:
    return small_office(families=60, seed=3)


@pytest.fixture(scope="session")
def cases(office: CaseFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    office.write(folder)
    return folder
