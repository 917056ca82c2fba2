"""The shape of everything that is asked and answered: strict, closed, spelt as in JSON."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from features.language.fields import Field
from features.reading import Refused, read_field
from serving.problems import FieldProblem, Problem, invalid
from serving.strict_json import canonical

MADE_ELSEWHERE = "madeElsewhere"  # in a schema: the name of the one that stands in its place


class Shape(BaseModel):
    """A JSON object with these fields and no others; errors about it never repeat a value."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        allow_inf_nan=False,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        strict=True,
        validate_by_alias=True,
        validate_by_name=True,
    )

    @property
    def json_bytes(self) -> bytes:
        """The object as canonical JSON, as it leaves."""
        return canonical(self.model_dump(by_alias=True, mode="json"))


AnyShape = TypeVar("AnyShape", bound=Shape)


def read_shape(shape: type[AnyShape], said: Any) -> AnyShape:
    """What was asked, as its shape; raises Problem that names every field that does not fit."""
    try:
        return shape.model_validate(said, by_name=False, by_alias=True)
    except ValidationError as problem:
        raise _told(problem) from None


def read_words(shape: type[AnyShape], said: Sequence[tuple[str, str]]) -> AnyShape:
    """What a path and a query say, as a shape: each name once, each value a text.

    Raises Problem that names every part that does not fit.
    """
    names = [name for name, _ in said]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise invalid(FieldProblem(name, "is given twice") for name in sorted(twice))
    try:
        return shape.model_validate_strings(dict(said), strict=False, by_name=False, by_alias=True)
    except ValidationError as problem:
        raise _told(problem) from None


def taken(field: Field, raw: object) -> object:
    """A value that a field of the case file takes too; raises ValueError with its reason."""
    try:
        return read_field(field, raw)
    except Refused as refused:
        raise ValueError(str(refused)) from None


def _told(problem: ValidationError) -> Problem:
    return invalid(
        FieldProblem(_place(error["loc"]), _reason(error["msg"]))
        for error in problem.errors(include_url=False, include_input=False)
    )


def _place(parts: tuple[int | str, ...]) -> str:
    named = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return named.removeprefix(".") or "body"


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
