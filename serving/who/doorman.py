"""The doorman: everybody who comes in is asked who they are, or, where that is set, nobody is."""

import ipaddress
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.datastructures import Headers

from features.errors import KizukiError
from serving.problems import Problem
from serving.settings import Settings
from serving.watched import Watched
from serving.who.asker import NOBODY, Asker
from serving.who.keys import MARK, look_up, read_kept
from serving.who.tokens import Refused, Tokens, read_keys

Doorman = Callable[[Headers], Asker]
_HOW = (("www-authenticate", 'Bearer realm="kizuki"'),)


def doorman(settings: Settings, clock: Callable[[], datetime]) -> Doorman:
    """The doorman that the settings ask for.

    Raises KizukiError where nobody is asked and others than this machine could come in, where
    everybody is asked and nobody could come in, or where a file of keys cannot be taken.
    """
    if settings.ask == "everybody":
        return Asking(settings, clock)
    if not is_this_machine(settings.host):
        raise KizukiError(
            f"KIZUKI_ASK: a desk that asks nobody who they are answers this machine alone, not on "
            f"{settings.host}; set KIZUKI_ASK=everybody"
        )
    return lambda _: NOBODY


class Asking:
    """A doorman that takes access tokens and API keys, and reads their files anew as they change.

    So a key that was withdrawn, or a person or token on the list of those revoked, is out at once.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        if not settings.agency:
            raise KizukiError("KIZUKI_AGENCY: say whose cases these are, where everybody is asked")
        self._clock = clock
        self._api_keys = Watched(settings.api_keys, read_kept)
        self._revoked = Watched(settings.revoked, read_revoked)
        self._tokens = _tokens(settings, clock)
        if self._tokens is None and not self._api_keys.now:
            raise KizukiError(
                "KIZUKI_ASK: everybody is asked and nobody could answer; name the keys of tokens "
                "in KIZUKI_TOKEN_KEYS, or make an API key with `kizuki keys make`"
            )

    def __call__(self, headers: Headers) -> Asker:
        """Who sent these headers; raises Problem where that is not certain."""
        scheme, _, credential = ",".join(headers.getlist("authorization")).partition(" ")
        if scheme.lower() != "bearer":
            raise Problem(
                "unauthenticated", "Send Authorization: Bearer and a token or key.", headers=_HOW
            )
        try:
            return self._known(credential)
        except Refused as refused:
            raise Problem(
                "unauthenticated", f"The token or key: {refused}.", headers=_HOW
            ) from None

    def _known(self, credential: str) -> Asker:
        if credential.startswith(f"{MARK}_"):
            key = look_up(self._api_keys.now, credential, self._clock())
            asker, ids = key.asker, {key.id}
        elif self._tokens:
            claims = self._tokens.now.read(credential)
            asker, ids = claims.asker, {claims.jti, claims.client_id}
        else:
            raise Refused("tokens are not taken here")
        if self._revoked.now & {asker.person, *ids}:
            raise Refused("it was revoked")
        return asker


def read_revoked(path: Path) -> frozenset[str]:
    """Who and what is out: ids of persons, systems, tokens and keys, one a line.

    Raises KizukiError where the file cannot be read.
    """
    try:
        return frozenset(path.read_text("utf-8-sig").split()) if path.exists() else frozenset()
    except OSError as problem:
        raise KizukiError(f"{path}: cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise KizukiError(
            f"{path}: is not in UTF-8; save it so, with the id of a person, system, token or key "
            "on each line"
        ) from None


def _tokens(settings: Settings, clock: Callable[[], datetime]) -> Watched[Tokens] | None:
    if settings.token_keys is None:
        return None
    issuer, audience = settings.token_issuer, settings.token_audience
    if not (issuer and audience):
        raise KizukiError(
            "KIZUKI_TOKEN_KEYS: say also whose tokens are taken, in KIZUKI_TOKEN_ISSUER, and what "
            "they call this desk, in KIZUKI_TOKEN_AUDIENCE"
        )
    return Watched(
        settings.token_keys, lambda path: Tokens(read_keys(path), issuer, audience, clock)
    )


def is_this_machine(host: str) -> bool:
    """Whether a host is no other than this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
