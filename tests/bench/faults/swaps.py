"""Hot swaps: one champion takes over from the other, again and again, while answers are given."""

import json
import threading
from pathlib import Path

from models.ledger import PROMOTED, bundle_folder
from models.specs import spec_of
from serving.champions import read_champions
from tests.bench.faults.crowd import Reply, answered, ask_at_pace, percentile
from tests.bench.faults.finding import Finding, none_of
from tests.live import running
from tests.serving.desks import MODEL, decide, example
from tests.small_model import small_bundle

RATE = 40.0
OTHER = 4  # the version beside version 3


def swaps(home: Path, swapped: int, seconds: float) -> list[Finding]:
    """Swap two champions so many times under load, after as long a time without."""
    other = small_bundle(bundle_folder(home, MODEL, OTHER), spec_of(MODEL), seed=6)
    of = {3: read_champions(home)[MODEL].bundle.digest, OTHER: other.digest}
    with running(home) as server:
        quiet = ask_at_pace(server, RATE, seconds, example())
        over = threading.Event()

        def swap_on() -> None:
            for number in range(swapped):
                version = (OTHER, 3)[number % 2]
                decide(home, PROMOTED, MODEL, version, of[version])
                over.wait(seconds / swapped)

        swapper = threading.Thread(target=swap_on)
        swapper.start()
        swapping = ask_at_pace(server, RATE, seconds, example())
        swapper.join()
    alone = {_said(reply) for reply in [*quiet, *swapping] if answered(reply)}
    p99 = [percentile(replies, 0.99, only=answered) for replies in (quiet, swapping)]
    failed = sum(not answered(reply) for reply in swapping)
    return [
        none_of(f"requests that failed during {swapped} swaps", failed, len(swapping)),
        Finding("kinds of answers, of two bundles", "2", str(len(alone)), len(alone) == 2),
        Finding(
            "p99 during swaps beside p99 without",
            "≤ 2",
            f"{p99[1] / p99[0]:.2f} ({p99[1]:.0f} ms)",
            p99[1] <= 2 * p99[0],
            timed=True,
        ),
    ]


def _said(reply: Reply) -> str:
    """What an answer says but its id: alike for all answers of one bundle to one question."""
    said = json.loads(reply.body)
    return json.dumps({**said, "scoreId": ""}, sort_keys=True)
