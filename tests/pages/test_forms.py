"""What forms about cases may send: by which session, with which words, and how often."""

from typing import Any

import httpx2
import pytest

from tests.pages.browsing import SUPERVISOR, csrf
from tests.pages.conftest import Office
from tests.who.asking import last_record, many_records, records

WORDS = "きょうだいが救急搬送され、通告を今すぐ確認する。"
GLASS = {
    "office": "south", "child": "c-1", "reasonCode": "other", "words": WORDS, "minutes": "15",
    "once": "0-0-0-1",
}  # fmt: skip
SEAL = {"office": "north", "child": "c-1", "sealed": "true"}


def post(client: httpx2.Client, path: str, said: dict[str, Any]) -> httpx2.Response:
    """Send a form as the page of the session has it."""
    return client.post(path, data={"csrf": csrf(client.get("/desk/case")), **said})


@pytest.mark.parametrize(
    ("path", "said"),
    [("", {"office": "north", "child": "c-1"}), ("/report", {"office": "north", "child": "c-1"}),
     ("/seal", SEAL), ("/glass", GLASS)],
)  # fmt: skip
def test_a_form_is_one_of_the_session(path: str, said: dict[str, str], office: Office) -> None:
    mine, other = office.logged_in("supervision", **SUPERVISOR), office.logged_in()
    before = many_records(office.home)
    for word in ("", "x", csrf(other.get("/desk/case"))):
        reply = mine.post(f"/desk/case{path}", data={**said, "csrf": word})
        assert reply.status_code == 403
        reply = mine.post("/desk/contest/x", data={"how": "upheld:other", "csrf": word})
        assert reply.status_code == 403
        reply = mine.post("/desk/alert/x", data={"what": "taken_up", "csrf": word})
        assert reply.status_code == 403
        reply = mine.post("/desk/notice/x", data={"csrf": word})
        assert reply.status_code == 403
    assert many_records(office.home) == before, "nothing was done"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": WORDS[:19]}, "words"), ({"words": f" {WORDS[:10]}{' ' * 20}"}, "words"),
        ({"reasonCode": ""}, "reasonCode"), ({"reasonCode": "curious"}, "reasonCode"),
        ({"minutes": "61"}, "minutes"), ({"minutes": "x"}, "minutes"), ({"office": ""}, "office"),
        ({"child": " "}, "child"), ({"person": "x"}, "person"),
    ],
)  # fmt: skip
def test_glass_that_is_not_broken_as_it_must_be_holds(
    wrong: dict[str, str], field: str, office: Office
) -> None:
    reply = post(office.logged_in(), "/desk/case/glass", GLASS | wrong)
    assert (reply.status_code, f"<code>{field}</code>" in reply.text) == (422, True)
    assert "glass" not in {record.kind for record in records(office.home)}


def test_a_form_that_is_sent_twice_breaks_the_glass_once(office: Office) -> None:
    client = office.logged_in()
    replies = [post(client, "/desk/case/glass", GLASS) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [200, 200]
    again = post(client, "/desk/case/glass", GLASS | {"once": "0-0-0-2"})
    assert again.status_code == 200
    kinds = [record.kind for record in records(office.home)]
    assert kinds.count("glass") == 2, "another form, and not the same one"


def test_who_may_not_break_the_glass_is_offered_none(office: Office) -> None:
    named = {"office": "south", "child": "c-9"}
    for purpose, roles in (("audit", ["auditor"]), ("qa", ["data_scientist"]), ("screening", [])):
        client = office.logged_in(purpose, roles=roles)
        reply = post(client, "/desk/case", named)
        assert reply.status_code == 403
        assert 'action="/desk/case/glass"' not in reply.text
        assert post(client, "/desk/case/glass", GLASS | named).status_code == 403
        assert last_record(office.home).kind == "refused"


def test_a_closed_case_looks_the_same_whether_there_is_such_a_child_or_not(office: Office) -> None:
    client = office.logged_in()
    post(office.logged_in("supervision", **SUPERVISOR | {"office": "south"}), "/desk/case/seal",
         SEAL | {"office": "south", "child": "there"})  # fmt: skip
    pages = {
        post(client, "/desk/case", {"office": "south", "child": child}).text.replace(child, "")
        for child in ("there", "nowhere")
    }
    assert len({page.partition('name="once"')[0] for page in pages}) == 1


def test_a_screener_seals_nothing(office: Office) -> None:
    assert post(office.logged_in(), "/desk/case/seal", SEAL).status_code == 403
    assert last_record(office.home).kind == "refused"
