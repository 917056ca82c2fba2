"""The lookout of a running desk: it looks at what comes, and at everybody after a promotion."""

from collections.abc import Iterator

from features.errors import KizukiError
from serving.desk import Desk
from serving.log import log, log_fault
from serving.lookout.looking import look, rescore
from serving.problems import Problem
from serving.store.store import Store


class Lookout:
    """One round at a time: new events first, then some of those whom a new bundle has not scored.

    A promotion is seen by the bundle that answers; whoever it has scored is known by the store, so
    that a desk that starts goes on where another was ended.
    """

    def __init__(self, desk: Desk, store: Store) -> None:
        self._desk, self._store = desk, store
        self._digest = ""
        self._rest: Iterator[int] = iter(())

    def round(self) -> bool:
        """Look at all that is new, and at a few of the others; whether there are more of these."""
        self._look_at_events()
        digest = self._desk.champions[self._desk.model].bundle.digest
        if digest != self._digest:
            self._digest, self._rest = digest, rescore(self._desk, self._store)
        try:
            return next(self._rest, None) is not None
        except (KizukiError, Problem):
            self._digest = ""  # they are looked for again
            raise

    def _look_at_events(self) -> None:
        for office in self._store.unlooked_offices():
            try:
                while (looked := look(self._desk, self._store, office)).received > looked.after:
                    log("looked at events", events=looked.received - looked.after)
            except (KizukiError, Problem) as fault:  # the other offices are looked at all the same
                log_fault("the lookout", fault)
