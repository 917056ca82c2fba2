"""Reading what a mapping file says of one field: its columns, date formats and codes."""

from collections.abc import Mapping
from datetime import datetime

from features.language.fields import Choice, Day, Field, Flag, Number
from features.reading import Refused, read_field
from features.sources.mapping import Cell, CodeMap
from features.sources.sections import Section

ISO_DATES = ("%Y-%m-%d",)
AS_OF = "as_of"
UNKNOWN = "unknown"


def read_cell(
    cells: Section, name: str, known: Mapping[str, Field], default: Mapping[str, tuple[str, ...]]
) -> Cell:
    """Where the value of a field comes from; `default` are the date formats, by joined file."""
    if name not in known:
        raise cells.wrong(name, f"there is no such field; there are: {', '.join(known)}")
    said, described = cells.values[name], known[name]
    section = cells.under(name, {"column": said} if isinstance(said, str) else said)
    if "value" in section.values:
        section.asked.add("value")
        cell = Cell(constant=_checked(section, "value", described, section.values["value"]))
    elif isinstance(described, Day):
        cell = _day_cell(section, default)
    else:
        cell = _coded_cell(section, described)
    section.end()
    return cell


def read_dates(section: Section, default: tuple[str, ...]) -> tuple[str, ...]:
    """The formats in which days are written: one, or a list of them."""
    said = section.values.get("dates")
    formats = section.texts("dates", needed=True) if isinstance(said, list) else ()
    formats = formats or ((section.need("dates", str),) if said is not None else default)
    section.asked.add("dates")
    if not all(map(_tells_a_day, formats)):
        raise section.wrong("dates", "must be a format of year, month and day such as %d/%m/%Y")
    return formats


def _tells_a_day(format_: str) -> bool:
    some_day = datetime(2023, 11, 28)  # noqa: DTZ001  # tells day, month and year apart
    try:
        told = datetime.strptime(some_day.strftime(format_), format_)  # noqa: DTZ007  # a day
    except ValueError:
        return False
    return told.date() == some_day.date()


def _day_cell(section: Section, default: Mapping[str, tuple[str, ...]]) -> Cell:
    columns = section.texts("earliest") or (section.need("column", str),)
    dates = read_dates(section, default.get(columns[0].rpartition(".")[0], default[""]))
    not_before = section.get("not_before", str, "")
    blank = section.get("blank", str, "")
    if blank not in ("", AS_OF):
        raise section.wrong("blank", f'can only be "{AS_OF}"')
    return Cell(columns, dates=dates, not_before=not_before, as_of=blank == AS_OF)


def _coded_cell(section: Section, described: Field) -> Cell:
    columns = section.texts("columns") or (section.need("column", str),)
    codes = section.get("map", dict, {})
    plain_text = not isinstance(described, Choice | Flag | Number)
    if len(columns) > 1 and not plain_text and not codes:
        raise section.wrong("columns", "only an identifier, or a code with a map, has several")
    read = {
        key: None if value == "" else _checked(section, f"map.{key}", described, value)
        for key, value in codes.items()
    }
    prefix, others = section.get("prefix", str, ""), section.get("others", str, "")
    if prefix and (codes or not plain_text):
        raise section.wrong("prefix", "can only stand before an identifier")
    if others and (others != UNKNOWN or not codes or described.required):
        raise section.wrong("others", f'can only be "{UNKNOWN}", of a map of what may be blank')
    return Cell(
        columns,
        codes=CodeMap.of(read) if read else None,
        whole=section.get("whole", bool, False),
        prefix=prefix,
        others_unknown=bool(others),
    )


def _checked(section: Section, key: str, described: Field, value: object) -> object:
    try:
        read_field(described, value)
    except Refused as refused:
        raise section.wrong(key, str(refused)) from None
    return value
