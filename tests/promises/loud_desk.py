"""A desk as loud as can be, parts of which break now and then, with what they were given in words.

`python -m tests.promises.loud_desk` is `kizuki serve` with every logger at its loudest.
"""

import logging
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import count
from typing import Any

from serving import commands
from serving.jobs.table import Jobs
from serving.journal import Journal
from serving.log import start_logging
from serving.store.store import Store
from serving.webhooks.sending import Sender

EVERY, TIMES = 5, 10  # of the calls of a part, the fifth, the tenth, and so on to the fiftieth
PARTS = [
    *((import_module("serving.advice"), name) for name in ("history_of", "red_flags", "reasons")),
    (import_module("serving.endpoints.report"), "draw"),
    (import_module("serving.lookout.looking"), "sight"),
    (Journal, "keep"), (Jobs, "take"), (Jobs, "settle"), (Store, "keep"), (Store, "around"),
    (Store, "take_due"), (Sender, "send"),
]  # fmt: skip


def now_and_then(real: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but that it breaks now and then, as a library might: with all it knows in words."""
    calls = count(1)

    def broken(*given: object, **named: object) -> Any:
        times, left = divmod(next(calls), EVERY)
        if not left and times <= TIMES:
            raise ConnectionError(f"{[getattr(one, '__dict__', one) for one in given]} {named}")
        return real(*given, **named)

    return broken


def main() -> None:
    """Serve, until told to stop."""
    for of, name in PARTS:
        setattr(of, name, now_and_then(getattr(of, name)))
    commands.start_logging = partial(start_logging, logging.NOTSET)  # type: ignore[assignment]
    for name in logging.root.manager.loggerDict:  # some ask but once, before they are first used
        logging.getLogger(name).setLevel(1)
    commands.serve()


if __name__ == "__main__":
    sys.exit(main())
