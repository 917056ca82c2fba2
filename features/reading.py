"""One value at a time: what each kind of field takes, strictly, and why it refuses the rest."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, singledispatch
from math import nan

from features.language.fields import Choice, Day, Field, Flag, Number

Filled = str | float | bool | int
LONGEST_IDENTIFIER = 128
WIDE_SPACE = "\u3000"  # stands between family and given name in Japanese
FIRST_YEAR, LAST_YEAR = 1900, 2199  # a day outside is a slip of the pen
_EPOCH = date(1970, 1, 1).toordinal()


class Refused(ValueError):
    """A value that a field cannot take; the words say why, and never repeat the value."""


def day_number(day: date) -> int:
    """Days from 1970-01-01 to the day."""
    return day.toordinal() - _EPOCH


def calendar_day(number: int) -> date:
    """The day that many days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH)


def read_field(field: Field, raw: object) -> Filled | None:
    """The value as the language reads it, days as numbers; None where it is not filled in.

    Raises Refused for a value of the wrong type, out of bounds, or missing where one is required.
    """
    return reader_of(field)(raw)


@cache  # a field is found out about once, and not for every row
def reader_of(field: Field) -> Callable[[object], Filled | None]:
    """The function that reads a value of a field, as `read_field` does."""
    take, required = _taker(field), field.required

    def read(raw: object) -> Filled | None:
        if raw is not None:
            return take(raw)
        if required:
            raise Refused("is required")
        return None

    return read


@singledispatch
def _taker(field: Field) -> Callable[[object], Filled]:  # persons, codes, names, references
    return _text


def _text(raw: object) -> Filled:
    if (
        not isinstance(raw, str)
        or not raw.strip()
        or not raw.replace(WIDE_SPACE, " ").isprintable()
    ):
        raise Refused("must be text on one line that is not blank")
    if len(raw) > LONGEST_IDENTIFIER:
        raise Refused(f"must not be longer than {LONGEST_IDENTIFIER} characters")
    return raw


@_taker.register
def _choice(field: Choice) -> Callable[[object], Filled]:
    allowed = field.allowed

    def take(raw: object) -> Filled:
        if not isinstance(raw, str) or raw not in allowed:
            raise Refused(f"must be one of: {', '.join(allowed)}")
        return raw

    return take


@_taker.register
def _number(field: Number) -> Callable[[object], Filled]:
    least, most = field.least, field.most

    def take(raw: object) -> Filled:
        number = raw if isinstance(raw, int | float) and not isinstance(raw, bool) else nan
        if not least <= number <= most:  # NaN is not
            raise Refused(f"must be a number between {least:g} and {most:g}")
        return float(number)

    return take


@_taker.register
def _flag(field: Flag) -> Callable[[object], Filled]:
    return _yes_or_no


def _yes_or_no(raw: object) -> Filled:
    if not isinstance(raw, bool):
        raise Refused("must be true or false")
    return raw


@_taker.register
def _day(field: Day) -> Callable[[object], Filled]:
    return _day_of


def _day_of(raw: object) -> Filled:
    day = _written_day(raw) if isinstance(raw, str) else raw
    if not isinstance(day, date) or isinstance(day, datetime):  # a time of day is not a day
        raise Refused("must be a day, written 2024-04-01")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(f"must lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day_number(day)


def _written_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # 20240401 and 2024-W14-1 are ISO days too
