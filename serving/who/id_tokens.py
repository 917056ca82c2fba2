"""ID tokens: what an identity provider says of a person who logged in (OpenID Connect Core 1.0)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry, decode
from pydantic import BaseModel, ConfigDict, ValidationError

from serving.who.asker import Asker
from serving.who.tokens import ALGORITHMS, HEADER, LEEWAY, LONGEST, PERSONS, Id, Refused

BROWSER = "browser"  # stands in the journal for the system that a person asks through


@dataclass(frozen=True)
class Meaning:
    """How to read the claims of a provider.

    `claims` names its claims where they are not called agency, office and roles, and `roles` says
    what its words mean, where they are not those of ours. `mfa` are the words of which `acr` or
    `amr` must say one, so that the person has proven who they are by more than a password.
    """

    claims: Mapping[str, str]
    roles: Mapping[str, str]
    mfa: frozenset[str]

    def of(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The agency, office and roles."""
        agency, office, roles = (
            said.get(self.claims.get(name, name)) for name in ("agency", "office", "roles")
        )
        listed = roles if isinstance(roles, list) else [roles]
        ours = {self.roles.get(role, role) for role in listed if isinstance(role, str)}
        return {"agency": agency, "office": office, "roles": ours & {*PERSONS}}

    def is_proven(self, said: Mapping[str, Any]) -> bool:
        """Whether the provider says that it was by more than a password."""
        amr = said.get("amr")
        words = [said.get("acr"), *(amr if isinstance(amr, list) else [])]
        return bool(self.mfa & {word for word in words if isinstance(word, str)})


class _Person(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    sub: Id
    agency: Id
    office: Id | None
    roles: set[str]


def read_id_token(
    token: str, keys: KeySet, wanted: Mapping[str, str], now: datetime, meaning: Meaning
) -> Asker:
    """The person, of a token that has what is `wanted` as iss, aud and nonce; raises Refused."""
    try:
        _check_header(token)
        said = decode(token, keys, ALGORITHMS).claims
        rules: dict[str, Any] = {n: {"essential": True, "value": v} for n, v in wanted.items()}
        rules |= {name: {"essential": True} for name in ("exp", "iat")}
        JWTClaimsRegistry(now=int(now.timestamp()), leeway=LEEWAY, **rules).validate(said)
        person = _Person.model_validate({"sub": said.get("sub"), **meaning.of(said)})
    except (JoseError, ValidationError, ValueError, TypeError, AttributeError, RecursionError):
        raise Refused("what the identity provider says of you cannot be taken") from None
    if said.get("azp", wanted["aud"]) != wanted["aud"]:
        raise Refused("the identity provider means another desk")
    if not meaning.is_proven(said):
        raise Refused("log in with a second factor; a password alone is not enough here")
    roles = frozenset(role for role in PERSONS if role in person.roles)
    return Asker(person.sub, roles, person.agency, person.office, through=BROWSER)


def _check_header(token: str) -> None:
    if len(token) > LONGEST:
        raise Refused("it is longer than any token of ours")
    header = jws.extract_compact(token.encode()).headers()
    if not header.keys() <= HEADER or not isinstance(header.get("kid"), str):
        raise Refused("its header names more, or less, than algorithm, type and key")
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise Refused("it is no ID token")


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())
