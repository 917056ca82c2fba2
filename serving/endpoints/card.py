"""GET /v1/model/{model}/card: what a model claims, on which figures, and where its limits lie."""

from importlib.resources import files

from models.specs import NAMES
from serving.desk import Desk
from serving.problems import Problem
from serving.shape import Shape


class ModelName(Shape):
    """Which model is meant."""

    model: str


class Response(Shape, title="ModelCard"):
    """The card as Markdown."""

    model: str
    markdown: str


def card(desk: Desk, place: ModelName) -> bytes:
    """The card of a model of this release, whether it answers here or not."""
    if place.model not in NAMES:
        raise Problem("not_found", f"No such model; there are: {', '.join(NAMES)}.")
    markdown = (files("models") / place.model / "CARD.md").read_text("utf-8")
    return Response(model=place.model, markdown=markdown).json_bytes
