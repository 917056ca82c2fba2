"""Hot swaps: one champion takes over from the other, again and again, while answers are given."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from models.ledger import PROMOTED, bundle_folder
from models.specs import spec_of
from serving.champions import read_champions
from tests.bench.faults.crowd import Reply, answered, ask_at_pace, failed, percentile
from tests.bench.faults.finding import Finding, at_most, none_of
from tests.live import Server, running
from tests.serving.desks import MODEL, decide, example
from tests.small_model import small_bundle

RATE = 40.0
EACH_TURN = 5  # swaps: a busy machine is as busy when nothing is swapped
OTHER = 4  # the version beside version 3
LONGEST_SWAP = 90.0  # seconds


def swaps(home: Path, swapped: int, seconds: float) -> list[Finding]:
    """Swap two champions so many times under load, and for so long do not, in turns."""
    other = small_bundle(bundle_folder(home, MODEL, OTHER), spec_of(MODEL), seed=6)
    of = {3: read_champions(home)[MODEL].bundle.digest, OTHER: other.digest}
    turns = swapped // EACH_TURN
    quiet: list[Reply] = []
    swapping: list[Reply] = []
    waited: list[float] = []
    with running(home) as server:

        def swap_on() -> None:
            for _ in range(EACH_TURN):
                version = (OTHER, 3)[len(waited) % 2]
                decide(home, PROMOTED, MODEL, version, of[version])
                waited.append(_wait_until(server, version))

        for _ in range(turns):
            quiet += ask_at_pace(server.port, RATE, seconds / turns, example())
            with ThreadPoolExecutor(1) as beside:
                swapper = beside.submit(swap_on)
                while not swapper.done():
                    swapping += ask_at_pace(server.port, RATE, 0.5, example())
                swapper.result()
    alone = {_said(reply) for reply in [*quiet, *swapping] if answered(reply)}
    p99 = [percentile(replies, 0.99, only=answered) for replies in (quiet, swapping)]
    return [
        none_of(f"requests that failed during {swapped} swaps", failed(swapping), len(swapping)),
        at_most("promoted, tried first, and answering within", 10, max(waited), "s"),
        Finding("kinds of answers, of two bundles", "2", str(len(alone)), len(alone) == 2),
        Finding(
            "p99 during swaps beside p99 without",
            "≤ 2",
            f"{p99[1] / p99[0]:.2f} ({p99[1]:.0f} ms)",
            p99[1] <= 2 * p99[0],
            timed=True,
        ),
    ]


def _wait_until(server: Server, version: int) -> float:
    """The seconds until that version answers; one that is new is tried in a process of its own."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST_SWAP:
        (model,) = json.loads(server.ask("GET", "/v1/model")[1])["models"]
        if model["version"] == version:
            return time.monotonic() - begun
        time.sleep(0.1)
    raise AssertionError(f"version {version} does not answer")


def _said(reply: Reply) -> str:
    """What an answer says but its id: alike for all answers of one bundle to one question."""
    said = json.loads(reply.body)
    return json.dumps({**said, "scoreId": ""}, sort_keys=True)
