"""JSON that two readers could read differently is refused; the rest is read as it stands."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.strict_json import DEEPEST, LARGEST_INTEGER, Malformed, canonical, parse

REFUSED = {
    "nothing": b"",
    "blank": b" \n",
    "cut off": b'{"a": [1, 2',
    "trailing data": b'{"a": 1} {"b": 2}',
    "trailing comma": b"[1,]",
    "single quotes": b"{'a': 1}",
    "a comment": b"[1 /* one */]",
    "NaN": b'{"a": NaN}',
    "Infinity": b"[Infinity]",
    "minus Infinity": b"[-Infinity]",
    "an overflowing float": b"[1e999]",
    "an overflowing negative float": b"[-1e999]",
    "a large integer": b"[9007199254740992]",
    "a huge integer": b"[" + b"1" * 100_000 + b"]",
    "a leading zero": b"[01]",
    "a plus sign": b"[+1]",
    "a hexadecimal": b"[0x10]",
    "a name twice": b'{"a": 1, "a": 1}',
    "a name twice, one escaped": b'{"a": 1, "\\u0061": 2}',
    "a name twice, deep inside": b'[{"b": {"a": 1, "a": 2}}]',
    "too deep lists": b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
    "too deep objects": b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1),
    "absurdly deep": b"[" * 100_000,
    "deep after an open text": b'"\\"' + b"[" * 100_000,
    "half a surrogate pair": b'["\\ud800"]',
    "the other half": b'["\\udc00"]',
    "half a pair as a name": b'{"\\ud800": 1}',
    "a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte that is no UTF-8": b'["\xff"]',
    "an overlong encoding": b'["\xc0\xaf"]',
    "a raw control character": b'["a\x00b"]',
    "a raw line break": b'["a\nb"]',
}

RIGHT = '{"児童": "c\\u0031", "rows": [{"known": "2024-06-03", "seen": true, "x": -1e3}]}'.encode()
CORPUS = [
    *REFUSED.values(),
    *(RIGHT[:end] for end in range(len(RIGHT))),  # cut anywhere
    *(RIGHT.replace(b"true", other) for other in (b"True", b"TRUE", b"yes", b"nil", b"undefined")),
    *(RIGHT + after for after in (b",", b"}", b"\x00", RIGHT, b"// over", b"\xc2\xa0", b"\xff")),
    *(RIGHT.decode().encode(code) for code in ("utf-16", "utf-32", "shift_jis", "euc_jp")),
    b"[" + b",".join(b'{"a":1,"a":1}' for _ in range(10_000)) + b"]",
    b"{" + b",".join(b'"%d":1' % number for number in range(100_000)) + b',"0":1}',
    b"[" + b"9" * 2**20 + b"]",
    b"[0." + b"9" * 2**20 + b"e999]",
    b'{"' + b"a" * 2**20,
    b'"' + b"\\" * (2**20 - 1),
]

TAKEN = {
    "as deep as allowed": b"[" * DEEPEST + b"]" * DEEPEST,
    "brackets inside a text": json.dumps("[" * 100 + '"' + "{" * 100).encode(),
    "the largest integer": str(LARGEST_INTEGER).encode(),
    "a whole surrogate pair": b'"\\ud83d\\ude00"',
    "blanks around": b' \t\r\n{"a": 1}\n',
    "Japanese": '{"児童": "𠮷野"}'.encode(),
}

_PLAIN = st.none() | st.booleans() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.recursive(
    _PLAIN | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse(body)


def test_a_corpus_is_refused() -> None:
    assert len(set(CORPUS)) >= 120
    for body in CORPUS:
        with pytest.raises(Malformed):
            parse(body)


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_is_taken_as_it_stands(body: bytes) -> None:
    assert parse(body) == json.loads(body)


def test_the_words_tell_where_and_not_what() -> None:
    with pytest.raises(Malformed, match=r"^not JSON at line 2, column 12$"):
        parse(b'{"child":\n "Hanako", }')


@given(_VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    assert parse(canonical(value)) == value


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_equal_values_are_written_in_equal_bytes(value: dict[str, int]) -> None:
    other_order = dict(reversed(value.items()))
    assert canonical(value) == canonical(other_order)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_read_or_refused(body: bytes) -> None:
    with suppress(Malformed):
        assert parse(canonical(parse(body))) == parse(body)
