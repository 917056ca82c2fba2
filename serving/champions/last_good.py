"""The last good copy: who answers is kept beside, and answers where the registry is away.

The folder of champions may lie on another machine, or be spoilt; the copy has the same signatures,
and is held against the same keys.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from features.errors import KizukiError
from models.ledger import bundle_folder
from models.specs import NAMES
from serving.champions.champion import Champion
from serving.champions.reading import Signed, Trial, untried


def keep_copy(home: Path, champions: Mapping[str, Champion]) -> None:
    """Copy who answers now; what is there already is left as it is."""
    for model, champion in champions.items():
        kept = _kept(home, model)
        said = {
            "version": champion.version,
            "digest": champion.bundle.digest,
            "promoted_by": champion.promoted_by,
            "promoted_at": champion.promoted_at.isoformat(),
        }
        if kept.exists() and json.loads(kept.read_text("utf-8")) == said:
            continue
        folder = kept.with_suffix("")
        beside = folder.with_suffix(".next")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(bundle_folder(home, model, champion.version), beside)
        kept.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
        kept.write_text(json.dumps(said, ensure_ascii=False) + "\n", "utf-8")


def read_copy(home: Path, keys: Path, trial: Trial = untried) -> dict[str, Champion]:
    """Who answered last, from the copy; raises KizukiError where there is none that is whole."""
    kept = {model: _kept(home, model) for model in NAMES if _kept(home, model).exists()}
    if not kept:
        raise KizukiError(f"{home}: there is no copy of what answered last")
    said = {model: json.loads(path.read_text("utf-8")) for model, path in kept.items()}
    copies = {
        model: Signed(path.with_suffix(""), model, said[model]["version"])
        for model, path in kept.items()
    }
    trial(list(copies.values()))
    return {model: _champion(copy, keys, said[model]) for model, copy in copies.items()}


def passed(home: Path) -> Path:
    """The file beside the copy in which is kept what passed its trial here."""
    return home / "last-good" / "passed"


def _champion(copy: Signed, keys: Path, said: Mapping[str, Any]) -> Champion:
    bundle = copy.read(keys)
    if (bundle.spec.name, bundle.digest) != (copy.model, said["digest"]):
        raise KizukiError(f"{copy.folder}: is not the copy of what answered")
    at = datetime.fromisoformat(said["promoted_at"])
    return Champion(bundle, copy.version, said["promoted_by"], at)


def _kept(home: Path, model: str) -> Path:
    return home / "last-good" / f"{model}.json"
