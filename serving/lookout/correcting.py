"""Correcting: once a contested fact is told otherwise, the earlier answer names the one after it.

All who have seen the earlier answer, as the journal knows, are told so.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from serving.about import CORRECTION, CorrectionShape, keep_about, readers
from serving.at_hand import journal_at_hand
from serving.desk import Desk
from serving.journal import Entry
from serving.keys import Key
from serving.lookout.sight import question, standing
from serving.store.contesting import Contest, Correction
from serving.store.store import Store
from serving.strict_json import canonical
from serving.who.asker import ITSELF


def corrections(
    desk: Desk, store: Store, office: str, child: str, received: int
) -> list[Correction]:
    """What of a child was contested and is told otherwise by now; it is in the journal already."""
    found = []
    for contest in store.corrected(office, child, received):
        earlier = _entry(desk, contest.score_id)
        asked = question(desk, office, child, received, earlier.model if earlier else None)
        now = standing(desk, office, asked, received) if asked else None
        if earlier and now:
            found.append(_correction(desk, contest, earlier, now.score_id))
    return found


def _correction(desk: Desk, contest: Contest, earlier: Entry, new_id: str) -> Correction:
    key = hashlib.sha256(f"correction {contest.id}".encode()).hexdigest()
    own = replace(desk, key=Key(key, key), asker=ITSELF)

    def say(record_id: str, at: datetime) -> bytes:
        return CorrectionShape(
            correction_id=record_id,
            contest_id=contest.id,
            score_id=earlier.id,
            new_score_id=new_id,
            at=at,
        ).json_bytes

    asked = canonical({"contest": contest.id})
    kept = CorrectionShape.model_validate_json(keep_about(own, earlier, CORRECTION, asked, say))
    return Correction(
        id=kept.correction_id,
        at=kept.at.isoformat(),
        contest=contest,
        new_score_id=kept.new_score_id,
        readers=sorted(readers(desk, earlier)),
    )


def _entry(desk: Desk, answer_id: str) -> Entry | None:
    with journal_at_hand():
        return desk.journal.entry(answer_id)
