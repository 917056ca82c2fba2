"""Acts: what was done at the desk that is no answer of a model, as the journal keeps it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from serving.journal import Entry
from serving.strict_json import canonical


@dataclass(frozen=True)
class Act:
    """What somebody did, or was refused, on the case of a child, "" where it is on no one case.

    `asked` and `said` are what was asked for and what came of it, as JSON objects; of what was
    asked about an answer, `about` is its id.
    """

    kind: str
    child: str
    asked: dict[str, object]
    said: dict[str, object]
    about: str | None = None

    def entry(self, record_id: str, at: datetime) -> Entry:
        """The record of it: no model has said anything."""
        asked = canonical(self.asked)
        return Entry(
            id=record_id,
            at=at,
            kind=self.kind,
            model="",
            version=0,
            digest="",
            lock="",
            request=hashlib.sha256(asked).hexdigest(),
            asked=asked,
            child=self.child,
            cutoff=at.date(),
            row={},
            probability=None,
            score=None,
            band=None,
            answer=canonical(self.said),
            page=None,
            about=self.about,
        )
