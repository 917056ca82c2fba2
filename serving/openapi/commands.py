"""`kizuki openapi`: writes the published file of the API."""

import typer

from serving.openapi import PUBLISHED
from serving.openapi.document import published


def openapi() -> None:
    """Write the published file, as it follows from the operations."""
    PUBLISHED.write_text(published(), encoding="utf-8")
    typer.echo(f"wrote {PUBLISHED}")
