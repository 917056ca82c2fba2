"""The published file, made from the operations, their shapes and the tables of the case file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from serving.keys import HEADER as KEY_HEADER
from serving.keys import SHAPE as KEY_SHAPE
from serving.openapi import VERSION
from serving.openapi.case_file import Schema, case_file_schemas, reference
from serving.openapi.shapes import shape_name, shape_schemas
from serving.operations import JSON, OPERATIONS, Operation
from serving.problem_shape import ProblemShape
from serving.problems import KINDS
from serving.shape import Shape
from serving.who.asker import PURPOSES

ABOUT = (
    "Kizuki scores the risk that a child reported to a child-protection office will come to harm, "
    "and says why. It advises; a person decides. A missing score never means a low one."
)
_KEY: Schema = {
    "name": KEY_HEADER,
    "in": "header",
    "required": False,
    "description": "Sent again under the same key, a request is answered with the same bytes.",
    "schema": {"type": "string", "pattern": f"^{KEY_SHAPE}$"},
}
BEARER: Schema = {
    "type": "http",
    "scheme": "bearer",
    "description": (
        "An access token (RFC 9068) or an API key. Say beside it, in the header Purpose-Of-Use, "
        f"what the answer is for: {', '.join(PURPOSES)}."
    ),
}


def document(operations: Sequence[Operation] = OPERATIONS) -> Schema:
    """The file as JSON."""
    told = [operation for operation in operations if operation.response]
    asked = [operation.request for operation in told if operation.request]
    answered = [operation.response for operation in told if operation.response]
    schemas = {**shape_schemas(asked, [*answered, ProblemShape]), **case_file_schemas()}
    paths: dict[str, Schema] = {}
    for operation in told:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Kizuki", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"bearer": BEARER},
        },
    }


def published() -> str:
    """The text of the file."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _operation(operation: Operation) -> Schema:
    assert operation.response
    answer = {str(operation.status): _reply(operation.about, operation.response)}
    said: Schema = {
        "operationId": operation.name,
        "description": operation.about,
        "responses": {**answer, **_problems()},
    }
    if operation.action is None:
        said["security"] = []
    parameters = list(_parameters(operation.path, operation.place)) if operation.place else []
    if operation.request:
        parameters.append(_KEY)
        said["requestBody"] = {"required": True, "content": _content(operation.request)}
    return {**said, "parameters": parameters} if parameters else said


def _parameters(path: str, place: type[Shape]) -> Iterator[Schema]:
    schema = shape_schemas([place], [])[shape_name(place)]
    in_path = set(re.findall(r"{(\w+)}", path))
    for name, about in schema["properties"].items():
        required = name in schema.get("required", ())
        plain = {key: value for key, value in about.items() if key != "nullable"}
        yield {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": required,
            "schema": plain,
        }


def _problems() -> Mapping[str, Schema]:
    """Every status that can be told instead; all have one shape."""
    titles: dict[int, list[str]] = {}
    for kind in KINDS.values():
        titles.setdefault(kind.status, []).append(kind.title)
    return {
        str(status): _reply(f"{'; '.join(titles[status])}.", ProblemShape)
        for status in sorted(titles)
    }


def _reply(about: str, shape: type[Shape]) -> Schema:
    return {"description": about, "content": _content(shape)}


def _content(shape: type[Shape]) -> Schema:
    return {JSON: {"schema": reference(shape_name(shape))}}
