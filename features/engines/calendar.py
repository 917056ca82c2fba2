"""Calendar days from day numbers and back, compiled: ages and birthdays.

By Howard Hinnant, "chrono-compatible low-level date algorithms": years that begin in March put the
leap day last, so that every month begins on the same day of its year.
"""

from features.engines.compiled import borrowing

DAYS_TO_ZERO = 719_468  # from the first of March of the year 0 to 1970-01-01
DAYS_OF_ERA = 146_097  # of 400 years


@borrowing
def completed_years(since: int, day: int) -> int:
    """Completed years from one day to another; from a 29 February, completed on 1 March."""
    year, month, day_of_month = _calendar(since)
    year_now, month_now, day_now = _calendar(day)
    return year_now - year - int(32 * month_now + day_now < 32 * month + day_of_month)


@borrowing
def birthday(born: int, years: int) -> int:
    """The day on which so many years are completed; of a 29 February, it may be a 1 March."""
    year, month, day_of_month = _calendar(born)
    in_march = month > 2
    from_march = month - 3 if in_march else month + 9
    year += years - (0 if in_march else 1)
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * from_march + 2) // 5 + day_of_month - 1
    days = of_era * 365 + of_era // 4 - of_era // 100 + of_year
    return era * DAYS_OF_ERA + days - DAYS_TO_ZERO


@borrowing
def _calendar(day: int) -> tuple[int, int, int]:
    """The year, month and day of the month of a day number."""
    shifted = day + DAYS_TO_ZERO
    era, of_era = shifted // DAYS_OF_ERA, shifted % DAYS_OF_ERA
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    from_march = (5 * of_year + 2) // 153
    day_of_month = of_year - (153 * from_march + 2) // 5 + 1
    month = from_march + 3 if from_march < 10 else from_march - 9
    return year + era * 400 + int(month <= 2), month, day_of_month
