"""Reading a mapping file strictly: whatever is wrong is named by file, table and key."""

import codecs
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path, PurePath

from features.coverage import Coverage
from features.declared_coverage import FROM, read_coverage
from features.errors import KizukiError
from features.sources.flat_files import ENCODING, KINDS, unreadable
from features.sources.mapping import SourceFile, TableMapping, Target
from features.sources.mapping_cells import ISO_DATES, read_dates
from features.sources.mapping_targets import read_target
from features.sources.sections import Section

YEAR = "year"  # as the beginning of a coverage: the source tells of the year up to its day


def read_mapping(path: Path, as_of: date | None = None, encoding: str = ENCODING) -> TableMapping:
    """The mapping in a file; raises KizukiError, naming file, table and key, if it is wrong.

    `as_of` is the day on which the tables were drawn, for a mapping that does not say it itself,
    and `encoding` that of the files of which it says none.
    """
    top = Section(path.name, _toml(path))
    if as_of is None:
        as_of = top.need("as_of", date)
    elif "as_of" in top.values:
        raise top.wrong("as_of", "stands in the mapping, so it cannot be given as well")
    named, dates = top.need("files", dict), read_dates(top, ISO_DATES)
    files = {
        name: _file(top.under(f"files.{name}", said), dates, encoding)
        for name, said in named.items()
    }
    top.need("tables", list)
    maps = top.get("maps", dict, {})
    targets = tuple(
        read_target(one, files, maps)
        for section in top.sections("tables")
        for one in _repeated(section)
    )
    coverage = _coverage(top, targets, as_of)
    assumed, not_taken = top.texts("assumed"), top.texts_by_name("not_taken")
    top.end()
    return TableMapping(path.name, as_of, files, targets, coverage, assumed, not_taken)


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(ENCODING))
    except OSError as problem:
        raise unreadable(path, ENCODING, problem) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise KizukiError(f"{path.name}: this is not TOML: {problem}") from None


def _file(section: Section, dates: tuple[str, ...], encoding: str) -> SourceFile:
    path = section.need("path", str)
    if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
        raise section.wrong("path", "must stay inside the folder of the tables")
    if not path.endswith(KINDS):
        raise section.wrong("path", f"must end in one of: {', '.join(KINDS)}")
    encoding = section.get("encoding", str, encoding)
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise section.wrong("encoding", "there is no such encoding") from None
    dates = read_dates(section, dates)
    optional, not_taken = section.get("optional", bool, False), section.texts_by_name("not_taken")
    section.end()
    return SourceFile(path, encoding, dates, optional, not_taken)


def _repeated(section: Section) -> Iterator[Section]:
    """The section, or with `repeat` one for each choice of its blanks, such as `{number}`."""
    blanks = section.get("repeat", dict, {})
    if not blanks:
        yield section
        return
    for name, texts in blanks.items():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise section.wrong("repeat", f"{name} must be a list of texts")
    values = {key: value for key, value in section.values.items() if key != "repeat"}
    for chosen in product(*blanks.values()):
        filled = _filled(values, dict(zip(blanks, chosen, strict=True)))
        yield Section(section.place, filled)  # type: ignore[arg-type]  # a table stays a table


def _filled(value: object, texts: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _filled(one, texts) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, texts) for one in value]
    if isinstance(value, str):
        for name, text in texts.items():
            value = value.replace(f"{{{name}}}", text)
    return value


def _coverage(top: Section, targets: tuple[Target, ...], as_of: date) -> Coverage:
    declared = top.get("coverage", dict, {})
    said = {
        name: {**one, FROM: _year_before(as_of)} if _of_a_year(one) else one
        for name, one in declared.items()
    }
    given = {target.table.name for target in targets}
    coverage, problems = read_coverage(said, given, f"{top.place}: coverage")
    if problems:
        raise KizukiError(str(problems[0]))
    return coverage


def _of_a_year(said: object) -> bool:
    return isinstance(said, dict) and said.get(FROM) == YEAR


def _year_before(as_of: date) -> date:
    """The first day of the year that ends on the day."""
    return date(as_of.year - 1, as_of.month, min(as_of.day, 28)) + timedelta(
        days=as_of.day - min(as_of.day, 28) + 1
    )
