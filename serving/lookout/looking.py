"""Looking: at those whom new events concern, and at everybody where time or the model moved on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from serving.champions import chosen
from serving.desk import Desk
from serving.lookout.correcting import corrections
from serving.lookout.sight import question, raise_unless_refused, sight
from serving.problems import Problem
from serving.store.alerting import Sight, Unlooked
from serving.store.standing import Standing
from serving.store.store import Store

AT_ONCE = 200  # events; more are looked at the next time


def look(desk: Desk, store: Store, office: str) -> Unlooked:
    """Look at those whom the next events of an office concern, and keep an alert of each who moved.

    Who was never looked at is compared with what the store had received before these events.
    Raises Problem where no score can be given now: then they are looked at the next time.
    """
    looked = store.unlooked(office, AT_ONCE)

    def before(now: Standing) -> Standing:
        return _without(desk, office, now, looked.after)

    seen = []
    for child in looked.children:
        found = sight(desk, store, office, child, looked.received, before) or Sight()
        settled = corrections(desk, store, office, child, looked.received)
        seen.append(replace(found, corrections=settled))
    if looked.received > looked.after:
        store.keep_looked(office, looked, seen)
    return looked


def rescore(desk: Desk, store: Store, day: date | None = None) -> Iterator[int]:
    """Score everybody anew of whom this bundle has said nothing, or nothing since a day.

    Gives, after every few who are kept, how many they are: who is cut off goes on behind them.
    Who was never looked at has moved nowhere.
    """
    for office in store.offices():
        digest, after = chosen(desk.champions, desk.model).bundle.digest, ""
        while children := store.unsaid(office, desk.model, digest, day, after):
            received = store.received(office)
            seen = []
            for child in children:
                found = sight(desk, store, office, child, received, lambda now: now) or Sight()
                settled = corrections(desk, store, office, child, received)
                seen.append(replace(found, corrections=settled))
            store.keep_seen(office, seen)
            yield sum(1 for one in seen if one.standing)
            after = children[-1]


def _without(desk: Desk, office: str, now: Standing, received: int) -> Standing:
    """How a child would stand without the newest events; nothing of it is told or journaled."""
    nothing = replace(now, band=None, red_flags=())
    asked = question(desk, office, now.child, received) if received else None
    if asked is None:
        return nothing
    try:
        with desk.turn:
            told = desk.shown(desk.advise(asked))
    except Problem as problem:
        raise_unless_refused(problem)
        return nothing
    flags = [flag.code for flag in told.red_flags]
    return replace(now, band=told.score.band.code if told.score else None, red_flags=flags)
