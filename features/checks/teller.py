"""Tells tables and fields of a case file in the one language of a page."""

from xml.etree.ElementTree import Element

from features import teller
from features.html import make
from features.tables import TABLES, fields_of


class Teller(teller.Teller):
    """Tells everything in one language, tables and fields too."""

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
