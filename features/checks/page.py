"""check.html: what a check found, as a page for the one who keeps the data."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from features import html
from features.checks.checked import Checked, Found, Rows
from features.checks.faults import Fate
from features.checks.figures import gaps, lateness, limits, missing
from features.checks.teller import Teller, percent
from features.checks.words import FATES, WORDS
from features.html import make, number, row
from features.language.text import Language

MOST_IDS = 10


def page_of(checked: Checked, folder: str, language: Language) -> str:
    """The page in one language; `folder` is how it calls the folder that was checked."""
    tell = Teller(WORDS, language)
    return html.page(tell.say("title"), _contents(checked, folder, tell), language)


def _contents(checked: Checked, folder: str, tell: Teller) -> Iterator[Element]:
    day = checked.folder.as_of.isoformat()
    read = sum(rows.read or 0 for rows in checked.rows)
    about = tell.say("about", folder=folder, day=day, rows=f"{read:,}", tables=len(checked.rows))
    yield make("p", "Kizuki 気づき", css="brand")
    yield make("h1", tell.say("title"))
    yield make("p", about)
    yield from _verdict(checked, tell)
    yield from _rows(checked, tell)
    for fate in Fate:
        yield from _found(checked, fate, tell)
    yield from missing(checked, tell)
    yield from lateness(checked, tell)
    yield from gaps(checked, tell)
    yield from limits(tell)
    yield make("footer", make("p", tell.say("foot")))


def _verdict(checked: Checked, tell: Teller) -> Iterator[Element]:
    lines = list(_to_mend(checked, tell))
    if not lines:
        yield make("p", tell.say("clean"), css="verdict calm")
        return
    yield make("p", tell.say("not_clean", count=len(lines)), css="verdict rings")
    yield make("h2", tell.say("to_mend"))
    yield html.table(tell.heads("where", "what", "measured"), lines)


def _to_mend(checked: Checked, tell: Teller) -> Iterator[Element]:
    for name, refused in checked.folder.refused.items():
        why = "; ".join(misfit.read(tell.language) for misfit in refused.misfits)
        yield row(tell.table(name), tell.say("refused"), why)
    for found in checked.found:
        if found.fault.fate is not Fate.NOTED:
            count = tell.say("count_rows", count=f"{len(found.places):,}")
            yield row(tell.place(found.table, found.field), tell.read(found.fault.words), count)
    for broken in checked.broken:
        measured, limit = percent(broken.measured), percent(broken.threshold.limit)
        told = tell.say("limit", measured=measured, limit=limit)
        yield row(make("code", broken.place), tell.read(broken.threshold.words), told)


def _rows(checked: Checked, tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.say("rows"))
    yield make("p", tell.say("rows_about"))
    doubted: dict[str, set[int]] = {}
    for found in checked.of_fate(Fate.DOUBTED):
        doubted.setdefault(found.table, set()).update(found.places)
    rows = [
        row(tell.table(one.table), *_counts(one, len(doubted.get(one.table, ())), tell))
        for one in checked.rows
    ]
    read, kept = sum(one.read or 0 for one in checked.rows), sum(one.kept for one in checked.rows)
    counts = _counts(Rows("", read, kept), sum(map(len, doubted.values())), tell)
    total = row(tell.say("total"), *counts, css="total")
    heads = tell.heads("table", "read#", "kept#", "set_aside#", "doubted#")
    yield html.table(heads, [*rows, total])


def _counts(rows: Rows, doubted: int, tell: Teller) -> list[Element]:
    return [
        number(tell.say("unknown") if count is None else f"{count:,}")
        for count in (rows.read, rows.kept, rows.set_aside, doubted)
    ]


def _found(checked: Checked, fate: Fate, tell: Teller) -> Iterator[Element]:
    yield make("h2", tell.read(FATES[fate]))
    rows = [
        row(
            tell.place(found.table, found.field),
            tell.read(found.fault.words),
            number(f"{len(found.places):,}"),
            _ids(found, tell),
        )
        for found in checked.of_fate(fate)
    ]
    if not rows:
        yield make("p", tell.say("nothing"), css="soft")
        return
    heads = tell.heads("field", "reason", "count#")
    yield html.table([*heads, make("th", tell.say("which", most=MOST_IDS))], rows)


def _ids(found: Found, tell: Teller) -> Element:
    cell = make("td", css="ids")
    for place, name in list(zip(found.places, found.ids, strict=True))[:MOST_IDS]:
        cell.append(make("code", name or tell.say("row_number", number=place)))
    if (more := len(found.places) - MOST_IDS) > 0:
        cell.append(make("span", tell.say("and_more", count=f"{more:,}"), css="soft"))
    return cell
