"""The lookout of a running desk: it looks at what comes, and at everybody after a promotion."""

import hashlib
from collections.abc import Iterator, Mapping

from features.errors import KizukiError
from serving.desk import Desk
from serving.log import log, log_fault
from serving.lookout.looking import look, rescore
from serving.problems import Problem
from serving.store.moment import told
from serving.store.outbox import Message
from serving.store.store import Store

PROMOTED = "model.promoted"  # the type of a message


class Lookout:
    """One round at a time: new events first, then some of those whom a new bundle has not scored.

    A promotion is seen by the bundle that answers, and told; whoever it has scored, and where it
    was told, is known by the store, so that a desk that starts goes on where another was ended.
    """

    def __init__(self, desk: Desk, store: Store) -> None:
        self._desk, self._store = desk, store
        self._digest = ""
        self._rest: Iterator[int] = iter(())
        self._told: Mapping[str, str] = {}

    def round(self) -> bool:
        """Look at all that is new, and at a few of the others; whether there are more of these."""
        self._look_at_events()
        self._tell_promotions()
        digest = self._desk.champions[self._desk.model].bundle.digest
        if digest != self._digest:
            self._digest, self._rest = digest, rescore(self._desk, self._store)
        try:
            return next(self._rest, None) is not None
        except (KizukiError, Problem):
            self._digest = ""  # they are looked for again
            raise

    def _tell_promotions(self) -> None:
        """Have every office told which bundle answers from now on, and since when, once."""
        standing = dict(self._desk.champions)
        digests = {model: champion.bundle.digest for model, champion in standing.items()}
        if digests == self._told:
            return
        for office in self._store.offices():
            for model, champion in standing.items():
                at = told(champion.promoted_at)
                said = {"model": model, "version": champion.version, "digest": digests[model]}
                id_ = hashlib.sha256(f"{office} {said} {at}".encode()).hexdigest()
                self._store.post(office, Message(id_, PROMOTED, at, {"office": office, **said}))
        self._told = digests

    def _look_at_events(self) -> None:
        for office in self._store.unlooked_offices():
            try:
                while (looked := look(self._desk, self._store, office)).received > looked.after:
                    log("looked at events", events=looked.received - looked.after)
            except (KizukiError, Problem) as fault:  # the other offices are looked at all the same
                log_fault("the lookout", fault)
