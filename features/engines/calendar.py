"""Years between day numbers, compiled: ages and birthdays.

Years that begin in March put the leap day last, so that a day has the same place in each of them
(Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms").
"""

from features.engines.compiled import borrowing

DAYS_TO_ZERO = 719_468  # from the first of March of the year 0 to 1970-01-01
QUARTERS_OF_CENTURY = 146_097  # of a day, as a hundred years have on the average
QUARTERS_OF_YEAR = 1_461


@borrowing
def completed_years(since: int, day: int) -> int:
    """Completed years from one day to another; from a 29 February, completed on 1 March."""
    year, of_year = _year_from_march(since)
    year_now, of_year_now = _year_from_march(day)
    return year_now - year - int(of_year_now < of_year)


@borrowing
def birthday(born: int, years: int) -> int:
    """The day on which so many years are completed; of a 29 February, it may be a 1 March."""
    year, of_year = _year_from_march(born)
    year += years
    return 365 * year + year // 4 - year // 100 + year // 400 + of_year - DAYS_TO_ZERO


@borrowing
def _year_from_march(day: int) -> tuple[int, int]:
    """The year of a day number, from March on, and how many days of it are over."""
    quarters = 4 * (day + DAYS_TO_ZERO) + 3
    century, of_century = quarters // QUARTERS_OF_CENTURY, quarters % QUARTERS_OF_CENTURY // 4
    quarters = 4 * of_century + 3
    return 100 * century + quarters // QUARTERS_OF_YEAR, quarters % QUARTERS_OF_YEAR // 4
