"""Logging in: who comes back from the identity provider is let in, and nobody else."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from features.errors import KizukiError
from serving.pages.opening import open_pages
from serving.settings import Settings
from serving.who.login import LONGEST_WAIT
from serving.who.pace import Pace
from tests.pages.browsing import csrf
from tests.pages.conftest import Office
from tests.who.asking import bearing
from tests.who.conftest import asks_everybody
from tests.who.tokens import stranger

PLACES = ("/desk", "/desk/report/x", "/desk/review/x")


def status(client: httpx2.Client, path: str = "/desk") -> int:
    return int(client.get(path).status_code)


def test_who_has_not_logged_in_is_asked_to(office: Office) -> None:
    client = office.browser()
    for place in PLACES:
        reply = client.get(place)
        assert reply.status_code == 303
        assert reply.headers["location"] == f"/desk/login?then={place.replace('/', '%2F')}"
    assert client.post("/desk/review/x", data={"decision": "agree"}).status_code == 303


def test_who_logs_in_is_let_in(office: Office) -> None:
    client = office.logged_in()
    assert status(client) == 200
    page = client.get("/desk").text
    assert "person-17" in page
    assert "north" in page


def test_the_cookies_are_for_this_desk_alone(office: Office) -> None:
    client = office.browser()
    begun = client.get("/desk/login/begin", params={"purpose": "screening"})
    done = office.log_in(client)
    for reply in (begun, done):
        for cookie in reply.headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie
            assert "Path=/" in cookie
            assert "Domain" not in cookie


def test_beyond_this_machine_the_cookie_is_sent_by_https_alone(office: Office) -> None:
    said = asks_everybody(office.home) | {
        "token_issuer": office.provider.issuer, "login_client": "desk",
        "origin": "https://kizuki.example.go.jp",
    }  # fmt: skip
    pages = open_pages(office.desk, Settings.model_validate(said), Pace(1, time.monotonic))
    assert pages
    assert (pages._secure, pages._cookie) == (True, "__Host-kizuki")


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another issuer": ({"iss": "http://evil.example"}, {}),
    "for another desk": ({"aud": "another"}, {}),
    "for two, and meant for the other": ({"aud": ["kizuki-desk", "b"], "azp": "b"}, {}),
    "another login's": ({"nonce": "abc"}, {}),
    "no nonce": ({"nonce": None}, {}),
    "expired": ({"iat": 1, "exp": 2}, {}),
    "no expiry": ({"exp": None}, {}),
    "nobody": ({"sub": None}, {}),
    "no agency": ({"agency": None}, {}),
    "an access token": ({}, {"typ": "at+jwt"}),
    "a key of its own": ({}, {"jwk": stranger().as_dict(private=False)}),
    "keys from elsewhere": ({}, {"jku": "http://evil.example/keys"}),
    "a key that is not there": ({}, {"kid": "ec-9"}),
    "a password alone": ({"amr": ["pwd"]}, {}),
    "no word of how": ({"amr": None}, {}),
    "mfa as a text": ({"amr": "mfa"}, {}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_the_provider_does_not_say_rightly_lets_nobody_in(wrong: str, office: Office) -> None:
    office.provider.changed, office.provider.header = WRONG[wrong]
    client = office.browser()
    assert office.log_in(client).status_code == 401
    assert status(client) == 303


def test_acr_can_say_that_it_was_by_more_than_a_password(office: Office) -> None:
    office.provider.changed = {"amr": None, "acr": "mfa"}
    assert status(office.logged_in()) == 200


def begin(client: httpx2.Client) -> httpx2.URL:
    """Where the provider sends back to."""
    begun = client.get("/desk/login/begin", params={"purpose": "screening"})
    return httpx2.URL(httpx2.post(begun.headers["location"]).headers["location"])


def test_a_login_is_of_the_browser_that_began_it(office: Office) -> None:
    """Else somebody could be made to work under the name of who sent them a link."""
    mine, yours = office.browser(), office.browser()
    back = begin(mine)
    begin(yours)
    assert office.browser().get(back).status_code == 401
    assert yours.get(back).status_code == 401
    assert status(yours) == 303


@pytest.mark.parametrize("change", [{"state": "x"}, {"state": ""}, {"code": "x"}])
def test_state_and_code_must_be_those_of_the_login(change: dict[str, str], office: Office) -> None:
    client = office.browser()
    back = begin(client)
    assert client.get(back.copy_merge_params(change)).status_code == 401
    assert status(client) == 303


def test_a_code_is_taken_once_and_in_time(office: Office) -> None:
    client = office.browser()
    back = begin(client)
    again = office.browser()
    again.cookies.set("kizuki-login", client.cookies["kizuki-login"])
    assert client.get(back).status_code == 303
    before = office.provider.asked.count("token")
    assert again.get(back).status_code == 401
    assert office.provider.asked.count("token") == before, "the provider is not even asked again"
    late = office.browser()
    back = begin(late)
    office.clock.minutes = 10
    assert late.get(back).status_code == 401


def test_a_code_that_was_stolen_is_worth_nothing(office: Office) -> None:
    """The thief has no verifier of it (PKCE): the provider refuses."""
    victim, thief = office.browser(), office.browser()
    stolen = begin(victim).params["code"]
    own = begin(thief)
    assert thief.get(own.copy_set_param("code", stolen)).status_code == 401


@pytest.mark.parametrize(
    "then",
    ["https://evil.example", "//evil.example", "/desk/..//evil", "/\\evil.example", "", "/x"],
)
def test_nobody_is_sent_elsewhere_afterwards(then: str, office: Office) -> None:
    client = office.browser()
    begun = client.get("/desk/login/begin", params={"purpose": "screening", "then": then})
    back = httpx2.post(begun.headers["location"]).headers["location"]
    assert client.get(back).headers["location"].startswith("/desk")


def test_it_ends_after_15_minutes_without_use_and_after_an_hour(office: Office) -> None:
    idle, busy, found = office.logged_in(), office.logged_in(), []
    for minutes in (14, 28, 42, 56, 59, 60, 61):
        office.clock.minutes = minutes
        found.append(status(busy))
    assert found == [200, 200, 200, 200, 200, 303, 303]
    assert status(idle) == 303
    office.clock.minutes = 0
    again = office.logged_in()
    office.clock.minutes = 14.9
    assert status(again) == 200
    office.clock.minutes = 29.9
    assert status(again) == 303


def test_who_is_revoked_is_out_with_the_next_page(office: Office) -> None:
    client = office.logged_in()
    (office.home / "revoked").write_text("person-17\n")
    assert status(client) == 303
    (office.home / "revoked").write_text("")
    assert status(client) == 303, "the session is gone for good"


def test_who_logs_out_is_out(office: Office) -> None:
    client = office.logged_in()
    secret = client.cookies["kizuki"]
    told = client.get("/desk")
    assert client.post("/desk/logout", data={"csrf": "x"}).status_code == 403
    assert status(client) == 200, "another site cannot log them out"
    assert client.post("/desk/logout", data={"csrf": csrf(told)}).status_code == 303
    stolen = office.browser()
    stolen.cookies.set("kizuki", secret)
    assert status(stolen) == 303


def test_a_session_opens_pages_alone(office: Office) -> None:
    client = office.logged_in()
    for method, path in (("GET", "/v1/model"), ("GET", "/v1/alerts"), ("POST", "/v1/score")):
        sent = {"json": {}} if method == "POST" else {}
        assert client.request(method, path, **sent).status_code == 401  # type: ignore[arg-type]


def test_a_form_comes_from_a_page_of_the_same_session(office: Office) -> None:
    mine, yours = office.logged_in(), office.logged_in(sub="person-18")
    path = "/desk/review/00000000-0000-0000-0000-00000000dead"
    good, others = csrf(mine.get(path)), csrf(yours.get(path))
    found = [
        mine.post(path, data={"decision": "agree", **({"csrf": said} if said else {})}).status_code
        for said in ("", "x", others, good)
    ]
    assert found == [403, 403, 403, 404]
    assert mine.post(path, json={"decision": "agree", "csrf": good}).status_code == 415


def test_the_provider_is_asked_where_its_doors_are_once_an_hour(office: Office) -> None:
    office.logged_in()
    before = office.provider.asked.count("doors")
    office.logged_in()
    assert office.provider.asked.count("doors") == before
    office.clock.minutes = 61
    office.logged_in()
    assert office.provider.asked.count("doors") == before + 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ask": "nobody"}, "KIZUKI_LOGIN_CLIENT: where people log in, set KIZUKI_ASK=everybody"),
        ({"token_keys": None}, "KIZUKI_LOGIN_CLIENT: "), ({"token_issuer": None}, "KIZUKI_LOGIN_C"),
        ({"origin": None}, "KIZUKI_LOGIN_CLIENT: "),
        ({"origin": "http://kizuki.example.go.jp"}, "KIZUKI_ORIGIN: cookies leave this machine by"),
    ],
)  # fmt: skip
def test_pages_that_nobody_could_open_safely_are_refused(
    changed: dict[str, Any], why: str, office: Office
) -> None:
    said = asks_everybody(office.home) | {"login_client": "desk", "origin": "http://localhost:1"}
    settings = Settings.model_construct(**said | changed)
    with pytest.raises(KizukiError, match=f"^{why}"):
        open_pages(office.desk, settings, Pace(1, time.monotonic))


def test_roles_and_office_are_read_as_the_provider_calls_them() -> None:
    from serving.who.id_tokens import Meaning

    meaning = Meaning({"roles": "groups", "office": "dept"}, {"intake": "screener"}, frozenset())
    said = {"groups": ["intake", "supervisor", "golf", 7], "dept": "north", "office": "x"}
    assert meaning.of({**said, "agency": "tokyo"}) == {
        "agency": "tokyo", "office": "north", "roles": {"screener", "supervisor"},
    }  # fmt: skip


def test_a_provider_that_says_nothing_keeps_nobody_waiting_who_is_known(office: Office) -> None:
    known = office.logged_in()
    office.clock.minutes = 200  # since it told of its doors: longer than an hour
    bearer = bearing(iss=office.provider.issuer, **office.clock.fresh)
    before = len(office.provider.asked)
    office.provider.late = LONGEST_WAIT + 2
    with ThreadPoolExecutor(1) as crowd:
        begin = ("/desk/login/begin", {"purpose": "screening"})
        asked = crowd.submit(office.browser().get, begin[0], params=begin[1])
        while len(office.provider.asked) == before and not asked.done():
            time.sleep(0.01)
        said = [known.get("/livez"), known.get("/v1/model", headers=bearer)]
        assert ([one.status_code for one in said], asked.done()) == ([200, 200], False)
        assert "does not answer now" in asked.result(timeout=LONGEST_WAIT + 1.5).text
