"""Logging in: a person is sent to the identity provider, and comes back with a code.

It is the code flow of OpenID Connect, with state, nonce and PKCE (RFC 7636). The provider is asked
where its doors are, and for the token that belongs to a code; nothing else is fetched. Its keys are
those of access tokens, in the file that the settings name.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.jwk import KeySet

from serving.circuit import Circuit, Interrupted, in_time
from serving.log import log_fault
from serving.watched import Watched
from serving.who.asker import Asker
from serving.who.id_tokens import Meaning, read_id_token, same
from serving.who.tokens import Refused

LONGEST_WAIT = 2.0  # seconds for an answer of the provider
DOORS_KEPT = timedelta(hours=1)
LONGEST_LOGIN = timedelta(minutes=10)
_SILENT = (httpx2.TransportError, OSError, TimeoutError)
_NO_ANSWER = (*_SILENT, Interrupted, httpx2.HTTPError, KeyError, TypeError, ValueError)
_DOORS = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """An identity provider, and what this desk is to it."""

    issuer: str
    client: str
    secret: str | None
    back: str


@dataclass(frozen=True)
class Begun:
    """A login that was begun: what must come back, by when, and what it was for."""

    state: str
    nonce: str
    verifier: str
    purpose: str
    then: str
    until: datetime


class Login:
    """Sends people to the provider, and tells who came back; raises Refused where it is unsure."""

    def __init__(
        self,
        provider: Provider,
        keys: Watched[KeySet],
        meaning: Meaning,
        clock: Callable[[], datetime],
    ) -> None:
        self._provider, self._keys, self._meaning, self._clock = provider, keys, meaning, clock
        self._doors: tuple[datetime, dict[str, Any]] | None = None
        self._circuit = Circuit("the identity provider")

    def begin(self, purpose: str, then: str) -> tuple[str, Begun]:
        """Where to send the person, and what to remember of it in their browser's name."""
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        door = self._door("authorization_endpoint")
        with self._client() as client:
            url, state = client.create_authorization_url(
                door, nonce=nonce, code_verifier=verifier, state=secrets.token_urlsafe(32)
            )
        until = self._clock() + LONGEST_LOGIN
        return url, Begun(state, nonce, verifier, purpose, then, until)

    def finish(self, begun: Begun, state: str, code: str) -> Asker:
        """Who came back with a code."""
        if not same(state, begun.state) or self._clock() >= begun.until:
            raise Refused("this is not the login that was begun here; begin again")
        token = self._token(code, begun.verifier)
        wanted = {
            "iss": self._provider.issuer,
            "aud": self._provider.client,
            "nonce": begun.nonce,
        }
        return read_id_token(token, self._keys.now, wanted, self._clock(), self._meaning)

    def _token(self, code: str, verifier: str) -> str:
        door = self._door("token_endpoint")

        def fetch() -> Any:
            with self._client() as client:
                return client.fetch_token(door, code=code, code_verifier=verifier)

        try:
            return str(self._asked(fetch)["id_token"])
        except (*_NO_ANSWER, OAuthError) as lost:
            raise _not_answered(lost) from None

    def _door(self, name: str) -> str:
        """The URL of one of the provider's doors, as it tells at least every hour."""
        now = self._clock()
        if self._doors is None or now - self._doors[0] > DOORS_KEPT:
            self._doors = now, self._told()
        return str(self._doors[1][name])

    def _told(self) -> dict[str, Any]:
        url = self._provider.issuer.rstrip("/") + _DOORS
        try:
            told = self._asked(lambda: httpx2.get(url, timeout=LONGEST_WAIT))
            told = told.raise_for_status().json()
            doors = {n: str(told[n]) for n in ("authorization_endpoint", "token_endpoint")}
            whose = told["issuer"]
        except _NO_ANSWER as lost:
            raise _not_answered(lost) from None
        safe = all(door.startswith(url.partition("//")[0]) for door in doors.values())
        if whose != self._provider.issuer or not safe:
            raise Refused("the identity provider tells of doors that are not its own")
        return doors

    def _asked(self, ask: Callable[[], Any]) -> Any:
        """What the provider says: in time, with its name resolved, or not at all."""
        with self._circuit.calling(lambda problem: isinstance(problem, _SILENT)):
            return in_time(ask, LONGEST_WAIT)

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._provider.client,
            self._provider.secret,
            scope="openid",
            redirect_uri=self._provider.back,
            code_challenge_method="S256",
            timeout=LONGEST_WAIT,
        )


def _not_answered(lost: Exception) -> Refused:
    log_fault("the identity provider did not answer as it should", lost)
    return Refused("the identity provider does not answer now; try again in a moment")
