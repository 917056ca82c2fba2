"""How much reasons cost the service: `make bench-serving` prints it.

Four servers of one worker each, on loopback, are asked in turns by one client that keeps its
connection: the service as it is; without reasons, the score from LightGBM's own walk; with reasons
from LightGBM's `pred_contrib`; and a route that does nothing. All but the last journal each answer.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import lightgbm as lgb
import numpy as np
import typer
import uvicorn

from models import score
from models.bundle import MODEL, write_bundle
from models.card import card
from models.ledger import PROMOTED, bundle_folder
from models.shapley import Explained
from models.specs import spec_of
from models.trees.paths import Paths
from serving import advice
from serving.service import make_service
from serving.settings import Settings
from tests.serving.desks import decide, defaults, desk_at, example
from tests.small_model import small_fitted

NAME = "placement_24m"
PATHS = {
    "ours": "/v1/score",
    "none": "/v1/score",
    "pred_contrib": "/v1/score",
    "empty": "/livez",
}
ROUNDS, SECONDS = 7, 1.0
TREES, LEAVES = 300, 31


def serve(home: Path, kind: str) -> None:
    """One server: it prints the port that it listens on, and answers until it is ended."""
    own = home / kind  # a journal has one writer
    shutil.copytree(home / "promoted", own)
    booster = lgb.Booster(model_file=bundle_folder(own, NAME, 1) / MODEL)
    explains: dict[str, Callable[[Paths, np.ndarray], Explained]] = {
        "none": lambda _, rows: _without(booster, rows),
        "pred_contrib": lambda _, rows: _contributed(booster, rows),
    }
    if kind in explains:
        score.explain = explains[kind]
    if kind == "none":
        advice.reasons = lambda *_: []
    service = make_service(desk_at(own), Settings.model_construct(**defaults()))
    with socket.create_server(("127.0.0.1", 0)) as listener:  # who asks early waits
        sys.stdout.write(f"{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        uvicorn.Server(uvicorn.Config(service, log_level="error", ws="none")).run([listener])


def _without(booster: lgb.Booster, rows: np.ndarray) -> Explained:
    margins = np.asarray(booster.predict(rows, raw_score=True, num_threads=1))
    return Explained(margins, np.zeros(rows.shape), float(margins[0]))


def _contributed(booster: lgb.Booster, rows: np.ndarray) -> Explained:
    parts = np.asarray(booster.predict(rows, pred_contrib=True, num_threads=1))
    return Explained(parts.sum(axis=1), parts[:, :-1], float(parts[0, -1]))


def promoted(home: Path) -> None:
    """A state folder with a champion of the usual size, on chance rows."""
    spec, chance = spec_of(NAME), np.random.default_rng(1)
    rows = chance.poisson(1.0, (5000, len(spec.columns))).astype(float)
    rows[chance.random(rows.shape) < 0.1] = np.nan
    outcome = np.nan_to_num(rows) @ chance.normal(size=rows.shape[1]) > 0
    names = [column.name for column in spec.columns]
    settings = {"objective": "binary", "num_leaves": LEAVES, "max_depth": 6, "verbosity": -1}
    data = lgb.Dataset(rows, outcome.astype(float), feature_name=names)
    model = lgb.train({**settings, "num_threads": 1}, data, TREES).model_to_string()
    digest = write_bundle(
        bundle_folder(home, NAME, 1), spec, model, small_fitted(spec), card(spec, None)
    )
    decide(home, PROMOTED, NAME, 1, digest)


@contextmanager
def running(home: Path, kind: str) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of that kind, which is ended afterwards."""
    command = [sys.executable, "-m", "tests.bench.serving", str(home), kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as server:
        try:
            assert server.stdout is not None
            yield http.client.HTTPConnection("127.0.0.1", int(server.stdout.readline()))
        finally:
            server.terminate()


def rate(connection: http.client.HTTPConnection, path: str, body: bytes) -> float:
    """Answers a second, asked one after another for a second."""
    method, count, begin = "GET" if path == "/livez" else "POST", 0, time.perf_counter()
    headers = {"Content-Type": "application/json"}
    while (spent := time.perf_counter() - begin) < SECONDS:
        connection.request(method, path, body if method == "POST" else None, headers)
        reply = connection.getresponse()
        assert reply.status == 200, reply.read()
        reply.read()
        count += 1
    return count / spent


def main() -> None:
    """Print one line a server."""
    body, rates = json.dumps(example(language="en")).encode(), defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        promoted(Path(folder) / "promoted")
        asked = {kind: open_.enter_context(running(Path(folder), kind)) for kind in PATHS}
        for _ in range(ROUNDS):
            for kind, connection in asked.items():
                rates[kind].append(rate(connection, PATHS[kind], body))
    told = {kind: median(several[1:]) for kind, several in rates.items()}
    words = {
        "ours": "score with reasons", "none": "without reasons",
        "pred_contrib": "with LightGBM's pred_contrib", "empty": "an empty route",
    }  # fmt: skip
    typer.echo(
        f"one worker, {TREES} x {LEAVES} at depth 6, one client\n{'':32}answers/s  of without"
    )
    for kind, answered in told.items():
        typer.echo(f"{words[kind]:32}{answered:9,.0f}{answered / told['none']:12.2f}")
    typer.echo("to reach: with reasons at least 0.50 of without")


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2]) if len(sys.argv) > 1 else main()
