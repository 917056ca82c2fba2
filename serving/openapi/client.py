"""Writes the client: its types by datamodel-code-generator, its calls one for each operation."""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from serving.openapi import PUBLISHED

SHAPES, CALLS = "shapes.py", "calls.py"
FOLDER = Path(__file__).parent.parent / "client"
_OPTIONS = (
    "--input-file-type=openapi", "--output-model-type=pydantic_v2.BaseModel",
    "--target-python-version=3.11", "--snake-case-field", "--allow-population-by-field-name",
    "--disable-timestamp", "--use-schema-description", "--strict-nullable",
    "--enum-field-as-literal=all", "--extra-fields=ignore", "--formatters=builtin",
    "--use-annotated", "--field-constraints", "--use-standard-collections", "--use-union-operator",
)  # fmt: skip
_HEADER = '"""{what} of the API, written from the published file by `make client`."""'
_HEAD = """\
{header}

from serving.client import shapes
from serving.client.asking import Asking


class Kizuki(Asking):
    \"\"\"A desk, asked over HTTP: a method for each operation of the published file.\"\"\"
"""
_CALL = '''
    def {name}(self, {given}) -> shapes.{answer}:
        """{about}"""
        return self.ask("{method}", f"{path}", shapes.{answer}, {handed})
'''


def write_client(folder: Path = FOLDER, published: Path = PUBLISHED) -> None:
    """Write types and calls of a published file into a folder."""
    (folder / SHAPES).write_text(_shapes(published), encoding="utf-8")
    told = json.loads(published.read_text("utf-8"))["paths"]
    calls = [_call(path, method, o) for path, of in told.items() for method, o in of.items()]
    head = _HEAD.format(header=_HEADER.format(what="Calls"))
    text = (head + "".join(calls)).replace(", )", ")")
    (folder / CALLS).write_text(text, encoding="utf-8")


def _shapes(published: Path) -> str:
    """What the generator writes, far from any settings that it would take for its own."""
    with TemporaryDirectory() as apart:
        path = Path(apart) / SHAPES
        command = [
            str(Path(sys.executable).with_name("datamodel-codegen")),
            *(f"--input={published}", f"--output={path}", *_OPTIONS),
            f"--custom-file-header={_HEADER.format(what='Types')}",
        ]
        subprocess.run(command, check=True, cwd=apart)  # noqa: S603  # installed beside us
        return path.read_text("utf-8")


def _call(path: str, method: str, operation: dict[str, Any]) -> str:
    given, handed = [], []
    parameters = operation.get("parameters", [])
    queries = [p for p in parameters if p["in"] == "query"]
    given += [f"{_snake(p['name'])}: str" for p in parameters if p["in"] == "path"]
    if body := operation.get("requestBody"):
        given += [f"request: shapes.{_shape(body)}", "*", "key: str | None = None"]
        handed += ["request=request", "key=key"]
    if queries:
        given += [
            "*",
            *(f"{_snake(p['name'])}: {_TYPES[p['schema']['type']]} | None = None" for p in queries),
        ]
        pairs = ", ".join(f'"{p["name"]}": {_snake(p["name"])}' for p in queries)
        handed.append(f"query={{{pairs}}}")
    return _CALL.format(
        name=_snake(operation["operationId"]),
        given=", ".join(given),
        answer=_shape(next(r for s, r in operation["responses"].items() if s < "300")),
        about=operation["description"],
        method=method.upper(),
        path=re.sub(r"{(\w+)}", lambda found: f"{{self.part({_snake(found[1])})}}", path),
        handed=", ".join(handed),
    )


_TYPES = {"integer": "int", "string": "str", "boolean": "bool"}


def _shape(told: dict[str, Any]) -> str:
    reference: str = told["content"]["application/json"]["schema"]["$ref"]
    return reference.rpartition("/")[2]


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


if __name__ == "__main__":
    write_client()
