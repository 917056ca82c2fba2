"""Challengers: versions that answer silently beside the champion; nobody is shown what they say.

They are asked on a thread of their own once the champion's answer is journaled, and keep a journal
of their own, so that they neither delay it nor break it, whatever becomes of them.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from features.engines.one_child import Answer
from features.histories import History
from features.reading import day_number
from models.scoring import tell
from serving.champions import Champion
from serving.journal import Entry, Journal
from serving.log import log_fault
from serving.strict_json import canonical

KIND = "challenger"


class Challengers:
    """The challengers by the name of their model, and the journal that keeps what they say.

    An entry of it has the id, the request and the time of the answer that it stands beside.
    """

    def __init__(self, models: Mapping[str, Champion], open_journal: Callable[[], Journal]) -> None:
        self.models = models
        self._open_journal = open_journal
        self._journal: Journal | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="challengers")

    def answer_beside(self, entry: Entry, history: History, row: Mapping[str, Answer]) -> None:
        """Ask the challenger of the entry's model the same, some time later; returns at once."""
        if entry.model not in self.models:
            return
        try:
            self._thread.submit(self._keep, entry, history, row)
        except RuntimeError as fault:  # no thread to be had, or the desk is closing
            log_fault("challenger not asked", fault, id=entry.id, model=entry.model)

    def close(self) -> None:
        """Wait until everything that was asked is answered, and let go of the journal."""
        self._thread.shutdown()
        if self._journal:
            self._journal.close()

    def _keep(self, entry: Entry, history: History, row: Mapping[str, Answer]) -> None:
        try:
            self._journal = self._journal or self._open_journal()
            self._journal.keep(self._said(entry, history, row))
        except Exception as fault:  # noqa: BLE001  # the champion has answered: only the log hears
            log_fault("challenger not journaled", fault, id=entry.id, model=entry.model)

    def _said(self, entry: Entry, history: History, row: Mapping[str, Answer]) -> Entry:
        """What the challenger says; where it breaks, the kind of the error."""
        challenger = self.models[entry.model]
        said: dict[str, object] = {"cannotTell": [], "fault": None}
        score = None
        try:
            score, untold = tell(challenger.bundle, history, day_number(entry.cutoff), row)
            said["cannotTell"] = [why.code for why in untold]
        except Exception as fault:  # noqa: BLE001  # whatever it is, it is kept as its answer
            log_fault("challenger failed", fault, id=entry.id, model=entry.model)
            said["fault"] = type(fault).__name__
        return replace(
            entry,
            kind=KIND,
            version=challenger.version,
            digest=challenger.bundle.digest,
            lock=challenger.bundle.lock,
            probability=score.probability if score else None,
            score=score.score if score else None,
            band=score.band.code if score else None,
            answer=canonical(said),
            page=None,
        )
