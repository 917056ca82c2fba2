"""Champions: the promoted bundles that answer, as the workshop left them under the state folder."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from models.bundle import Bundle, read_bundle
from models.specs import NAMES

PROMOTION = "promotion.json"


@dataclass(frozen=True)
class Champion:
    """A bundle that answers: its version, who promoted it, and when."""

    bundle: Bundle
    version: int
    promoted_by: str
    promoted_at: datetime


def read_champions(home: Path) -> dict[str, Champion]:
    """Every promoted model by name.

    Raises KizukiError where there is none, or where one is damaged, stale, or not the bundle that
    was promoted.
    """
    folders = {name: home / "champions" / name for name in NAMES}
    found = {
        name: read_champion(name, folder) for name, folder in folders.items() if folder.is_dir()
    }
    if not found:
        raise KizukiError(
            f"{home} holds no promoted model; train one with `kizuki train` and promote it with "
            "`kizuki promote`, or name another folder in KIZUKI_HOME"
        )
    return found


def read_champion(name: str, folder: Path) -> Champion:
    """The bundle of a model that was promoted into a folder; raises KizukiError as above."""
    bundle = read_bundle(folder)
    try:
        said = json.loads((folder / PROMOTION).read_text("utf-8"))
        promoted = said["model"], said["digest"]
        champion = Champion(
            bundle, int(said["version"]), str(said["by"]), datetime.fromisoformat(said["at"])
        )
    except (OSError, ValueError, TypeError, KeyError):
        raise KizukiError(
            f"{folder / PROMOTION}: does not say who promoted which model, and when; "
            "promote it again"
        ) from None
    if promoted != (name, bundle.digest) or bundle.spec.name != name:
        raise KizukiError(f"{folder}: is not the bundle that was promoted; promote it again")
    return champion
