"""Sending: one request to one webhook, to an address that was looked at, and no further."""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpcore2

from serving.webhooks.addresses import Allow, Resolve, allowed_addresses, is_public, resolved

LONGEST = 15.0  # seconds, from the question for the address to the status
LONGEST_CONNECTING = 2.0  # seconds of them, until somebody is there at all


@dataclass(frozen=True)
class Sender:
    """How a webhook is called: no redirect is followed, no proxy asked, and no answer read."""

    allow: Allow = is_public
    resolve: Resolve = resolved
    longest: float = LONGEST
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Post a body, and give the status.

        Raises NotPublic where the address is none that is called, and TimeoutError, OSError, or an
        error of httpcore2 where nobody answers.
        """
        said = [(name, value) for name, value in headers.items()]
        async with asyncio.timeout(self.longest):
            backend = _Looked(self.allow, self.resolve)
            async with (
                httpcore2.AsyncConnectionPool(self.tls, network_backend=backend) as pool,
                pool.stream("POST", url, headers=said, content=body) as reply,
            ):
                return int(reply.status)


class _Looked(httpcore2.AsyncNetworkBackend):
    """A way to the net that resolves a name itself, and connects to what it has looked at."""

    def __init__(self, allow: Allow, resolve: Resolve) -> None:
        self._allow, self._resolve = allow, resolve
        self._net = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the library's own name; we set none
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # we set none
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first of the addresses; which name it is for is TLS's to check."""
        addresses = await asyncio.to_thread(
            allowed_addresses, host, port, self._allow, self._resolve
        )
        async with asyncio.timeout(LONGEST_CONNECTING):
            return await self._net.connect_tcp(addresses[0], port, None, local_address)
