"""The state folder, which the environment names: the commands of the workshop ask here for it."""

import os
from pathlib import Path


def home() -> Path:
    """The folder of everything that Kizuki keeps."""
    return Path(os.environ.get("KIZUKI_HOME", ".kizuki"))
