"""Tokens: who a good one says asks, and more than a hundred that are refused."""

import json
import socket
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.datastructures import Headers

from features.errors import KizukiError
from serving.problems import Problem
from serving.who.asker import Asker
from serving.who.doorman import Asking
from serving.who.tokens import read_keys
from tests.who.tokens import AT, FORGED, claims, ec, header, provider, raw, signed, token

SCREENER = Asker("person-17", frozenset({"screener"}), "tokyo", "north", through="case-system")


def bearer(credential: str) -> Headers:
    return Headers({"authorization": f"Bearer {credential}"})


def refusal(asking: Asking, credential: str) -> str:
    with pytest.raises(Problem) as refused:
        asking(bearer(credential))
    assert refused.value.kind.status == 401
    assert dict(refused.value.headers) == {"www-authenticate": 'Bearer realm="kizuki"'}
    return refused.value.detail


@pytest.mark.parametrize("wrong", FORGED)
def test_a_forged_or_foreign_token_is_refused(
    wrong: str, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def called(*given: Any) -> Any:
        raise AssertionError("a token made the desk look for a key outside")

    monkeypatch.setattr(socket.socket, "connect", called)
    credential = FORGED[wrong]
    told = refusal(asking, credential)
    assert len(told) < 200
    assert not credential or credential[:40] not in told


@pytest.mark.parametrize(
    ("credential", "why"),
    [
        (token(exp=AT - 61), "it has expired"),
        (token(exp=AT + 24 * 3600), "it lives longer than 3600 seconds"),
        (token(roles="screener"), "its roles are no list of words"),
        (token(roles=["screener", 7]), "its roles are no list of words"),
        (signed(typ="JWT"), "it is no access token (typ at+jwt)"),
        (signed(kid=7), "its header names more, or less, than algorithm, type and key"),
        (signed(jku="x"), "its header names more, or less, than algorithm, type and key"),
        (token(sub=None), "it is not one of ours"),
        (token(iss="other"), "it is not one of ours"),
        (token(jti="x" * 9000), "it is longer than any token of ours"),
    ],
    ids=["expired", "long life", "a role", "a number", "type", "key", "url", "nobody", "issuer",
         "length"],
)  # fmt: skip
def test_who_is_refused_is_told_why_without_a_word_of_the_token(
    credential: str, why: str, asking: Asking
) -> None:
    assert refusal(asking, credential) == f"The token or key: {why}."


def test_the_corpus_is_what_was_promised() -> None:
    assert len(set(FORGED.values())) >= 100


@pytest.mark.parametrize(
    ("said", "asker"),
    [
        ({}, SCREENER),
        (
            {"roles": ["screener", "supervisor", "offline_access"]},
            replace(SCREENER, roles=frozenset({"screener", "supervisor"})),
        ),
        ({"roles": None}, replace(SCREENER, roles=frozenset())),
        # No token makes a person a system, or somebody who was not asked.
        ({"roles": ["service", "unasked"]}, replace(SCREENER, roles=frozenset())),
        # A system that asks for itself has no person's rights, whatever its token says.
        (
            {"sub": "case-system", "roles": ["supervisor", "auditor"], "office": None},
            Asker("case-system", frozenset({"service"}), "tokyo"),
        ),
        ({"aud": ["other", "kizuki"]}, SCREENER),
        ({"exp": AT - 59}, SCREENER),
        ({"nbf": AT + 59}, SCREENER),
    ],
    ids=["a screener", "two roles", "none", "roles that are no person's", "a system",
         "for several", "just expired", "nearly valid"],
)  # fmt: skip
def test_who_a_token_says_asks(said: dict[str, Any], asker: Asker, asking: Asking) -> None:
    assert asking(bearer(token(**said))) == asker


def test_either_key_of_the_provider_is_known(asking: Asking) -> None:
    by_rsa = jwt.encode(
        header(alg="RS256", kid="rsa-1"), claims(), provider()[1], default_type=None
    )
    assert asking(bearer(by_rsa)).person == "person-17"


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
def test_the_scheme_is_not_spelt_in_one_way(scheme: str, asking: Asking) -> None:
    assert asking(Headers({"authorization": f"{scheme} {token()}"})).person == "person-17"


@pytest.mark.parametrize(
    "headers",
    [[], [("authorization", token())], [("authorization", "Basic dXNlcjpwYXNz")],
     [("authorization", f"Bearer {token()}"), ("authorization", f"Bearer {token()}")],
     [("x-api-key", token())], [("cookie", f"token={token()}")]],
    ids=["nothing", "no scheme", "another scheme", "twice", "another header", "a cookie"],
)  # fmt: skip
def test_who_says_it_in_another_way_is_not_heard(headers: Any, asking: Asking) -> None:
    with pytest.raises(Problem) as refused:
        asking(Headers(raw=[(name.encode(), said.encode()) for name, said in headers]))
    assert refused.value.code == "unauthenticated"


@pytest.mark.parametrize("gone", ["person-17", "case-system", "token-1"])
def test_what_was_revoked_is_out_at_once(gone: str, asking: Asking, tmp_path: Path) -> None:
    assert asking(bearer(token())).person == "person-17"
    (tmp_path / "revoked").write_text(f"somebody-else\n{gone}\n")
    assert refusal(asking, token()) == "The token or key: it was revoked."


def test_a_key_of_the_provider_that_is_gone_opens_nothing(asking: Asking, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    left = [key for key in json.loads(keys.read_text())["keys"] if key["kid"] != "ec-1"]
    keys.write_text(json.dumps({"keys": left}))
    assert refusal(asking, token()) == "The token or key: it is not one of ours."


def test_a_file_that_breaks_changes_nothing(asking: Asking, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    assert asking(bearer(token())).person == "person-17"


def test_a_token_is_told_apart_by_its_signature_alone(asking: Asking) -> None:
    """The corpus is refused for what is wrong with it: put right, it comes in."""
    assert asking(bearer(raw(header(), claims(), ec(provider()[0])))).person == "person-17"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "is no set of public keys"), ("[]", "is no set of public keys"),
        ('{"keys": []}', "is no set of public keys"), ('{"keys": [7]}', "is no set of public keys"),
        ({"d": "secret"}, "it holds a secret"),
        ({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}, "it holds a secret"),
        ({"alg": None}, "name each key's kid"), ({"alg": "none"}, "name each key's kid"),
        ({"alg": "HS256"}, "name each key's kid"), ({"kid": None}, "name each key's kid"),
    ],
)  # fmt: skip
def test_a_file_of_other_keys_is_refused(said: Any, why: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    if isinstance(said, dict):
        said = json.dumps({"keys": [{**provider()[0].as_dict(private=False), **said}]})
    path.write_text(said)
    with pytest.raises(KizukiError, match=why) as refused:
        read_keys(path)
    assert "secret" not in str(refused.value).replace("it holds a secret", "")
    assert "c2Vj" not in str(refused.value)


def test_two_keys_of_one_name_are_refused(tmp_path: Path) -> None:
    key = provider()[0].as_dict(private=False)
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [key, key]}))
    with pytest.raises(KizukiError, match="two keys have one kid"):
        read_keys(tmp_path / "keys.json")


def test_a_small_key_is_refused(tmp_path: Path) -> None:
    with warnings.catch_warnings(action="ignore"):
        small = RSAKey.generate_key(1024, {"kid": "small", "alg": "RS256"}).as_dict(private=False)
        (tmp_path / "keys.json").write_text(json.dumps({"keys": [small]}))
        with pytest.raises(KizukiError, match="fewer than 2048 bits"):
            read_keys(tmp_path / "keys.json")
