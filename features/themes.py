"""Themes: the sides of a child's life that the features ask about, in the reader's words."""

from dataclasses import dataclass

from features.language.feature import Feature
from features.language.text import Text
from features.library import SIDES, features_of


@dataclass(frozen=True, slots=True)
class Theme:
    """One side of a child's life: its stable short name, and its words."""

    code: str
    words: Text


_THEMES: dict[str, Theme] = {
    feature.name: Theme(side.__name__.rpartition(".")[2], words)
    for side, words in SIDES.items()
    for feature in features_of(side)
}


def theme_of(feature: Feature) -> Theme:
    """The theme of a feature of the library."""
    return _THEMES[feature.name]
