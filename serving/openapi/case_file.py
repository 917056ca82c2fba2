"""The case file as schemas: an object for each table, made from the tables themselves."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from features.language.fields import Choice, Day, Field, Flag, Number
from features.language.rows import Table
from features.reading import LONGEST_IDENTIFIER
from features.tables import TABLES, fields_of

Schema = dict[str, Any]
CASE_FILE, COVERAGE, COVERED, EVENT_ROW = "CaseFile", "Coverage", "Covered", "EventRow"
_WHOLE = (
    "Rows by table. An empty table says that nothing happened, one that is left out that the "
    "office does not record this."
)
_SPAN = "From which day on, until which, and in which kinds the office records a table."
_ANY_ROW = "A row of any table, or what an event says of one: which fields it has, its table says."
_COVERED: Mapping[str, Schema] = {
    "from": {"type": "string", "format": "date"},
    "to": {"type": "string", "format": "date"},
    "kinds": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}


def case_file_schemas() -> Mapping[str, Schema]:
    """The schemas of a case file and its coverage, by name."""
    return {
        CASE_FILE: closed(_WHOLE, {name: _listed(table) for name, table in TABLES.items()}),
        **{_row_name(table): _row(table) for table in TABLES.values()},
        EVENT_ROW: closed(_ANY_ROW, _any_row()),
        COVERAGE: closed("Coverage by table.", {name: reference(COVERED) for name in TABLES}),
        COVERED: closed(_SPAN, _COVERED),
    }


def reference(name: str) -> Schema:
    """A reference to a schema of the file."""
    return {"$ref": f"#/components/schemas/{name}"}


def closed(about: str, properties: Mapping[str, Schema], *required: str) -> Schema:
    """An object of these properties and no others."""
    schema: Schema = {
        "type": "object",
        "description": about,
        "additionalProperties": False,
        "properties": dict(properties),
    }
    return {**schema, "required": list(required)} if required else schema


def _listed(table: Table) -> Schema:
    return {"type": "array", "items": reference(_row_name(table))}


def _any_row() -> Schema:
    """The fields of all tables; where tables differ in the codes of one, it is any text."""
    fields: dict[str, Schema] = {}
    for table in TABLES.values():
        for name, field in fields_of(table).items():
            said = {**_values(field), "nullable": True}
            if said != fields.setdefault(name, said):
                fields[name] = {"type": "string", "nullable": True}
    return {**fields, **_COVERED}


def _row_name(table: Table) -> str:
    return f"{type(table).__name__}Row"


def _row(table: Table) -> Schema:
    fields = fields_of(table)
    properties = {name: _field(field) for name, field in fields.items()}
    required = [name for name, field in fields.items() if field.required]
    return closed(f"{table.words.ja}: {table.words.en}.", properties, *required)


def _field(field: Field) -> Schema:
    said = {**_values(field), "description": f"{field.words.ja}: {field.words.en}"}
    return said if field.required else {**said, "nullable": True}


@singledispatch
def _values(field: Field) -> Schema:  # persons, codes, names, references
    return {"type": "string", "minLength": 1, "maxLength": LONGEST_IDENTIFIER}


@_values.register
def _choice(field: Choice) -> Schema:
    codes: list[str | None] = list(field.allowed)
    return {"type": "string", "enum": codes if field.required else [*codes, None]}


@_values.register
def _number(field: Number) -> Schema:
    return {"type": "number", "minimum": field.least, "maximum": field.most}


@_values.register
def _flag(field: Flag) -> Schema:
    return {"type": "boolean"}


@_values.register
def _day(field: Day) -> Schema:
    return {"type": "string", "format": "date"}
