"""Days as files write them."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from features.reading import Refused

RUN_TOGETHER = re.compile("(%[a-zA-Z])+")


def read_day(value: object, formats: Sequence[str]) -> date:
    """The day that a cell holds or writes; raises Refused where no format fits.

    A format without anything between its numbers fits only if every digit is there: 1012018 could
    be read in two ways.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for format_ in formats:
        try:
            day = datetime.strptime(str(value), format_)  # noqa: DTZ007  # a day, no clock
        except ValueError:
            continue
        if not RUN_TOGETHER.fullmatch(format_) or day.strftime(format_) == str(value):
            return day.date()
    raise Refused(f"is not a day written as {' or '.join(formats)}")
