"""JSON read strictly (RFC 8259 and I-JSON, RFC 7493), and written in one way only.

The library's reader takes NaN, the last of two equal names, and any depth; a case file read so
could mean something else to the sender.
"""

import json
import re
from collections.abc import Iterable
from math import isinf
from typing import Any, NoReturn

DEEPEST = 32
LARGEST_INTEGER = 2**53 - 1  # beyond it, readers that use doubles disagree
_TEXTS_AND_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


class Malformed(ValueError):
    """Not JSON as it must be; the words say why, and where, and never repeat the value."""


def parse(body: bytes) -> Any:
    """What a JSON text says; raises Malformed for one that two readers could read differently."""
    text = _decoded(body)
    _check_depth(text)
    try:
        said = json.loads(
            text,
            object_pairs_hook=_named_once,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_exact,
        )
        canonical(said)
    except json.JSONDecodeError as problem:
        raise Malformed(f"not JSON at line {problem.lineno}, column {problem.colno}") from None
    except UnicodeEncodeError:
        raise Malformed("half of a surrogate pair stands alone") from None
    return said


def canonical(value: Any) -> bytes:
    """The one way to write a value: names sorted, no blanks, UTF-8; equal values, equal bytes."""
    text = json.dumps(
        value, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return text.encode()


def _decoded(body: bytes) -> str:
    if body.startswith(b"\xef\xbb\xbf"):
        raise Malformed("begins with a byte order mark")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Malformed(f"not UTF-8 at byte {problem.start}") from None


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the reader, which calls itself, sees it."""
    depth = 0
    for found in _TEXTS_AND_BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        if depth > DEEPEST:
            raise Malformed(f"nested deeper than {DEEPEST}")


def _named_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Malformed("a name is given twice in one object")
        found[name] = value
    return found


def _no_constant(constant: str) -> NoReturn:
    raise Malformed("NaN and Infinity are not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise Malformed("a number is out of range")
    return number


def _exact(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise Malformed("a number is out of range")
    return int(digits)
