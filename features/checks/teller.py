"""Tells words, tables and fields in the one language of a page."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from features.checks.words import WORDS
from features.html import make
from features.language.text import Language, Text
from features.tables import TABLES, fields_of


@dataclass(frozen=True)
class Teller:
    """Tells everything in one language."""

    language: Language

    def say(self, name: str, **blanks: object) -> str:
        """One of the words of the page, its blanks filled."""
        return self.read(WORDS[name]).format(**blanks)

    def read(self, text: Text) -> str:
        """A phrase."""
        return text.read(self.language)

    def heads(self, *names: str) -> list[Element]:
        """The heads of columns; that of a column of numbers is marked with #."""
        return [
            make("th", self.say(name.rstrip("#")), css="number" if name.endswith("#") else "")
            for name in names
        ]

    def table(self, name: str) -> Element:
        """A table by its words and its name; one that nobody knows by its name alone."""
        if name not in TABLES:
            return make("code", name)
        return make("span", f"{self.read(TABLES[name].words)} ", make("code", name))

    def field(self, table: str, field: str) -> Element:
        """A field by its words and its name."""
        words = fields_of(TABLES[table])[field].words
        return make("span", f"{self.read(words)} ", make("code", field))

    def place(self, table: str, field: str) -> Element:
        """A field of a table, by the words of the table and both names."""
        words = self.read(TABLES[table].words)
        return make("span", f"{words} ", make("code", f"{table}.{field}"))


def percent(share: float) -> str:
    """A share as a person reads it: 12.3 %, and never 0.0 % where there is something."""
    return "< 0.1 %" if 0 < share < 0.0005 else f"{100 * share:.1f} %"
