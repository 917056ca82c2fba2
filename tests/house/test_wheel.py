"""The wheel is the same bytes whenever and wherever it is built from the same checkout."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house.rules import ROOMS, Tree

ROOT = Path(__file__).parents[2]
MADE_FROM = (*ROOMS, "pyproject.toml", "README.md")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def built(folder: Path) -> Path:
    """The wheel of a copy of the checkout."""
    for name in Tree.of_checkout(ROOT).names:
        if name.partition("/")[0] in MADE_FROM:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1764460800"}
    command = [sys.executable, "-c", BUILD, "out"]
    subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)
    (wheel,) = (folder / "out").iterdir()
    return wheel


def test_it_is_the_same_each_time_and_whole(tmp_path: Path) -> None:
    one, other = (built(tmp_path / name) for name in ("one", "other"))
    assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()
    packed = set(zipfile.ZipFile(one).namelist())
    modules = {name for name in Tree.of_checkout(ROOT).names if name.endswith(".py")}
    assert {name for name in modules if name.partition("/")[0] in ROOMS} <= packed
    assert {"serving/who/policy.cedar", "serving/openapi/openapi.json"} <= packed
    assert not {name for name in packed if name.startswith("tests")}
