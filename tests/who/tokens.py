"""Tokens for the tests: an identity provider with two keys, and what a forger would make of it."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from tests.serving.desks import NOW

ISSUER, AUDIENCE = "https://login.example.go.jp", "kizuki"
AT = int(NOW.timestamp())


@cache
def provider() -> tuple[ECKey, RSAKey]:
    """The keys of the identity provider, with their secrets."""
    return (
        ECKey.generate_key("P-256", {"kid": "ec-1", "alg": "ES256"}),
        RSAKey.generate_key(2048, {"kid": "rsa-1", "alg": "RS256"}),
    )


@cache
def stranger() -> ECKey:
    """The key of somebody else, under the name of one of the provider's."""
    return ECKey.generate_key("P-256", {"kid": "ec-1", "alg": "ES256"})


def key_file(path: Path) -> Path:
    """The public keys of the provider, as the desk is given them."""
    path.write_text(json.dumps(KeySet(list(provider())).as_dict(private=False)))
    return path


def claims(**changed: Any) -> dict[str, Any]:
    """What the token of a screener says; None takes a claim out."""
    said = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": "person-17", "client_id": "case-system",
        "jti": "token-1", "iat": AT - 60, "exp": AT + 600, "agency": "tokyo", "office": "north",
        "roles": ["screener"],
    } | changed  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def header(**changed: Any) -> dict[str, Any]:
    said = {"alg": "ES256", "kid": "ec-1", "typ": "at+jwt"} | changed
    return {name: value for name, value in said.items() if value is not None}


def token(**changed: Any) -> str:
    """A token that the provider gave."""
    return jwt.encode(header(), claims(**changed), provider()[0], default_type=None)


def raw(said_header: Any, said_claims: Any, sign: Callable[[bytes], bytes]) -> str:
    """A token put together by hand, which no library would make."""
    parts = [b64(json.dumps(said).encode()) for said in (said_header, said_claims)]
    signed = ".".join(parts)
    return f"{signed}.{b64(sign(signed.encode()))}"


def b64(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).rstrip(b"=").decode()


def hs(secret: bytes, digest: str = "sha256") -> Callable[[bytes], bytes]:
    return lambda said: hmac.new(secret, said, getattr(hashlib, digest)).digest()


def ec(key: ECKey) -> Callable[[bytes], bytes]:
    """Signs as the key would, whatever the header says."""
    return lambda said: jws.JWSRegistry.algorithms["ES256"].sign(said, key)


def signed(**changed: Any) -> str:
    """A token with the provider's own signature over a header that it would not write."""
    return raw(header(**changed), claims(), ec(provider()[0]))


def forged() -> Iterator[tuple[str, str]]:
    """What must not come in, by what is wrong with it."""
    yield from _without_a_signature()
    yield from _signed_with_what_is_public()
    yield from _signed_by_somebody_else()
    yield from _with_another_header()
    yield from _with_other_claims()
    yield from _broken()


def _without_a_signature() -> Iterator[tuple[str, str]]:
    for alg in ("none", "None", "NONE", "nOnE", ""):
        yield f"alg {alg!r}, no signature", raw(header(alg=alg), claims(), lambda _: b"")
        yield f"alg {alg!r}, no kid", raw({"alg": alg, "typ": "at+jwt"}, claims(), lambda _: b"")
    yield "its signature cut off", token().rpartition(".")[0] + "."
    yield "two parts", token().rpartition(".")[0]
    yield "an empty signature of zeros", raw(header(), claims(), lambda _: bytes(64))


def _signed_with_what_is_public() -> Iterator[tuple[str, str]]:
    """The public key taken as the secret of an HMAC (CVE-2015-9235 and its many children)."""
    for name, key in zip(("ec-1", "rsa-1"), provider(), strict=True):
        public = key.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        der = key.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        jwk = json.dumps(key.as_dict(private=False)).encode()
        for form, secret in {
            "PEM": public,
            "PEM, stripped": public.strip(),
            "DER": der,
            "JWK": jwk,
        }.items():
            head = header(alg="HS256", kid=name)
            yield f"HS256 with the {form} of {name}", raw(head, claims(), hs(secret))
    yield "HS512 with nothing", raw(header(alg="HS512"), claims(), hs(b"", "sha512"))


def _signed_by_somebody_else() -> Iterator[tuple[str, str]]:
    other = stranger()
    sign = ec(other)
    public = other.as_dict(private=False)
    yield "a stranger's key, a known kid", raw(header(), claims(), sign)
    yield "an embedded jwk", raw(header(jwk=public), claims(), sign)
    yield "an embedded jwk, no kid", raw(header(jwk=public, kid=None), claims(), sign)
    yield "jku", raw(header(jku="https://evil.example/keys"), claims(), sign)
    yield "jku within the issuer", raw(header(jku=f"{ISSUER}/../evil"), claims(), sign)
    yield "x5u", raw(header(x5u="https://evil.example/chain"), claims(), sign)
    yield "x5c", raw(header(x5c=["MIIB"]), claims(), sign)
    yield "a key that is said to be for another algorithm", jwt.encode(
        header(alg="PS256", kid="rsa-1"), claims(), _unbound(provider()[1]), ["PS256"],
        default_type=None,
    )  # fmt: skip
    yield "a shared secret", jwt.encode(
        header(alg="HS256", kid="oct-1"), claims(), OctKey.generate_key(256), ["HS256"],
        default_type=None,
    )  # fmt: skip


def _unbound(key: RSAKey) -> RSAKey:
    return RSAKey.import_key({**key.as_dict(private=True), "alg": "PS256"})


def _with_another_header() -> Iterator[tuple[str, str]]:
    for kid in ("../../../../dev/null", "/dev/null", "ec-1\0", "' OR 1=1 --", "EC-1", "", 7,
                ["ec-1"], "https://evil.example/key", None):  # fmt: skip
        yield f"kid {kid!r}", signed(kid=kid)
    yield "an unknown crit", signed(crit=["exp"], exp=1)
    yield "an empty crit", signed(crit=[])
    yield "b64 false", signed(b64=False, crit=["b64"])
    yield "zip", signed(zip="DEF")
    yield "jku beside a true signature", signed(jku="https://evil.example/keys")
    yield "jwk beside a true signature", signed(jwk=stranger().as_dict(private=False))
    for typ in ("JWT", "id_token", "dpop+jwt", "logout+jwt", None, 7):
        yield f"typ {typ!r}", signed(typ=typ)
    yield "a longer algorithm", signed(alg="ES384")
    yield "an unknown algorithm", signed(alg="ES257")


def _with_other_claims() -> Iterator[tuple[str, str]]:
    for name, values in {
        "iss": ["https://evil.example", f"{ISSUER}/", ISSUER.upper(), [ISSUER], None],
        "aud": ["another", ["another", "others"], [], "", "Kizuki", {"kizuki": 1}, None],
        "exp": [AT - 61, AT - 10**6, AT + 10**9, str(AT + 600), True, 1e400, None],
        "nbf": [AT + 61, AT + 10**6, "soon"],
        "iat": [AT + 3600, str(AT), None],
        "sub": ["", 7, None, "a b", "x" * 129, "person\n17", "人"],
        "client_id": [None, "", 7],
        "jti": [None, "", 7],
        "agency": [None, "", 7, ["tokyo"]],
        "office": ["", 7, ["north"]],
        "roles": ["screener", {"screener": True}, [["screener"]], [7], ["a b"]],
    }.items():
        for value in values:
            yield f"{name} {str(value)[:30]!r}", token(**{name: value})
    yield "a life of a day", token(iat=AT - 60, exp=AT + 86400)
    yield "a life that ends before it begins", token(iat=AT + 30, exp=AT + 20)


def _broken() -> Iterator[tuple[str, str]]:
    good = token()
    head, body, signature = good.split(".")
    yield "nothing", ""
    yield "one word", "abracadabra"
    yield "only dots", ".."
    yield "four parts", f"{good}.x"
    yield "five parts, as if encrypted", f"{good}.x.y"
    yield "a part doubled", f"{head}.{head}.{body}.{signature}"
    yield "claims of another token", f"{head}.{token(sub='other').split('.')[1]}.{signature}"
    yield "claims that are a list", raw(header(), [1], ec(provider()[0]))
    yield "a header that is a list", raw([1], claims(), ec(provider()[0]))
    yield "no JSON", f"{b64(b'{')}.{body}.{signature}"
    yield "not UTF-8", f"{b64(bytes([255, 254]))}.{body}.{signature}"
    yield "a blank within", f"{head}. {body}.{signature}"
    yield "two tokens", f"{good} {good}"
    yield "a huge one", good + "A" * 10_000
    yield "a huge one, well signed", token(padding="A" * 20_000)
    yield "deep claims", f"{head}.{b64(b'[' * 3000)}.{signature}"
    yield "an API key that is none", "kizuki_0123456789abcdef_" + "A" * 43


FORGED = dict(forged())
