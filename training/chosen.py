"""The version that a command is about: the one named, or the champion."""

import json
from pathlib import Path

from features.errors import KizukiError
from models.spec import ModelSpec
from training.promote import PROMOTION, champion_folder
from training.registry import Registry


def chosen_bundle(home: Path, spec: ModelSpec, version: int | None) -> tuple[Path, int]:
    """The bundle's folder and the version; raises KizukiError where there is none."""
    if version is not None:
        return Registry(home).version(spec.name, version).bundle, version
    champion = champion_folder(home, spec.name)
    try:
        promoted = json.loads((champion / PROMOTION).read_text("utf-8"))
    except OSError:
        raise KizukiError(
            f"{spec.name} has no champion in {home}; name a version with --version N"
        ) from None
    return champion, int(promoted["version"])
