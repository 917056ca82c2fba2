"""Find who may be one person in the case files of several agencies."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from features.case_file import CaseFile
from features.errors import KizukiError
from features.linking.decisions import Thresholds
from features.linking.folder import Links, with_identifiers
from features.linking.matching import score_pairs
from features.linking.records import as_written, records_of


def agencies_of(folders: Sequence[Path]) -> dict[str, Path]:
    """The folders of case files by the name of the agency, which is that of the folder.

    Raises KizukiError where two have the same name, or a name has a colon.
    """
    named = {folder.resolve().name: folder.resolve() for folder in folders}
    if len(named) < len(folders):
        raise KizukiError("two of the folders have the same name: name each after its agency")
    if any(":" in name for name in named):
        raise KizukiError("the name of a folder has a colon: name each after its agency")
    return dict(sorted(named.items()))


def find_links(
    agencies: Mapping[str, Path],
    folder: Path,
    thresholds: Thresholds,
    engine: AbstractContextManager[Any],
) -> Links:
    """The links between the case files of the agencies, not settled yet: see Links.settle.

    `engine` is one of the engines module. Raises KizukiError where a case file cannot be read.
    """
    case_files = {agency: CaseFile.read(path) for agency, path in agencies.items()}
    records = records_of(case_files)
    with engine as database:
        pairs = with_identifiers(score_pairs(records, database))
    return Links(folder, agencies, thresholds, pairs, as_written(case_files))
