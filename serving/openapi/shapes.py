"""Shapes as schemas of OpenAPI 3.0, which knows neither the type null nor const.

What may be null says so itself (`nullable`), an object too: beside a reference nothing counts in
3.0, and a union (oneOf, anyOf, allOf) is what Salesforce's Flow cannot read.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from serving.openapi.case_file import Schema, reference
from serving.shape import MADE_ELSEWHERE, Shape

_REFERENCE = "#/components/schemas/{model}"
_MODE = Literal["validation", "serialization"]


class _Schemas(GenerateJsonSchema):
    """Pydantic's schemas, spelt for 3.0."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        said = self.generate_inner(schema["schema"])
        if "enum" in said:
            said = {**said, "enum": [*said["enum"], None]}
        return {**said, "nullable": True}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        return {"type": "string", "enum": list(schema["expected"])}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])  # "may be left out" says enough


def shape_schemas(
    asked: Iterable[type[Shape]], answered: Iterable[type[Shape]]
) -> Mapping[str, Schema]:
    """The schemas of these shapes and of all within them, by name."""
    shapes: list[tuple[type[Shape], _MODE]] = [
        *((shape, "validation") for shape in asked),
        *((shape, "serialization") for shape in answered),
    ]
    _, found = models_json_schema(
        list(dict.fromkeys(shapes)), schema_generator=_Schemas, ref_template=_REFERENCE
    )
    names = {key: schema["title"] for key, schema in found["$defs"].items()}
    if len(set(names.values())) < len(names):
        raise ValueError(f"two shapes have one name: {sorted(names.values())}")
    schemas = {names[key]: _plain(schema, names) for key, schema in found["$defs"].items()}
    for name in _named_with_null(schemas.values()):
        schemas[name]["nullable"] = True
    return schemas


def shape_name(shape: type[Shape]) -> str:
    """The name of a shape in the file."""
    return shape.model_config.get("title") or shape.__name__


def _plain(part: Any, names: Mapping[str, str]) -> Any:
    """The same without titles, and with the names of the file in its references."""
    if isinstance(part, list):
        return [_plain(item, names) for item in part]
    if not isinstance(part, dict):
        return part
    if MADE_ELSEWHERE in part:
        return reference(part[MADE_ELSEWHERE])
    if "$ref" in part:
        return {**part, **reference(names[part["$ref"].rpartition("/")[2]])}
    return {
        name: _plain(inner, names)
        for name, inner in part.items()
        if not (name == "title" and isinstance(inner, str))
    }


def _named_with_null(parts: Iterable[Any]) -> Iterable[str]:
    """Take `nullable` from beside each reference, and tell what it referred to."""
    for part in parts:
        if isinstance(part, dict):
            if "$ref" in part and part.pop("nullable", False):
                yield part["$ref"].rpartition("/")[2]
            yield from _named_with_null(list(part.values()))
        elif isinstance(part, list):
            yield from _named_with_null(part)
