"""What the environment names: the commands of the workshop ask here for it."""

import os
from pathlib import Path

from models.signing import keys_folder


def home() -> Path:
    """The folder of everything that Kizuki keeps."""
    return Path(os.environ.get("KIZUKI_HOME", ".kizuki"))


def promoters_key(home: Path) -> Path:
    """The file of the key that signs what is promoted; it is made where there is none."""
    named = os.environ.get("KIZUKI_PROMOTERS_KEY")
    return Path(named) if named else keys_folder(home) / "promoter.key"
