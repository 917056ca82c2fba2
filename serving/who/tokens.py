"""Access tokens: JWT by RFC 9068, checked against a file of keys; nothing is ever fetched."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from joserfc import jws
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry, decode
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from features.errors import KizukiError
from serving.who.asker import SERVICE, Asker, Role

ALGORITHMS = ("ES256", "ES384", "Ed25519", "PS256", "RS256")  # none that shares its secret with us
HEADER = {"alg", "kid", "typ", "x5t", "x5t#S256"}  # no word of where else a key might be found
TYPES = {"at+jwt", "application/at+jwt"}
LONGEST = 8192  # characters
LONGEST_LIFE = 3600  # seconds from issue to expiry: a right that was taken away is soon gone
LEEWAY = 60  # seconds that two clocks may differ
SMALLEST_RSA = 2048  # bits

Id = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]


class Refused(ValueError):
    """Why a token or key is not taken, in words that repeat nothing of it."""


class Claims(BaseModel):
    """What we read of a token, beside its times; the rest is the identity provider's business.

    `sub` is the person, or the system itself where it is `client_id` too (RFC 9068, section 2.2).
    """

    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    sub: Id
    client_id: Id
    jti: Id
    iat: int
    exp: int
    agency: Id
    office: Id | None = None
    roles: frozenset[Id] = frozenset()

    @property
    def asker(self) -> Asker:
        """Who asks: a system that asks for itself has no role of a person, and none has its."""
        itself = self.sub == self.client_id
        roles = {SERVICE} if itself else _roles(self.roles)
        return Asker(
            person=self.sub,
            roles=frozenset(roles),
            agency=self.agency,
            office=self.office,
            through=None if itself else self.client_id,
        )


class Tokens:
    """The tokens of one issuer for one audience, signed by one of the keys."""

    def __init__(self, keys: KeySet, issuer: str, audience: str, clock: Callable[[], datetime]):
        self._keys, self._clock = keys, clock
        self._wanted: dict[str, Any] = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": audience},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }

    def read(self, token: str) -> Claims:
        """The claims of a token; raises Refused where it is not to be trusted."""
        if len(token) > LONGEST:
            raise Refused("it is longer than any token of ours")
        try:
            _check_header(jws.extract_compact(token.encode()).headers())
            claims = decode(token, self._keys, ALGORITHMS).claims
            now = int(self._clock().timestamp())
            JWTClaimsRegistry(now=now, leeway=LEEWAY, **self._wanted).validate(claims)
            said = Claims.model_validate(claims | {"roles": frozenset(_listed(claims))})
        except ExpiredTokenError:
            raise Refused("it has expired") from None
        except (JoseError, ValidationError, ValueError, TypeError, RecursionError) as refused:
            why = str(refused) if isinstance(refused, Refused) else "it is not one of ours"
            raise Refused(why) from None
        if not 0 < said.exp - said.iat <= LONGEST_LIFE:
            raise Refused(f"it lives longer than {LONGEST_LIFE} seconds")
        return said


def read_keys(path: Path) -> KeySet:
    """The public keys in a JWK Set (RFC 7517), each with `kid` and `alg`.

    Raises KizukiError where there are none, or one that could not be meant to be here.
    """
    try:
        listed = json.loads(path.read_text("utf-8"))["keys"]
        for key in listed:
            _check_key(key)
        keys = KeySet.import_key_set({"keys": listed})
    except OSError as problem:
        raise KizukiError(f"{path}: cannot be read: {problem.strerror}") from None
    except (JoseError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        why = f": {problem}" if isinstance(problem, Refused) else ""
        raise KizukiError(f"{path}: is no set of public keys (JWK Set){why}") from None
    names = [key.kid for key in keys]
    if len(set(names)) < len(names):
        raise KizukiError(f"{path}: two keys have one kid")
    if any(key.key_type == "RSA" and _bits(key) < SMALLEST_RSA for key in keys):
        raise KizukiError(f"{path}: an RSA key has fewer than {SMALLEST_RSA} bits")
    return keys


def _check_header(header: dict[str, Any]) -> None:
    if not header.keys() <= HEADER or not isinstance(header.get("kid"), str):
        raise Refused("its header names more, or less, than algorithm, type and key")
    if str(header.get("typ")).lower() not in TYPES:
        raise Refused("it is no access token (typ at+jwt)")


def _check_key(key: dict[str, Any]) -> None:
    if "d" in key or "k" in key:
        raise Refused("it holds a secret; keep the public half alone here")
    if not isinstance(key.get("kid"), str) or key.get("alg") not in ALGORITHMS:
        raise Refused(f"name each key's kid, and its alg, one of {', '.join(ALGORITHMS)}")


def _bits(key: Any) -> int:
    return int(key.public_key.key_size)


def _listed(claims: dict[str, Any]) -> list[Any]:
    roles = claims.get("roles", [])
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise Refused("its roles are no list of words")
    return roles


def _roles(named: frozenset[str]) -> set[Role]:
    """Those of the roles that a person can have; what else the provider calls roles is not ours."""
    return {role for role in PERSONS if role in named}


PERSONS: tuple[Role, ...] = ("screener", "supervisor", "auditor", "data_scientist", "administrator")
