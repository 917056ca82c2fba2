"""A request is answered without the workshop's libraries, installed or not."""

import subprocess
import sys
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUEST_PATH = (
    "features.engines.one_child",
    "features.engines.one_history",
    "models.explain",
    "models.score",
    "serving.desk",
    "serving.service",
)
HEAVY = ("evidently", "fairlearn", "lightgbm", "mlflow", "pandas", "pyarrow", "sklearn")
NEVER_AT_THE_DESK = {*HEAVY, "scikit-learn", "jupytext", "ipykernel", "nbclient", "mlflow-skinny"}

# As on a machine where only the serving extra is installed: a heavy library is not to be found.
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {heavy}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
import {modules}
"""


def installed_with(name: str, extra: str, seen: set[tuple[str, str]]) -> set[str]:
    """Every distribution that comes along with this one and its extra."""
    if (name, extra) not in seen:
        seen.add((name, extra))
        for requirement in map(Requirement, requires(name) or []):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                for wanted in requirement.extras | {""}:
                    installed_with(canonicalize_name(requirement.name), wanted, seen)
    return {name for name, _ in seen}


def test_the_serving_extra_brings_no_workshop_and_no_notebook() -> None:
    brought = installed_with("kizuki", "serve", set())
    assert {"bentoml", "numba", "numpy", "starlette"} <= brought
    assert not brought & NEVER_AT_THE_DESK


def test_the_training_extra_would_be_noticed() -> None:
    brought = installed_with("kizuki", "train", set())
    assert {"lightgbm", "mlflow", "pandas", "scikit-learn"} <= brought


def imported_without_the_workshop(*modules: str) -> str:
    """What goes wrong when the modules are imported where the heavy libraries are absent."""
    program = WITHOUT.format(heavy=HEAVY, modules=", ".join(modules))
    done = subprocess.run([sys.executable, "-c", program], check=False, stderr=subprocess.PIPE)
    return done.stderr.decode() if done.returncode else ""


def test_a_request_is_answered_where_the_workshop_is_not_installed() -> None:
    assert imported_without_the_workshop(*REQUEST_PATH) == ""


def test_a_heavy_import_would_be_noticed() -> None:
    assert "No module named 'pandas" in imported_without_the_workshop("pandas.core")
