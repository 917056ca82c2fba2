"""Whatever is said to be a token or key is taken or refused, soon, and nothing else happens."""

import json
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from joserfc.jwk import KeySet

from features.errors import KizukiError
from serving.who.asker import Asker
from serving.who.id_tokens import Meaning, read_id_token
from serving.who.keys import Kept, look_up, make_key, read_kept
from serving.who.tokens import Claims, Refused, Tokens, read_keys
from tests.serving.desks import NOW
from tests.who.tokens import AUDIENCE, ISSUER, b64, claims, ec, header, provider, raw, token

NONCE = "nonce-1"
KEYS = KeySet(list(provider()))
TOKENS = Tokens(KEYS, ISSUER, AUDIENCE, lambda: NOW)
MEANING = Meaning({}, {}, frozenset({"mfa"}))
SIGN = ec(provider()[0])
A_HANG = timedelta(seconds=20)  # a busy machine takes none of them for one
DEEP = b"[" * 5000  # lists within lists, in fewer characters than a token may have

by_chance = settings(
    max_examples=10_000 if "KIZUKI_SLOW" in os.environ else 300,
    deadline=A_HANG,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=4,
)
texts = st.text(st.characters(), max_size=200)  # half characters as well, which JSON can spell


def changed(said: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """With some of its members changed into anything, and others taken out or put in."""
    names = st.sampled_from([*said, "nbf", "crit", "azp", "jku", "b64", "acr"])
    gone = st.sets(names, max_size=2)
    other = st.dictionaries(names | st.text(max_size=5), anything, max_size=3)
    return st.builds(
        lambda gone, other: {n: v for n, v in said.items() if n not in gone} | other, gone, other
    )


def as_json(said: Any) -> bytes:
    return json.dumps(said).encode()


def signed(said_header: bytes, said_claims: bytes) -> str:
    """A token of whatever bytes, with the provider's own signature."""
    told = f"{b64(said_header)}.{b64(said_claims)}"
    return f"{told}.{b64(SIGN(told.encode()))}"


def cut(said: str) -> st.SearchStrategy[str]:
    """With some of it replaced by any text."""
    places = st.tuples(st.integers(0, len(said)), st.integers(0, len(said)))
    return st.builds(
        lambda place, text: said[: min(place)] + text + said[max(place) :], places, texts
    )


def as_token(said_header: dict[str, Any], said_claims: dict[str, Any]) -> st.SearchStrategy[str]:
    """Any text, and a good token that was changed in one way or another, well signed or not."""
    good = raw(said_header, said_claims, SIGN)
    return st.one_of(
        texts,
        cut(good),
        st.builds(signed, st.binary(max_size=50), st.binary(max_size=50)),
        st.builds(raw, changed(said_header), changed(said_claims), st.just(SIGN)),
        st.builds(raw, st.just(said_header), changed(said_claims), st.just(SIGN)),
    )


def of_a_person(**changed: Any) -> dict[str, Any]:
    return claims(client_id=None, jti=None, amr=["pwd", "mfa"], nonce=NONCE, **changed)


@given(as_token(header(), claims()))
@example(token())
@example(signed(DEEP, b"{}"))
@example(signed(as_json(header()), DEEP))
@by_chance
def test_an_access_token_is_taken_or_refused(said: str) -> None:
    with suppress(Refused):
        assert isinstance(TOKENS.read(said), Claims)


@given(as_token(header(typ="JWT"), of_a_person()))
@example(raw(header(typ="JWT"), of_a_person(), SIGN))
@example(raw(header(typ="JWT"), of_a_person(acr=[["mfa"]]), SIGN))
@example(signed(DEEP, b"{}"))
@example(signed(as_json(header(typ="JWT")), DEEP))
@by_chance
def test_an_id_token_is_taken_or_refused(said: str) -> None:
    wanted = {"iss": ISSUER, "aud": AUDIENCE, "nonce": NONCE}
    with suppress(Refused):
        assert isinstance(read_id_token(said, KEYS, wanted, NOW, MEANING), Asker)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """An API key, and the file that keeps it."""
    path = tmp_path_factory.mktemp("keys") / "api_keys"
    return make_key(path, "case-system", "tokyo", "north", NOW + timedelta(days=1))[0], path


@given(data=st.data())
@by_chance
def test_an_api_key_is_taken_or_refused(data: st.DataObject, made: tuple[str, Path]) -> None:
    key, path = made
    said = data.draw(texts | cut(key))
    with suppress(Refused):
        assert isinstance(look_up(read_kept(path), said, NOW), Kept)
        assert said.partition("_")[2] == key.partition("_")[2]


@given(data=st.data())
@by_chance
def test_a_file_of_api_keys_is_read_or_refused_by_its_line(
    data: st.DataObject, made: tuple[str, Path], tmp_path: Path
) -> None:
    key, path = made
    kept = json.loads(path.read_text())
    line = st.binary(max_size=50) | (anything | changed(kept)).map(as_json)
    (tmp_path / "api_keys").write_bytes(data.draw(line))
    with suppress(KizukiError):
        keys = read_kept(tmp_path / "api_keys")
        with suppress(Refused):
            assert look_up(keys, key, NOW).hash == kept["hash"]


@given(data=st.data())
@by_chance
def test_a_file_of_a_providers_keys_is_read_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    one = changed(provider()[0].as_dict(private=False))
    files = anything | st.fixed_dictionaries({"keys": anything | st.lists(one | anything)})
    (tmp_path / "keys.json").write_bytes(data.draw(st.binary(max_size=50) | files.map(as_json)))
    with suppress(KizukiError):
        assert isinstance(read_keys(tmp_path / "keys.json"), KeySet)
