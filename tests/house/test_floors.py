"""Every contract of the floors notices when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ABOUT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = len(ABOUT["tool"]["importlinter"]["contracts"])

# A house in which every contract is broken once.
CROOKED = {
    "features/engines/one_child.py": "import features.histories\n",
    "features/errors.py": "import features.language\n",
    "features/histories.py": "import features.library\n",
    "features/language/__init__.py": "import features.tables\n",
    "features/library.py": "import features.histories\nimport pickle\n",
    "features/tables.py": "import lxml.etree\n",
    "models/score.py": "import training.fit\nimport kizuki\n",
    "serving/desk.py": "import features.tables, models.score, bentoml, mlflow, sklearn\n",
    "training/fit.py": (
        "import duckdb, numba, optuna, pandas, pandera\nimport evidently, pyspark, starlette\n"
        "import weasyprint\n"
    ),
    "training/judge.py": "import authlib, dask, opentelemetry, sqlalchemy, standardwebhooks\n",
}


def lint(house: Path) -> str:
    """What the linter of imports says of a house, with the contracts of ours."""
    shutil.copy(ROOT / "pyproject.toml", house)
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    heard = subprocess.PIPE
    done = subprocess.run(command, check=False, cwd=house, env=plain, stdout=heard, stderr=heard)
    return (done.stdout + done.stderr).decode()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in CROOKED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    for folder in {path.parent for path in tmp_path.rglob("*.py")} - {tmp_path}:
        (folder / "__init__.py").touch()
    return tmp_path


def test_a_straight_house_keeps_every_contract(house: Path) -> None:
    told = lint(house)
    assert f"Contracts: {CONTRACTS} kept, 0 broken." in told, told


def test_a_crooked_house_breaks_every_contract(house: Path) -> None:
    for name, text in CROOKED.items():
        (house / name).write_text(text)
    told = lint(house)
    assert f"Contracts: 0 kept, {CONTRACTS} broken." in told, told
