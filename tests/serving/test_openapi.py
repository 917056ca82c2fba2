"""The published file: current, valid, served, and one that Salesforce External Services takes.

The rules are those that Salesforce documents for its External Services, and bounds of our own that
keep the file far from them. An org to import it into is not to be had here.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from features.tables import TABLES, fields_of
from serving.openapi import PUBLISHED
from serving.openapi.document import document, published
from serving.operations import GET

FILE: dict[str, Any] = json.loads(PUBLISHED.read_text("utf-8"))
OPERATIONS = {
    (method, path): operation
    for path, methods in FILE["paths"].items()
    for method, operation in methods.items()
}
CASE_FILE_NAMES = {*TABLES, *(name for table in TABLES.values() for name in fields_of(table))}
APEX_RESERVED = """
abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by
byte case cast catch char class collect commit const continue convertcurrency currency date
datetime decimal default delete desc do double else end enum exception exit export extends
false final finally float for from future global goto group having hint if implements import
in inner insert instanceof int integer interface into join like limit list long loop map
merge new not null nulls number object of on or order outer override package parallel pragma
private protected public retrieve return rollback select set short sobject sort stat static
string super switch synchronized system testmethod then this throw time transaction trigger
true try undelete update upsert using virtual void webservice when where while
""".split()  # noqa: SIM905  # a list would take a page
RENAMED = {"type", "from"}  # RFC 9457's and the coverage's: Salesforce writes z0 before them
DECLARED = {"400", "404", "413", "415", "422", "503"}


def parts(of: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object within, with its place."""
    if isinstance(of, dict):
        yield at, of
        for name, inner in of.items():
            yield from parts(inner, f"{at}/{name}")
    elif isinstance(of, list):
        for index, inner in enumerate(of):
            yield from parts(inner, f"{at}/{index}")


def names() -> Iterator[str]:
    """Every name that becomes one in Apex or in a Flow."""
    for operation in OPERATIONS.values():
        yield operation["operationId"]
        parameters = operation.get("parameters", ())
        yield from (one["name"] for one in parameters if one["in"] != "header")
    for name, schema in FILE["components"]["schemas"].items():
        yield name
        yield from schema.get("properties", ())


def test_it_is_current() -> None:
    assert PUBLISHED.read_text("utf-8") == published(), "kizuki openapi writes it anew"


def test_it_is_valid() -> None:
    validate(FILE)
    assert FILE["openapi"] == "3.0.3"


def test_it_is_served(client: TestClient) -> None:
    reply = client.get("/v1/openapi.json")
    assert (reply.content, reply.headers["content-type"]) == (
        PUBLISHED.read_bytes(),
        "application/json",
    )


def test_it_is_small() -> None:
    assert len(PUBLISHED.read_text("utf-8")) <= 3_000_000 / 10  # where YAML ends, with room
    assert len(json.dumps(FILE, separators=(",", ":"))) <= 200_000  # of 10,000,000
    assert len(OPERATIONS) <= 40  # of 3,000
    assert len(FILE["components"]["schemas"]) <= 100  # of 3,000


def test_it_has_no_unions_and_nothing_of_later_versions() -> None:
    refused = {"oneOf", "anyOf", "allOf", "not", "discriminator", "const", "prefixItems", "$defs"}
    for place, part in parts(FILE):
        assert not refused & part.keys(), place
        assert isinstance(part.get("type", ""), str | dict), place


def test_a_reference_stands_alone() -> None:
    for place, part in parts(FILE):
        assert "$ref" not in part or len(part) == 1, place


def test_every_object_is_named_and_no_list_is_of_lists() -> None:
    for place, part in parts(FILE):
        if part.get("type") == "object":
            assert re.fullmatch(r"/components/schemas/\w+", place), place
        if part.get("type") == "array":
            assert part["items"].get("type") != "array", place


def test_a_get_has_no_body() -> None:
    assert not [at for at, o in OPERATIONS.items() if at[0] == GET.lower() and "requestBody" in o]


def test_no_answer_needs_a_header_to_be_understood() -> None:
    assert not [place for place, part in parts(FILE) if "headers" in part]


def test_it_speaks_json_only() -> None:
    told = {kind for _, part in parts(FILE) for kind in part.get("content", ())}
    assert told == {"application/json"}


def test_every_operation_has_a_name_of_its_own_and_declares_its_problems() -> None:
    assert len({o["operationId"] for o in OPERATIONS.values()}) == len(OPERATIONS)
    for at, operation in OPERATIONS.items():
        told = {
            status: reply["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            for status, reply in operation["responses"].items()
        }
        assert told.keys() >= DECLARED, at
        assert {told[s] for s in told if s >= "400"} == {"Problem"}, at
        assert len([s for s in told if s < "300"]) == 1, at


@pytest.mark.parametrize("name", sorted(set(names())))
def test_a_name_is_one_that_apex_can_spell(name: str) -> None:
    """Those of the case file keep their underscore, which Apex is shown as x5f."""
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name) or name in CASE_FILE_NAMES
    assert name.lower() not in APEX_RESERVED or name in RENAMED


def test_descriptions_are_shorter_than_where_they_are_cut() -> None:
    told = [part["description"] for _, part in parts(FILE) if "description" in part]
    assert max(len(words) for words in told if isinstance(words, str)) <= 1000


def test_every_table_and_field_of_the_case_file_is_in_it() -> None:
    schemas = FILE["components"]["schemas"]
    for name, table in TABLES.items():
        row = schemas["CaseFile"]["properties"][name]["items"]["$ref"].rpartition("/")[2]
        assert list(schemas[row]["properties"]) == list(fields_of(table))
        required = {name for name, field in fields_of(table).items() if field.required}
        assert set(schemas[row]["required"]) == required


def test_two_shapes_of_one_name_are_noticed() -> None:
    from serving.endpoints import model, score
    from serving.openapi.shapes import shape_schemas
    from serving.shape import Shape

    class Model(Shape):
        """Another shape of a name that is taken."""

        a: int

    with pytest.raises(ValueError, match="one name"):
        shape_schemas([Model], [score.Response, model.Response])


def test_it_is_made_the_same_each_time() -> None:
    assert document() == document()
