"""Reading a mapping file strictly: whatever is wrong is named by file, table and key."""

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import TypeVar

from features.errors import KizukiError
from features.language.fields import Choice, Day, Field, Flag, Number
from features.reading import Refused, read_field
from features.sources.flat_files import KINDS
from features.sources.mapping import (
    UNTIL_KNOWN,
    Cell,
    CodeMap,
    Join,
    Skip,
    SourceFile,
    TableMapping,
    Target,
)
from features.tables import TABLES, fields_of

T = TypeVar("T")
ISO_DATES = "%Y-%m-%d"


@dataclass
class _Section:
    """A table of the TOML file, and the place of it; every key must be asked for."""

    place: str
    values: Mapping[str, object]
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, why: str) -> KizukiError:
        return KizukiError(f"{self.place}: {key}: {why}" if key else f"{self.place}: {why}")

    def get(self, key: str, kind: type[T], default: T) -> T:
        return self.need(key, kind) if key in self.values else default

    def need(self, key: str, kind: type[T]) -> T:
        self.asked.add(key)
        if key not in self.values:
            raise self.wrong(key, "is missing")
        value = self.values[key]
        if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
            raise self.wrong(key, f"must be {_KINDS[kind]}")
        return value

    def sections(self, key: str) -> list["_Section"]:
        listed = self.get(key, list, [])
        return [self.under(f"{key}[{i + 1}]", values) for i, values in enumerate(listed)]

    def under(self, key: str, values: object) -> "_Section":
        if not isinstance(values, dict):
            raise self.wrong(key, "must be a table of keys")
        return _Section(f"{self.place}: {key}", values)

    def end(self) -> None:
        for key in self.values:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise self.wrong(key, f"there is no such key here; there are: {known}")


_KINDS = {
    str: "text",
    bool: "true or false",
    list: "a list",
    dict: "a table of keys",
    date: "a day",
}


def read_mapping(path: Path) -> TableMapping:
    """The mapping in a file; raises KizukiError, naming file, table and key, if it is wrong."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise KizukiError(f"{path}: there is no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise KizukiError(f"{path.name}: this is not TOML: {problem}") from None
    top = _Section(path.name, values)
    as_of = top.need("as_of", date)
    named = top.need("files", dict)
    files = {name: _file(top.under(f"files.{name}", said)) for name, said in named.items()}
    top.need("tables", list)
    maps = top.get("maps", dict, {})
    targets = tuple(_target(section, files, maps) for section in top.sections("tables"))
    top.end()
    return TableMapping(path.name, as_of, files, targets)


def _file(section: _Section) -> SourceFile:
    path = section.need("path", str)
    if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
        raise section.wrong("path", "must stay inside the folder of the tables")
    if not path.endswith(KINDS):
        raise section.wrong("path", f"must end in one of: {', '.join(KINDS)}")
    encoding = section.get("encoding", str, "utf-8-sig")
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise section.wrong("encoding", "there is no such encoding") from None
    dates = _dates(section, ISO_DATES)
    section.end()
    return SourceFile(path, encoding, dates)


def _dates(section: _Section, default: str) -> str:
    format_ = section.get("dates", str, default)
    some_day = datetime(2023, 11, 28)  # noqa: DTZ001  # tells day, month and year apart
    try:
        told = datetime.strptime(some_day.strftime(format_), format_)  # noqa: DTZ007  # a day
    except ValueError:
        told = None
    if told is None or told.date() != some_day.date():
        raise section.wrong("dates", "must be a format of year, month and day such as %d/%m/%Y")
    return format_


def _target(
    section: _Section, files: Mapping[str, SourceFile], maps: Mapping[str, object]
) -> Target:
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
    read = {name: _cell(cells, name, known, default) for name in cells.values}
    for name, described in fields.items():
        if described.required and name not in read:
            raise cells.wrong(name, "is missing")
    section.end()
    return Target(section.place, file, TABLES[to], read, joins, skips)


def _with_maps(cells: Mapping[str, object], maps: Mapping[str, object]) -> dict[str, object]:
    """The cells with each map that is given by its name put in place."""
    return {
        name: {**said, "map": maps.get(said["map"], said["map"])}
        if isinstance(said, dict) and isinstance(said.get("map"), str)
        else said
        for name, said in cells.items()
    }


def _join(section: _Section, files: Mapping[str, SourceFile]) -> Join:
    join = Join(*(section.need(key, str) for key in ("file", "column", "key")))
    if join.file not in files:
        raise section.wrong("file", f"there is no such file; there are: {', '.join(files)}")
    section.end()
    return join


def _skip(section: _Section) -> Skip:
    codes = section.need("is", list)
    if not codes or not all(isinstance(code, str) for code in codes):
        raise section.wrong("is", 'must be a list of texts, "" for blank')
    skip = Skip(
        section.need("column", str), CodeMap.of(dict.fromkeys(codes)), section.need("because", str)
    )
    section.end()
    return skip


def _cell(
    cells: _Section, name: str, known: Mapping[str, Field], default: Mapping[str, str]
) -> Cell:
    if name not in known:
        raise cells.wrong(name, f"there is no such field; there are: {', '.join(known)}")
    said, described = cells.values[name], known[name]
    section = cells.under(name, {"column": said} if isinstance(said, str) else said)
    if "value" in section.values:
        section.asked.add("value")
        cell = Cell(constant=_checked(section, "value", described, section.values["value"]))
    else:
        cell = _from_columns(section, described, default)
    section.end()
    return cell


def _from_columns(section: _Section, described: Field, default: Mapping[str, str]) -> Cell:
    columns = section.get("columns", list, []) or [section.need("column", str)]
    plain_text = not isinstance(described, Choice | Day | Flag | Number)
    if not all(isinstance(column, str) for column in columns):
        raise section.wrong("columns", "must be a list of columns")
    if len(columns) > 1 and not plain_text:
        raise section.wrong("columns", "only an identifier can be made of several columns")
    if isinstance(described, Day):
        dates = _dates(section, default.get(columns[0].rpartition(".")[0], default[""]))
        return Cell(tuple(columns), dates=dates)
    codes = section.get("map", dict, {})
    read = {
        key: None if value == "" else _checked(section, f"map.{key}", described, value)
        for key, value in codes.items()
    }
    return Cell(
        tuple(columns),
        codes=CodeMap.of(read) if read else None,
        whole=section.get("whole", bool, False),
    )


def _checked(section: _Section, key: str, described: Field, value: object) -> object:
    try:
        read_field(described, value)
    except Refused as refused:
        raise section.wrong(key, str(refused)) from None
    return value
