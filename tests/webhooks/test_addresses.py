"""Nothing is sent to a machine of the inside, however its address is written or hidden."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.errors import KizukiError
from serving.settings import Settings
from serving.webhooks.addresses import (
    NotPublic,
    allowed,
    check_url,
    is_public,
    is_public_or_this_machine,
)
from serving.webhooks.sending import Sender
from tests.serving.desks import defaults
from tests.webhooks.sink import Sink, listening

INSIDE = """
    127.0.0.1 127.8.9.1 0.0.0.0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.1.1
    169.254.169.254 100.64.0.1 100.127.255.254 192.0.0.1 192.0.2.1 198.18.0.1 203.0.113.7
    224.0.0.1 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808
    2002:7f00:1:: 2001:0:53aa:64c::1 2001:db8::1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 fec0::1
    ff02::1
""".split()  # noqa: SIM905  # a list would take a page
OUTSIDE = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"]
WRONG_URLS = """
    http://example.org/ ftp://example.org/ https:// https:///x //example.org/ example.org
    https://user@example.org/ https://user:word@example.org/ https://example.org/#part
    https://example.org:0/ https://example.org:99999/ https://example.org:x/
    https://2130706433/ https://0x7f000001/ https://0x7f.1/ https://0177.0.0.1/ https://127.1/
    https://127.0.0.1./ https://127.0.0.1/ https://[::1]/ https://[::ffff:127.0.0.1]/
    https://[::ffff:7f00:1]/ https://169.254.169.254/latest https://localhost/
    https://[fe80::1%25lo]/ https://exa\\mple.org/ https://例え.example/
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_the_inside_is_none(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_world_is_one(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_never_public(address: ipaddress.IPv4Address) -> None:
    assert is_public(str(address)) <= (address.is_global and not address.is_private)
    assert not is_public(f"::ffff:{address}")


@pytest.mark.parametrize("url", [*WRONG_URLS, "", " https://example.org/", "https://a b/", "x" * 9])
def test_a_url_that_leads_inside_is_not_saved(url: str) -> None:
    with pytest.raises(NotPublic):
        check_url(url, is_public)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], []])
def test_a_name_of_which_one_address_is_inside_is_not_saved(addresses: list[str]) -> None:
    with pytest.raises(NotPublic):
        check_url("https://example.org/", is_public, lambda *_: addresses)


def test_a_name_without_an_address_is_not_saved() -> None:
    def nobody(*_: object) -> list[str]:
        raise socket.gaierror

    with pytest.raises(NotPublic, match="its name has no address"):
        check_url("https://example.org/", is_public, nobody)


def test_a_url_of_the_world_is_saved() -> None:
    check_url("https://example.org:8443/kizuki?to=1", is_public, lambda *_: ["8.8.8.8"])
    check_url("https://8.8.8.8/", is_public)


def send(sink: Sink, sender: Sender, host: str) -> int:
    url = sink.url.replace("127.0.0.1", host)
    return asyncio.run(sender.send(url, {"webhook-id": "m"}, b"{}"))


def test_a_name_that_resolves_inside_only_when_it_is_called_finds_nothing(sink: Sink) -> None:
    """DNS rebinding: the first answer is of the world, every later one of this machine."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"], ["127.0.0.1"]])

    def rebinding(*_: object) -> list[str]:
        return next(answers)

    check_url("https://rebinding.example/", is_public, rebinding)
    with pytest.raises(NotPublic):
        send(sink, Sender(resolve=rebinding), "rebinding.example")
    assert sink.heard == []
    assert send(sink, Sender(is_public_or_this_machine, rebinding), "x.example") == 204, (
        "it listens"
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_what_was_saved_somehow_is_not_called_inside(host: str, sink: Sink) -> None:
    with pytest.raises(NotPublic):
        send(sink, Sender(), host)
    assert sink.heard == []


def test_what_is_connected_to_is_what_was_looked_at(sink: Sink) -> None:
    """The name is resolved once: nothing asks a second time on the way to the connection."""
    asked: list[str] = []

    def once(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    assert send(sink, Sender(is_public_or_this_machine, once), "no-such-name.invalid") == 204
    assert asked == ["no-such-name.invalid"]


@pytest.fixture
def other() -> Iterator[Sink]:
    with listening() as made:
        yield made


def test_a_redirect_is_not_followed(sink: Sink, other: Sink) -> None:
    sink.status, sink.location = 307, other.url
    assert send(sink, Sender(is_public_or_this_machine), "127.0.0.1") == 307
    assert other.heard == []


def test_a_proxy_of_the_environment_is_not_asked(
    sink: Sink, other: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", other.url)
    monkeypatch.setenv("ALL_PROXY", other.url)
    assert send(sink, Sender(is_public_or_this_machine), "127.0.0.1") == 204
    assert other.heard == []


def test_who_is_slow_is_not_waited_for(sink: Sink) -> None:
    sink.after = 1
    with pytest.raises(TimeoutError):
        send(sink, Sender(is_public_or_this_machine, longest=0.2), "127.0.0.1")


def test_this_machine_is_called_only_by_a_desk_that_asks_nobody() -> None:
    def settings(**said: object) -> Settings:
        return Settings.model_construct(**{**defaults(), **said})

    assert allowed(settings()) is is_public
    assert allowed(settings(ask="everybody")) is is_public
    assert allowed(settings(webhooks_here=True)) is is_public_or_this_machine
    assert not is_public_or_this_machine("10.0.0.1")
    with pytest.raises(KizukiError, match="KIZUKI_WEBHOOKS_HERE"):
        allowed(settings(webhooks_here=True, ask="everybody"))
