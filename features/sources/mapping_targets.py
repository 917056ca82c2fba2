"""Reading what a mapping file says of one table: its file, joins, rows to skip and fields."""

from collections.abc import Mapping

from features.sources.mapping import (
    UNTIL_KNOWN,
    CodeMap,
    Continued,
    Join,
    Skip,
    SourceFile,
    Target,
)
from features.sources.mapping_cells import read_cell
from features.sources.sections import Section
from features.tables import TABLES, fields_of


def read_target(
    section: Section, files: Mapping[str, SourceFile], maps: Mapping[str, object]
) -> Target:
    """One table of a mapping; `maps` are the code maps that can be given by their name."""
    file, to = section.need("from", str), section.need("to", str)
    section.place = f"{section.place} ({file} to {to})"
    if file not in files:
        raise section.wrong("from", f"there is no such file; there are: {', '.join(files)}")
    if to not in TABLES:
        raise section.wrong("to", f"there is no such table; there are: {', '.join(TABLES)}")
    joins = tuple(_join(one, files) for one in section.sections("joins"))
    skips = tuple(_skip(one) for one in section.sections("skip"))
    default = {"": files[file].dates} | {join.file: files[join.file].dates for join in joins}
    cells = section.under("fields", _with_maps(section.need("fields", dict), maps))
    fields = fields_of(TABLES[to])
    known = {**fields, UNTIL_KNOWN: fields["known"]} if "until" in fields else fields
    read = {name: read_cell(cells, name, known, default) for name in cells.values}
    for name, described in fields.items():
        if described.required and name not in read:
            raise cells.wrong(name, "is missing")
    each, once = section.get("each", str, ""), section.get("once", bool, False)
    continued = _continued(section) if "continues" in section.values else None
    if continued and "until" not in fields:
        raise section.wrong("continues", f"rows of {to} do not last")
    if once and "withdrawn" in read:
        raise section.wrong("once", "makes the corrections, so withdrawn cannot be given")
    section.end()
    return Target(section.place, file, TABLES[to], read, joins, skips, each, once, continued)


def _with_maps(cells: Mapping[str, object], maps: Mapping[str, object]) -> dict[str, object]:
    """The cells with each map that is given by its name put in place."""
    return {
        name: {**said, "map": maps.get(said["map"], said["map"])}
        if isinstance(said, dict) and isinstance(said.get("map"), str)
        else said
        for name, said in cells.items()
    }


def _join(section: Section, files: Mapping[str, SourceFile]) -> Join:
    file, column, key = (section.need(name, str) for name in ("file", "column", "key"))
    if file not in files:
        raise section.wrong("file", f"there is no such file; there are: {', '.join(files)}")
    first, last = section.get("first", str, ""), section.get("last", str, "")
    if first and last:
        raise section.wrong("last", "stands beside first, and only one of them can choose")
    optional = section.get("optional", bool, False)
    section.end()
    return Join(file, column, key, first, last, optional)


def _skip(section: Section) -> Skip:
    unless = "unless" in section.values
    codes = section.texts("unless" if unless else "is", needed=True)
    skip = Skip(
        section.texts("columns") or (section.need("column", str),),
        CodeMap.of(dict.fromkeys(codes)),
        unless,
        section.need("because", str),
    )
    section.end()
    return skip


def _continued(parent: Section) -> Continued:
    parent.asked.add("continues")
    section = parent.under("continues", parent.values["continues"])
    continued = Continued(
        section.need("column", str),
        CodeMap.of(dict.fromkeys(section.texts("is", needed=True))),
        section.texts("same", needed=True),
    )
    section.end()
    return continued
