"""check.html: what a check found, as a page for the one who keeps the data.

Pages elsewhere are jinja2 templates, which only the desk may import: a data job that checks a
folder needs no web server. This page is mostly tables, and a tree of elements escapes by itself.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from features.checks import html
from features.checks.checked import Checked, Found
from features.checks.faults import Fate
from features.checks.html import Content, make
from features.checks.lateness import By
from features.checks.thresholds import LEAST_ROWS, THRESHOLDS
from features.checks.words import BY, FATES, WORDS
from features.language.text import Language, Text
from features.tables import TABLES, fields_of, notifications

MOST_IDS = 10
MOST_STRETCHES = 3
_STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")


def page_of(checked: Checked, folder: str, language: Language) -> str:
    """The page in one language; `folder` is how it calls the folder that was checked."""
    writer = _Writer(checked, language)
    return html.page(writer.say("title"), _STYLE, writer.contents(folder), language)


class _Writer:
    """Writes the sections of a page in one language."""

    def __init__(self, checked: Checked, language: Language) -> None:
        self.checked = checked
        self.language = language

    def say(self, name: str, **blanks: object) -> str:
        return self.read(WORDS[name]).format(**blanks)

    def read(self, text: Text) -> str:
        return text.read(self.language)

    def contents(self, folder: str) -> Iterator[Element]:
        yield make("p", "Kizuki 気づき", css="brand")
        yield make("h1", self.say("title"))
        yield make("p", self._about(folder))
        yield from self._verdict()
        yield from self._rows()
        for fate in Fate:
            yield from self._found(fate)
        yield from self._missing()
        yield from self._late()
        yield from self._gaps()
        yield from self._limits()
        yield make("footer", make("p", self.say("foot")))

    def _about(self, folder: str) -> str:
        rows = self.checked.rows
        read = sum(one.read or 0 for one in rows)
        day = self.checked.folder.as_of.isoformat()
        return self.say("about", folder=folder, day=day, rows=f"{read:,}", tables=len(rows))

    def _verdict(self) -> Iterator[Element]:
        lines = list(self._to_mend())
        if not lines:
            yield make("p", self.say("clean"), css="verdict calm")
            return
        yield make("p", self.say("not_clean", count=len(lines)), css="verdict rings")
        yield make("h2", self.say("to_mend"))
        yield html.table([], lines)

    def _to_mend(self) -> Iterator[Element]:
        for name, refused in self.checked.folder.refused.items():
            why = "; ".join(misfit.read(self.language) for misfit in refused.misfits)
            yield self._row(self._table(name), self.say("refused"), why)
        for found in self.checked.found:
            if found.fault.fate is not Fate.NOTED:
                count = self.say("count_rows", count=f"{len(found.places):,}")
                yield self._row(self._place(found), self.read(found.fault.words), count)
        for broken in self.checked.broken:
            measured, limit = percent(broken.measured), percent(broken.threshold.limit)
            place = make("code", broken.place)
            told = self.say("limit", measured=measured, limit=limit)
            yield self._row(place, self.read(broken.threshold.words), told)

    def _rows(self) -> Iterator[Element]:
        yield make("h2", self.say("rows"))
        yield make("p", self.say("rows_about"))
        doubted = {
            name: {place for found in self._of(name, Fate.DOUBTED) for place in found.places}
            for name in self.checked.kept
        }
        rows = [
            self._counts(self._table(one.table), one.read, one.kept, one.set_aside,
                         len(doubted.get(one.table, ())))
            for one in self.checked.rows
        ]  # fmt: skip
        every = self.checked.rows
        total = self._counts(
            self.say("total"),
            sum(one.read or 0 for one in every),
            sum(one.kept for one in every),
            sum(one.set_aside or 0 for one in every),
            sum(map(len, doubted.values())),
        )
        total.set("class", "total")
        yield html.table(self._heads("table", "read#", "kept#", "set_aside#", "doubted#"),
                         [*rows, total])  # fmt: skip

    def _counts(self, name: Content, *counts: int | None) -> Element:
        told = [self.say("unknown") if count is None else f"{count:,}" for count in counts]
        return make("tr", make("td", name), *(make("td", one, css="number") for one in told))

    def _of(self, table: str, fate: Fate) -> list[Found]:
        return [found for found in self.checked.of_fate(fate) if found.table == table]

    def _found(self, fate: Fate) -> Iterator[Element]:
        yield make("h2", self.read(FATES[fate]))
        rows = [
            make("tr", make("td", self._place(found)), make("td", self.read(found.fault.words)),
                 make("td", f"{len(found.places):,}", css="number"), self._ids(found))
            for found in self.checked.of_fate(fate)
        ]  # fmt: skip
        if not rows:
            yield make("p", self.say("nothing"), css="soft")
            return
        heads = self._heads("field", "reason", "count#")
        yield html.table([*heads, make("th", self.say("which", most=MOST_IDS))], rows)

    def _ids(self, found: Found) -> Element:
        cell = make("td", css="ids")
        for place, name in list(zip(found.places, found.ids, strict=True))[:MOST_IDS]:
            cell.append(make("code", name or self.say("row_number", number=place)))
        if (more := len(found.places) - MOST_IDS) > 0:
            cell.append(make("span", self.say("and_more", count=f"{more:,}"), css="soft"))
        return cell

    def _missing(self) -> Iterator[Element]:
        yield make("h2", self.say("missing"))
        yield make("p", self.say("missing_about"))
        rows = [
            make("tr", make("td", self._table(one.table)),
                 make("td", self._field(one.table, one.field)),
                 make("td", percent(one.share), css="number"), make("td", bar(one.share)),
                 make("td", f"{one.missing:,} / {one.rows:,}", css="number"))
            for one in self.checked.filling
            if one.missing
        ]  # fmt: skip
        yield html.table([*self._heads("table", "field", "share#"), make("th"),
                          *self._heads("count#")], rows)  # fmt: skip

    def _late(self) -> Iterator[Element]:
        yield make("h2", self.say("late"))
        yield make("p", self.say("late_about"))
        for by in By:
            rows = [
                make("tr", make("td", self._group(by, one.name)),
                     make("td", f"{one.rows:,}", css="number"),
                     make("td", f"{one.median:g}", css="number"),
                     make("td", f"{one.ninetieth:g}", css="number"),
                     make("td", percent(one.share), css="number"))
                for one in self.checked.lateness
                if one.by is by
            ]  # fmt: skip
            if rows:
                yield make("h3", self.read(BY[by]))
                yield html.table(
                    [make("th"), *self._heads("count#", "median#", "ninetieth#", "late_share#")],
                    rows,
                )

    def _group(self, by: By, name: str) -> Content:
        if by is By.TABLE:
            return self._table(name)
        sources = notifications.source.allowed
        return self.read(sources[name]) if by is By.SOURCE and name in sources else name

    def _gaps(self) -> Iterator[Element]:
        yield make("h2", self.say("gaps"))
        yield make("p", self.say("gaps_about"))
        rows = []
        for span in self.checked.gaps:
            longest = sorted(span.empty, key=lambda stretch: -stretch.months)[:MOST_STRETCHES]
            when = ", ".join(
                one.first if one.months == 1 else f"{one.first} – {one.last}" for one in longest
            )
            rows.append(
                make("tr", make("td", self._table(span.table)),
                     make("td", f"{span.first} – {span.last}"),
                     make("td", span.months, css="number"),
                     make("td", span.empty_months, css="number"), make("td", when))
            )  # fmt: skip
        heads = self._heads("table", "from_to", "months#", "empty#")
        yield html.table([*heads, make("th", self.say("when", most=MOST_STRETCHES))], rows)

    def _limits(self) -> Iterator[Element]:
        yield make("h2", self.say("limits"))
        yield make("p", self.say("limits_about", least=LEAST_ROWS))
        rows = [
            self._row(self.read(one.words), percent(one.limit), self.read(one.why))
            for one in THRESHOLDS
        ]
        yield html.table(self._heads("what", "beyond", "why"), rows)

    def _heads(self, *names: str) -> list[Element]:
        """Heads of columns; that of a column of numbers is marked with #."""
        return [
            make("th", self.say(name.rstrip("#")), css="number" if name.endswith("#") else "")
            for name in names
        ]

    def _row(self, *cells: Content) -> Element:
        return make("tr", *(make("td", cell) for cell in cells))

    def _table(self, name: str) -> Element:
        if name not in TABLES:
            return make("code", name)
        return make("span", f"{self.read(TABLES[name].words)} ", make("code", name))

    def _field(self, table: str, field: str) -> Element:
        words = fields_of(TABLES[table])[field].words
        return make("span", f"{self.read(words)} ", make("code", field))

    def _place(self, found: Found) -> Element:
        words = self.read(TABLES[found.table].words)
        return make("span", f"{words} ", make("code", f"{found.table}.{found.field}"))


def percent(share: float) -> str:
    """A share as a person reads it: 12.3 %, and never 0.0 % where there is something."""
    return "< 0.1 %" if 0 < share < 0.0005 else f"{100 * share:.1f} %"


def bar(share: float) -> Element:
    """A share as a bar."""
    return make("span", make("i", style=f"width:{100 * share:.0f}%"), css="bar")
