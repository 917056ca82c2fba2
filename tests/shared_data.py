"""Real input: files that other people made, kept beside the checkout and not in it."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared"


def shared(name: str) -> Path:
    """A file or folder of the real input; the test is skipped, and says so, where it is missing."""
    path = Path(os.environ.get("KIZUKI_SHARED", BESIDE)) / name
    if not path.exists():
        pytest.skip(f"real input is missing: shared/{name} (name its folder in KIZUKI_SHARED)")
    return path
