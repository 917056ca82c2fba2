"""A real score, where only the serving extra is installed, and without a pickle being opened.

Numba keeps what it compiled as Python keeps its .pyc files, beside the source and in its own form,
which is a pickle of its own types: nothing else is let through.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.serving.desks import MODEL, example

PROGRAM = """
import json, sys
WORKSHOP = ("evidently", "fairlearn", "lightgbm", "mlflow", "pandas", "pyarrow", "shap", "sklearn")
for name in WORKSHOP:
    sys.modules[name] = None  # as where it is not installed
opened = []
sys.addaudithook(lambda event, said: opened.append(said) if event.startswith("pickle.") else None)

from starlette.testclient import TestClient
from serving.opening import open_desk
from serving.service import make_service
from serving.settings import read_settings

settings = read_settings()
with TestClient(make_service(open_desk(settings), settings)) as client:
    answer = client.post("/v1/score", json=json.load(sys.stdin)).json()
    ready = client.get("/readyz").status_code
came_along = [name for name in WORKSHOP if sys.modules.get(name) is not None]
print(json.dumps([answer["score"], ready, came_along, opened]))
"""

# A compiled function's types: numba's own, and those of the arrays that our kernels take together.
NUMBAS_OWN = {"builtins", "collections", "copyreg", "features", "models", "numba", "numpy"}


def test_a_score_is_given(home: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM]
    environment = {"KIZUKI_HOME": str(home), "PATH": "", "OMP_WAIT_POLICY": "passive"}
    asked = json.dumps(example(model=MODEL))
    done = subprocess.run(
        command, check=False, input=asked, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    score, ready, came_along, opened = json.loads(done.stdout)
    assert 1 <= score <= 20
    assert ready == 200
    assert came_along == []
    assert {module.partition(".")[0] for module, _ in opened} <= NUMBAS_OWN
