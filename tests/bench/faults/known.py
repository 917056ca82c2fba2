"""Who asks a desk that asks everybody: its settings, and the headers of a screener."""

import time
from collections.abc import Mapping
from pathlib import Path

from tests.who.asking import bearing, by_tokens

EVER = 10**6  # requests a minute of one caller: more than are asked here


def asks_everybody(home: Path, most: int = EVER) -> Mapping[str, object]:
    """The settings, by which so many requests a minute are taken of one caller."""
    return by_tokens(home) | {"most_asked": most}


def screener(person: str, office: str) -> dict[str, str]:
    """The headers of somebody who may score, for as long as this takes."""
    now = int(time.time())
    return bearing(sub=person, office=office, iat=now - 60, exp=now + 3500)
