"""A process of its own that reads bundles broken by chance, each with checksums that fit.

`python -m tests.models.broken_bundles FOLDER COUNT` breaks the bundle in a folder so often, and
prints how many were refused and how many gave a score. Memory is bounded, and so is the time that
any one may take: a process that dies or hangs is what the test looks for.
"""

import random
import resource
import signal
import sys
from collections import Counter
from pathlib import Path

from features.engines.one_child import Answer
from features.errors import KizukiError
from models.bundle import CARD, FITTED, LOCK, MODEL, read_bundle
from models.score import ContributionError, score_row
from tests.models.test_bundle import renew_sums

MEMORY = 3 << 30  # bytes of addresses: numpy and the compiler take one of them
LONGEST = 20  # seconds that one bundle may take
DIGITS = b'0123456789-+.e =\n\x00\xff,[]{}"nainf'


def broken(text: bytes, chance: random.Random) -> bytes:
    """A few bytes put in, taken out or put instead of others; or a line lost, or said twice."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        spot, count = chance.randrange(len(text) + 1), chance.choice((0, 1, 1, 3, 40))
        put = bytes(chance.choices(DIGITS, k=chance.choice((0, 1, 1, 3, 12))))
        text = text[:spot] + put + text[spot + count :]
    lines = text.split(b"\n")
    if chance.random() < 0.2:
        lines[chance.randrange(len(lines))] = chance.choice(lines)
    return b"\n".join(lines)


def outcome(folder: Path) -> str:
    """What becomes of a bundle: refused, or of its score."""
    try:
        bundle = read_bundle(folder)
    except KizukiError:
        return "refused"
    row = {column.name: Answer(float(i % 5)) for i, column in enumerate(bundle.spec.columns)}
    try:
        score = score_row(bundle, row)
    except ContributionError:
        return "no score"
    return "scored" if 0 <= score.probability <= 1 and 1 <= score.score <= 20 else "nonsense"


def main(folder: Path, count: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    whole = {name: (folder / name).read_bytes() for name in (MODEL, FITTED, LOCK, CARD)}
    found: Counter[str] = Counter()
    for seed in range(count):
        chance = random.Random(seed)  # noqa: S311  # no secret
        name = chance.choices((MODEL, FITTED, LOCK, CARD), (8, 4, 1, 1))[0]
        (folder / name).write_bytes(broken(whole[name], chance))
        renew_sums(folder)
        signal.alarm(LONGEST)  # ends the process
        found[outcome(folder)] += 1
        (folder / name).write_bytes(whole[name])
    sys.stdout.write(", ".join(f"{name}: {times}" for name, times in sorted(found.items())))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
