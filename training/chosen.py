"""The version that a command is about: the one named, or the champion."""

from pathlib import Path

from features.errors import KizukiError
from models.ledger import Ledger, bundle_folder, champions
from models.spec import ModelSpec
from training.registry import Registry


def chosen_bundle(home: Path, spec: ModelSpec, version: int | None) -> tuple[Path, int]:
    """The bundle's folder and the version; raises KizukiError where there is none."""
    if version is not None:
        return Registry(home).version(spec.name, version).bundle, version
    standing = champions(Ledger(home).decisions(spec.name))
    if not standing:
        raise KizukiError(f"{spec.name} has no champion in {home}; name a version with --version N")
    number = standing[-1].version
    return bundle_folder(home, spec.name, number), number
