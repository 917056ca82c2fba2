"""Days as files write them."""

from collections.abc import Sequence
from datetime import date, datetime

from features.reading import Refused


def read_day(value: object, formats: Sequence[str]) -> date:
    """The day that a cell holds or writes; raises Refused where no format fits."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for format_ in formats:
        try:
            return datetime.strptime(str(value), format_).date()  # noqa: DTZ007  # a day, no clock
        except ValueError:
            continue
    raise Refused("is not a day in the format of the mapping")
