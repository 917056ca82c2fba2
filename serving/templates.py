"""Templates: whatever is put into one is escaped, and nothing that it names may be missing."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates_of(folder: Path) -> Environment:
    """The templates of a folder."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style_hash(style: str) -> str:
    """What a page's content policy knows its own style by: SHA-256 in base 64."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
