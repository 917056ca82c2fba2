"""Promote: make a trained version the champion, the model that answers."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from models.bundle import read_bundle
from training.registry import Registry, Version

PROMOTION = "promotion.json"


@dataclass(frozen=True)
class Promotion:
    """Who made which version the champion, and when; `digest` is that of its bundle."""

    model: str
    version: int
    by: str
    at: str
    digest: str


def promote_version(home: Path, version: Version, by: str, at: datetime) -> Promotion:
    """Make the version champion: its bundle is copied to where serving reads it.

    The champion before is kept beside it. Raises KizukiError where nobody is named, a gate does not
    hold, or the bundle is damaged or stale.
    """
    if not by.strip():
        raise KizukiError("say who promotes: --by NAME")
    failed = [f"{gate.asks}, {gate.measured}" for gate in version.gates if not gate.holds]
    if failed:
        raise KizukiError(
            f"{version.model} version {version.number} does not hold: {'; '.join(failed)}"
        )
    digest = read_bundle(version.bundle).digest
    promotion = Promotion(version.model, version.number, by.strip(), at.isoformat(), digest)
    _put_in_place(version.bundle, champion_folder(home, version.model), promotion)
    Registry(home).crown(version)
    return promotion


def champion_folder(home: Path, model: str) -> Path:
    """Where the bundle of the model that answers lies."""
    return home / "champions" / model


def _put_in_place(bundle: Path, champion: Path, promotion: Promotion) -> None:
    """Copy beside, then rename: at no moment is there half a champion."""
    beside = champion.with_name(f"{champion.name}.next")
    previous = champion.with_name(f"{champion.name}.previous")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(bundle, beside)
    (beside / PROMOTION).write_text(json.dumps(asdict(promotion), indent=1) + "\n", "utf-8")
    if champion.exists():
        shutil.rmtree(previous, ignore_errors=True)
        champion.rename(previous)
    beside.rename(champion)
