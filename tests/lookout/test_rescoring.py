"""The whole store is scored anew: every night, and after a promotion; nobody twice for the same."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from serving.desk import Desk
from serving.journal import entry
from serving.lookout import commands
from serving.lookout.looking import rescore
from serving.lookout.lookout import Lookout
from serving.problems import Problem
from serving.store.outbox import Webhook
from serving.store.standing import AT_ONCE
from serving.store.store import Store
from tests.lookout.asking import look
from tests.lookout.told import CHILD, child, tell, tell_example, weapon
from tests.serving.desks import MODEL
from tests.store.telling import OFFICE, TODAY
from tests.typed import typed

MANY = AT_ONCE + 3


@pytest.fixture
def store(desk: Desk) -> Store:
    """A store of many children, of whom nobody has been looked at."""
    assert desk.store
    tell_example(desk)
    tell(desk, *(child(f"x-{number}") for number in range(MANY - 2)))
    desk.store.take_as_looked(OFFICE)
    return desk.store


def scored(desk: Desk) -> Counter[str]:
    """How often each child was scored, by the journal."""
    return Counter(given.child for given in desk.journal.served(MODEL))


def tomorrow(desk: Desk) -> Desk:
    later = desk.clock() + timedelta(days=1)
    return replace(desk, clock=lambda: later)


def test_everybody_is_scored_once_a_day(desk: Desk, store: Store) -> None:
    assert sum(rescore(desk, store, TODAY)) == MANY
    assert set(scored(desk).values()) == {1}
    assert sum(rescore(desk, store, TODAY)) == 0
    next_ = tomorrow(desk)
    assert sum(rescore(next_, store, next_.clock().date())) == MANY
    assert set(scored(desk).values()) == {2}
    assert store.alerts(OFFICE, 0, 200) == [], "who was never looked at has moved nowhere"


def test_who_is_cut_off_goes_on_with_the_rest(desk: Desk, store: Store) -> None:
    next(rescore(desk, store, TODAY))
    assert len(scored(desk)) == AT_ONCE
    assert sum(rescore(desk, store, TODAY)) == MANY - AT_ONCE
    assert set(scored(desk).values()) == {1}


def test_who_is_cut_off_before_it_is_kept_scores_nobody_twice(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep_seen", cut_off)
        with pytest.raises(KeyboardInterrupt):
            next(rescore(desk, store, TODAY))
    assert len(scored(desk)) == AT_ONCE
    assert sum(rescore(desk, store, TODAY)) == MANY
    assert set(scored(desk).values()) == {1}, "the journal had them"


def test_a_flag_that_time_raised_is_told(desk: Desk, store: Store) -> None:
    """What became known was looked at that day; that it stands a day later tells nothing new."""
    sum(rescore(desk, store, TODAY))
    tell(desk, weapon())
    store.take_as_looked(OFFICE)
    next_ = tomorrow(desk)
    sum(rescore(next_, store, next_.clock().date()))
    ((_, alert),) = store.alerts(OFFICE, 0, 200)
    assert (alert.child, alert.red_flags) == (CHILD, ["weapon"])
    assert json.loads(entry(desk.journal.path, alert.score_id).answer)["child"] == CHILD


def margin(desk: Desk, store: Store) -> float:
    """Where the child of the example lies."""
    stands = store.standing(OFFICE, CHILD, MODEL)
    assert stands
    answer = json.loads(entry(desk.journal.path, stands.score_id).answer)
    return float(answer["contributions"]["margin"])


def with_a_band_from(desk: Desk, least: float) -> Desk:
    """The desk as another bundle answers, with a band that begins there."""
    champion = desk.champions[MODEL]
    thresholds = (*range(-20, -11), least, *range(11, 20))
    fitted = replace(champion.bundle.fitted, thresholds=thresholds)
    bundle = replace(champion.bundle, fitted=fitted, digest=f"from {least}")
    return replace(desk, champions={MODEL: replace(champion, bundle=bundle)})


def look_through(desk: Desk, store: Store) -> Lookout:
    lookout = Lookout(desk, store)
    while lookout.round():
        pass
    return lookout


def test_a_promotion_scores_everybody_anew_and_tells_who_moved(desk: Desk, store: Store) -> None:
    look_through(desk, store)
    here = margin(desk, store)
    look_through(with_a_band_from(desk, here + 0.1), store)
    assert set(scored(desk).values()) == {2}
    told = len(store.alerts(OFFICE, 0, 200))
    lookout = look_through(with_a_band_from(desk, here - 0.1), store)
    assert set(scored(desk).values()) == {3}
    (alert,) = [one for _, one in store.alerts(OFFICE, told, 200) if one.child == CHILD]
    assert (alert.band_before, alert.band, alert.red_flags) == ("lower", "middle", [])
    while lookout.round():
        pass
    assert set(scored(desk).values()) == {3}, "once for each bundle"


def test_a_promotion_is_told_once_to_every_webhook(desk: Desk, store: Store) -> None:
    store.add_webhook(OFFICE, Webhook("w", "https://w.example", "2024-06-30T00:00:00+00:00"))
    other = with_a_band_from(desk, 1.5)
    for one in (desk, desk, other, other):
        Lookout(one, store).round()
    taken = store.take_due(OFFICE, desk.clock(), 99, lambda _: desk.clock())
    promoted = [one.message for one in taken if one.message.type == "model.promoted"]
    assert {message.said["digest"] for message in promoted} == {
        desk.champions[MODEL].bundle.digest, "from 1.5",
    }  # fmt: skip
    assert len(promoted) == 2
    assert {message.said["office"] for message in promoted} == {OFFICE}


def test_where_no_score_can_be_given_the_rest_is_taken_up_later(desk: Desk, store: Store) -> None:
    lookout = Lookout(desk, store)
    assert lookout.round()
    desk.journal.path.rename(desk.journal.path.with_suffix(".away"))
    with pytest.raises(Problem):
        lookout.round()
    desk.journal.path.with_suffix(".away").rename(desk.journal.path)
    while lookout.round():
        pass
    assert len(scored(desk)) == MANY


def test_the_command_tells_how_many(
    home: Path,
    desk: Desk,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert store.offices() == [OFFICE]
    monkeypatch.setenv("KIZUKI_HOME", str(home))
    monkeypatch.setattr(commands, "open_desk", partial(_reopened, desk))
    assert typed(capsys, "rescore") == (0, f"{MANY} children are scored anew by {MODEL}\n", "")


def _reopened(desk: Desk, _: object) -> Desk:
    return replace(desk, store=Store(str(desk.store.engine.url)) if desk.store else None)


def test_two_offices_that_tell_the_same_have_answers_of_their_own(desk: Desk) -> None:
    assert desk.store
    places = (OFFICE, "south")
    for office in places:
        tell_example(desk, office)
    look(desk)
    for office in places:
        tell(desk, weapon(), office=office)
    look(desk)
    (here,), (there,) = ([one for _, one in desk.store.alerts(o, 0, 9)] for o in places)
    assert entry(desk.journal.path, here.score_id).office == OFFICE
    assert entry(desk.journal.path, there.score_id).office == "south"
