"""What of a published file a client of the file before it could not live with."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
KIND = ("type", "format")  # of a value: what a client reads it as


class Compared:
    """Two files of the API, the one before and the one after."""

    def __init__(self, before: Json, after: Json) -> None:
        self._before, self._after = before, after
        self._seen: set[tuple[str, str, bool]] = set()

    def breaking(self) -> Iterator[str]:
        """Each place of the file before that does not hold any more, with what is wrong with it."""
        for path, methods in self._before["paths"].items():
            for method, was in methods.items():
                now = self._after["paths"].get(path, {}).get(method)
                at = f"{method.upper()} {path}"
                yield from [f"{at}: gone"] if now is None else self._operation(at, was, now)

    def _operation(self, at: str, was: Json, now: Json) -> Iterator[str]:
        if was["operationId"] != now["operationId"]:
            yield f"{at}: has another name"
        if was.get("security") == [] != now.get("security"):
            yield f"{at}: asks who asks"
        yield from self._asked(at, _parameters(was), _parameters(now))
        yield from self._body(at, was.get("requestBody"), now.get("requestBody"))
        for status, reply in was["responses"].items():
            if status not in now["responses"]:
                yield f"{at}: {status} gone"
            else:
                told = _schema(reply), _schema(now["responses"][status])
                yield from self._value(f"{at} {status}", *told, asked=False)

    def _body(self, at: str, was: Json | None, now: Json | None) -> Iterator[str]:
        if was and now:
            yield from self._value(f"{at} body", _schema(was), _schema(now), asked=True)
        elif was:
            yield f"{at} body: gone"
        elif now and now.get("required"):
            yield f"{at} body: newly required"

    def _asked(self, at: str, was: Json, now: Json) -> Iterator[str]:
        """Members of what is asked: each still taken, and no more of them required."""
        for name in was["properties"]:
            if name not in now["properties"]:
                yield f"{at} {name}: gone"
            else:
                both = was["properties"][name], now["properties"][name]
                yield from self._value(f"{at} {name}", *both, asked=True)
        for name in sorted({*now["required"]} - {*was["required"]}):
            yield f"{at} {name}: newly required"

    def _told(self, at: str, was: Json, now: Json) -> Iterator[str]:
        """Members of what is answered: each still told, and always where it always was."""
        for name in was["properties"]:
            if name not in now["properties"]:
                yield f"{at} {name}: gone"
            else:
                both = was["properties"][name], now["properties"][name]
                yield from self._value(f"{at} {name}", *both, asked=False)
        kept = {*was["required"]} & now["properties"].keys()
        for name in sorted(kept - {*now["required"]}):
            yield f"{at} {name}: no longer always told"

    def _value(self, at: str, was: Json, now: Json, asked: bool) -> Iterator[str]:
        names = was.get("$ref", ""), now.get("$ref", "")
        if names[0] and (*names, asked) in self._seen:
            return
        self._seen.add((*names, asked))
        was, now = _resolved(self._before, was), _resolved(self._after, now)
        if any(was.get(kind) != now.get(kind) for kind in KIND):
            yield f"{at}: another type"
            return
        if not asked and now.get("nullable") and not was.get("nullable"):
            yield f"{at}: may be null"
        if asked:
            yield from _narrower(at, was, now)
        if "items" in was:
            yield from self._value(f"{at}[]", was["items"], now["items"], asked)
        if "properties" in was:
            members = self._asked if asked else self._told
            yield from members(at, {"required": [], **was}, {"required": [], **now})


def _narrower(at: str, was: Json, now: Json) -> Iterator[str]:
    """Values that were taken and are not any more."""
    if was.get("nullable") and not now.get("nullable"):
        yield f"{at}: may not be null"
    for code in was.get("enum", ()):
        if code not in now.get("enum", (code,)):
            yield f"{at}: {code} is not taken"
    if "enum" in now and "enum" not in was:
        yield f"{at}: takes only some values"
    for bound, way in {"minimum": 1, "minLength": 1, "minItems": 1,
                       "maximum": -1, "maxLength": -1, "maxItems": -1}.items():  # fmt: skip
        if bound in now and (bound not in was or way * now[bound] > way * was[bound]):
            yield f"{at}: a narrower {bound}"
    if "pattern" in now and was.get("pattern") != now["pattern"]:
        yield f"{at}: another pattern"


def _parameters(operation: Json) -> Json:
    """The parameters as if they were members of one object."""
    told = {f"{one['in']} {one['name']}": one for one in operation.get("parameters", ())}
    return {
        "properties": {name: one["schema"] for name, one in told.items()},
        "required": [name for name, one in told.items() if one["required"]],
    }


def _schema(body: Json) -> Json:
    return dict(body["content"]["application/json"]["schema"])


def _resolved(file: Json, schema: Json) -> Json:
    while "$ref" in schema:
        schema = file["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema
