"""The last good copy: who answers is kept beside, and answers where the registry is away.

The folder of champions may lie on another machine, or be spoilt; the copy has the same signatures,
and is held against the same keys.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from models.bundle import read_bundle
from models.ledger import bundle_folder
from models.signing import check_signature, trusted_keys
from models.specs import NAMES
from serving.champions.champion import Champion


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


def read_copy(home: Path, keys: Path) -> dict[str, Champion]:
    """Who answered last, from the copy; raises KizukiError where there is none that is whole."""
    found = {}
    for model in NAMES:
        kept = _kept(home, model)
        if not kept.exists():
            continue
        said = json.loads(kept.read_text("utf-8"))
        folder = kept.with_suffix("")
        check_signature(folder, model, said["version"], trusted_keys(keys))
        bundle = read_bundle(folder)
        if (bundle.spec.name, bundle.digest) != (model, said["digest"]):
            raise KizukiError(f"{folder}: is not the copy of what answered")
        at = datetime.fromisoformat(said["promoted_at"])
        found[model] = Champion(bundle, said["version"], said["promoted_by"], at)
    if not found:
        raise KizukiError(f"{home}: there is no copy of what answered last")
    return found


def _kept(home: Path, model: str) -> Path:
    return home / "last-good" / f"{model}.json"
