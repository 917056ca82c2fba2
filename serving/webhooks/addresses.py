"""Addresses: a webhook goes out to the world, never to a machine of the inside.

A name is resolved here, every address that it has must be a public one, and what is connected to is
one of these very addresses: a name that resolves otherwise a moment later finds nothing.
"""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from features.errors import KizukiError
from serving.circuit import addresses_of
from serving.settings import Settings

LONGEST_URL = 2000
LONGEST_RESOLVING = 2.0  # seconds
_GLOBAL_UNICAST = IPv6Network(
    "2000::/3"
)  # all that is routed; what embeds IPv4 is outside, but for
_6TO4 = IPv6Network("2002::/16")

Resolve = Callable[[str, int], Sequence[str]]
Allow = Callable[[str], bool]


class NotPublic(KizukiError):
    """A URL or an address that nothing is sent to."""


def is_public(address: str) -> bool:
    """Whether an address is one of the world, and not of a machine, a link or a net of the inside.

    What only stands for another address, as IPv6 can for IPv4, counts as of the inside.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inside = ip not in _GLOBAL_UNICAST or ip in _6TO4 or ip.scope_id is not None
        return ip.is_global and not inside
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def is_public_or_this_machine(address: str) -> bool:
    """The same, and the loopback, for trying webhooks out on one machine."""
    return is_public(address) or address in {"127.0.0.1", "::1"}


def allowed(settings: Settings) -> Allow:
    """Which addresses a webhook may be at.

    Raises KizukiError where this machine were one of them at a desk that asks who comes: a desk of
    an office does, and so can never be made to call what listens beside it.
    """
    if not settings.webhooks_here:
        return is_public
    if settings.ask != "nobody":
        raise KizukiError(
            "KIZUKI_WEBHOOKS_HERE: is for trying webhooks out on one machine, at a desk that asks "
            "nobody who they are; take it away, or set KIZUKI_ASK=nobody"
        )
    return is_public_or_this_machine


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name; raises OSError where it has none, or none is told in time."""
    return addresses_of(host, port, LONGEST_RESOLVING)


def allowed_addresses(host: str, port: int, allow: Allow, resolve: Resolve) -> list[str]:
    """The addresses of a name; raises NotPublic unless all are allowed, OSError without any."""
    if _is_disguised(host):
        raise NotPublic("an address is written as four numbers, or as IPv6 in brackets")
    addresses = list(resolve(host, port))
    if not addresses or not all(allow(address) for address in addresses):
        raise NotPublic("it is not at a public address")
    return addresses


def check_url(url: str, allow: Allow, resolve: Resolve = resolved) -> None:
    """Raise NotPublic unless something may be sent to a URL, as far as can be told now."""
    parts = _split(url)
    plain = parts.scheme == "http" and allow("127.0.0.1")
    if parts.scheme != "https" and not plain:
        raise NotPublic("it must begin with https://")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise NotPublic("it holds a login or a fragment")
    try:
        allowed_addresses(parts.hostname or "", _port(parts), allow, resolve)
    except OSError:
        raise NotPublic("its name has no address") from None


def _split(url: str) -> SplitResult:
    visible = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and _port(parts) > 0
    except ValueError:
        whole = False
    if not (visible and whole and len(url) <= LONGEST_URL):
        raise NotPublic("it is no URL")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port if parts.port is not None else {"http": 80}.get(parts.scheme, 443)


def _is_disguised(host: str) -> bool:
    """Whether a resolver would take a number, such as 2130706433 or 0x7f.1, for an address."""
    last = host.rstrip(".").rpartition(".")[2].lower()
    if not (last.isdecimal() or last.startswith("0x")):
        return False
    try:
        return str(IPv4Address(host)) != host
    except ValueError:
        return True
