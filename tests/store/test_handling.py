"""Who handles a case, which are sealed, and for whom the glass was broken, until when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from serving.store.handling import Glass, Handling
from serving.store.moment import told
from serving.store.store import Store
from tests.store.telling import OFFICE

NOW = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)


def handling(store: Store, person: str = "me", child: str = "c", at: datetime = NOW) -> Handling:
    return store.handling(OFFICE, child, person, at)


def broken(minutes: int = 30, office: str = OFFICE, glass_id: str = "g1", **changed: str) -> Glass:
    said = {
        "id": glass_id, "at": told(NOW), "until": told(NOW + timedelta(minutes=minutes)),
        "child": "c", "person": "me", "reason_code": "imminent_danger",
    }  # fmt: skip
    return Glass(**{**said, **changed})


def test_of_a_case_that_nothing_was_said_of_nothing_is_known(store: Store) -> None:
    assert handling(store) == Handling(frozenset(), sealed=False, until=None)


def test_a_case_is_handed_from_some_to_others(store: Store) -> None:
    found = []
    for persons in (["me", "you", "me"], ["you"], []):
        store.hand_to(OFFICE, "c", persons)
        found.append(set(handling(store).handlers))
    assert found == [{"me", "you"}, {"you"}, set()]


def test_a_case_is_sealed_and_opened_again_and_no_other_with_it(store: Store) -> None:
    for closed in (True, True, False, False):
        store.seal(OFFICE, "c", closed=closed)
        assert handling(store).sealed == closed
        assert not handling(store, child="d").sealed


def test_broken_glass_opens_one_case_to_one_person_for_a_time(store: Store) -> None:
    store.keep_glass(OFFICE, broken(minutes=30))
    asked = {
        "them": handling(store).opened,
        "a colleague": handling(store, person="you").opened,
        "another child": handling(store, child="d").opened,
        "in time": handling(store, at=NOW + timedelta(minutes=29)).opened,
        "too late": handling(store, at=NOW + timedelta(minutes=30)).opened,
        "another office": store.handling("office-9", "c", "me", NOW).opened,
    }
    assert [who for who, opened in asked.items() if opened] == ["them", "in time"]


def test_an_office_finds_its_broken_glass_in_order(store: Store) -> None:
    for number in (2, 1, 3):
        at = told(NOW + timedelta(minutes=number // 2))  # the last two at one time
        store.keep_glass(OFFICE, broken(glass_id=f"g{number}", at=at))
    store.keep_glass("office-9", broken(glass_id="g4"))
    assert [glass.id for glass in store.glass(OFFICE, None, 200)] == ["g1", "g2", "g3"]
    first = store.glass(OFFICE, None, 1)
    assert [glass.id for glass in store.glass(OFFICE, first[0].id, 200)] == ["g2", "g3"]


@pytest.mark.parametrize(
    "what", ["UPDATE broken_glass SET person = ''", "DELETE FROM broken_glass"]
)
def test_the_desk_cannot_hide_broken_glass(what: str, on_postgresql: str) -> None:
    store = Store(on_postgresql)
    store.keep_glass(OFFICE, broken())
    with store.engine.begin() as connection:
        connection.execute(select(func.set_config("kizuki.office", OFFICE, True)))
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text(what))
    store.close()
