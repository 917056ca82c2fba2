"""Tells the words of a page in the one language of its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from features.html import make
from features.language.text import Language, Text


@dataclass(frozen=True)
class Teller:
    """Tells everything in one language; `words` are those of the page, by name."""

    words: Mapping[str, Text]
    language: Language

    def say(self, name: str, **blanks: object) -> str:
        """One of the words of the page, its blanks filled."""
        return self.read(self.words[name]).format(**blanks)

    def read(self, text: Text) -> str:
        """A phrase."""
        return text.read(self.language)

    def heads(self, *names: str) -> list[Element]:
        """The heads of columns; that of a column of numbers is marked with #."""
        return [
            make("th", self.say(name.rstrip("#")), css="number" if name.endswith("#") else "")
            for name in names
        ]
