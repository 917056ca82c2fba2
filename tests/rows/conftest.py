"""A small office on disk, whose case file no test changes."""

from pathlib import Path

import pytest

from features.case_file import CaseFile
from tests.training.small_office import small_office


@pytest.fixture(scope="session")
def office() -> CaseFile:
    """With a table that is recorded and empty: nobody was ever visited."""
    made = small_office(families=60, seed=3)
    contacts = CaseFile.of_events(made.as_of, {"contacts": []}).tables
    return CaseFile(made.as_of, {**made.tables, **contacts})


@pytest.fixture(scope="session")
def cases(office: CaseFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    office.write(folder)
    return folder
