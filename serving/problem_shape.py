"""The shape of a problem, as it is told and published."""

from serving.problems import Problem
from serving.shape import Shape


class FieldProblemShape(Shape, title="FieldProblem"):
    """What is wrong with one field: its place in the request, and why."""

    field: str
    reason: str


class ProblemShape(Shape, title="Problem"):
    """Why there is no answer (RFC 9457).

    `code` is stable; `instance` names the request, as the log does; `retryAfterSeconds` says when
    to ask again, where that helps.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    retry_after_seconds: int | None
    errors: list[FieldProblemShape]


def shape_of(problem: Problem, request_id: str) -> ProblemShape:
    """A problem as a shape."""
    return ProblemShape.model_validate(problem.told(request_id), by_alias=True)
