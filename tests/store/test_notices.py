"""Notices as the store keeps them, on either database: to each person, open until acknowledged."""

from datetime import timedelta

from serving.store.contesting import Contest, Decision
from serving.store.moment import told
from serving.store.store import Store
from tests.store.telling import NOW, OFFICE


def decided(store: Store, office: str, id_: str, *readers: str) -> None:
    """A contest of an answer that these have seen was upheld."""
    contest = Contest(f"contest of {id_}", "s-1", "child", "contacts", "v-2", 0, told(NOW))
    store.keep_contest(office, contest)
    decision = Decision(id_, told(NOW), contest.id, "s-1", "upheld", readers)
    store.keep_decision(office, decision)


def still_open(store: Store, person: str, office: str = OFFICE) -> list[str]:
    return [one.id for _, one in store.notices(office, person, 0, 9, only_open=True)]


def test_a_notice_is_acknowledged_by_each_and_the_first_time_counts(store: Store) -> None:
    decided(store, OFFICE, "d-1", "sato", "tanaka")
    decided(store, OFFICE, "d-2", "sato")
    assert store.acknowledge(OFFICE, "sato", "d-1", NOW) == told(NOW)
    assert store.acknowledge(OFFICE, "sato", "d-1", NOW + timedelta(hours=1)) == told(NOW)
    assert (still_open(store, "sato"), still_open(store, "tanaka")) == (["d-2"], ["d-1"])
    all_of_them = store.notices(OFFICE, "sato", 0, 9)
    assert [one.acknowledged_at for _, one in all_of_them] == [told(NOW), None]


def test_there_is_none_of_another_person_or_office(store: Store) -> None:
    for office in (OFFICE, "office-4"):
        decided(store, office, "d-1", "sato")
    assert store.is_notice(OFFICE, "sato", "d-1")
    assert not store.is_notice(OFFICE, "tanaka", "d-1")
    assert not store.is_notice("office-5", "sato", "d-1")
    store.acknowledge(OFFICE, "sato", "d-1", NOW)
    assert still_open(store, "sato", "office-4") == ["d-1"]
