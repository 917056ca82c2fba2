"""A small town told by three agencies, linked once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kizuki
from features.town.town import make_town
from tests.linking.split_town import AGENCIES, Split, split_town

Run = Callable[..., None]


@pytest.fixture(scope="session")
def split() -> Split:
    return split_town(make_town(250, 8, 7, "jp").case_file, 7)


@pytest.fixture(scope="session")
def offices(split: Split, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the case file of each agency, under its name."""
    folder = tmp_path_factory.mktemp("offices")
    for agency, case_file in split.case_files.items():
        case_file.write(folder / agency)
    return folder


@pytest.fixture(scope="session")
def found_once(offices: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("found") / "links"
    link("find", *(offices / agency for agency in AGENCIES), "--out", folder)
    return folder


@pytest.fixture
def links(found_once: Path, tmp_path: Path) -> Path:
    """What `kizuki link find` made of the three, to be decided by the test."""
    return Path(shutil.copytree(found_once, tmp_path / "links"))


def link(*arguments: object) -> None:
    """`kizuki link` with these arguments, which is expected to go well."""
    with pytest.raises(SystemExit) as ended:
        kizuki.main(["link", *map(str, arguments)])
    assert ended.value.code == 0
