"""What health services, schools and the police had on record of the child itself."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_3, MONTHS_6, YEAR_1, YEARS_2, Window
from features.tables import agency_events

_absences = agency_events.where(agency_events.kind.is_("school_absence"))


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、健診未受診が{value}回", "{value} health check(s) missed {window}"),
        none=Text("{window}、健診未受診なし", "no health check missed {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | older  | sibling
        agency_events
          happened   | known      | person | kind
          2022-04-03 |            | child  | health_check_missed   <- the first day of the two years
          2022-04-02 |            | child  | health_check_missed
          2023-04-02 |            | child  | health_check_done
          2024-03-01 | 2024-04-02 | child  | health_check_missed   <- heard of after the cutoff
          2023-06-01 |            | older  | health_check_missed   <- of a sibling
        gives 2y: 1, ever: 2
    """,
)
def health_checks_missed(window: Window) -> Value:
    """Health checks, those for infants above all, to which the child was not brought."""
    return agency_events.where(agency_events.kind.is_("health_check_missed")).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("最後の健診受診から{value}", "{value} since the last health check attended"),
        none=Text("健診受診の記録なし", "no health check attended on record"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind
          2024-03-02 | health_check_done
          2023-03-02 | health_check_done
          2024-03-20 | health_check_missed
        gives 30
    """,
)
def days_since_health_check(window: Window) -> Value:
    """Days since the child was last brought to a health check."""
    return (
        agency_events.where(agency_events.kind.is_("health_check_done"))
        .within(window)
        .days_since_last()
    )


@feature(
    windows=(MONTHS_6, YEARS_2, EVER),
    reason=Reason(
        some=Text("{window}、けがの受診が{value}回", "treated for injury {value} time(s) {window}"),
        none=Text("{window}、けがの受診なし", "not treated for injury {window}"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          id | happened   | withdrawn  | kind
          e1 | 2024-04-01 |            | injury_treated   <- on the cutoff itself
          e5 | 2024-04-01 |            | injury_treated   <- sent on to a hospital the same day
          e2 | 2023-10-01 |            | injury_treated   <- one day before the six months
          e3 | 2020-10-01 |            | injury_treated
          e4 | 2024-02-01 | 2024-02-10 | injury_treated   <- of another child, as it turned out
        gives 6m: 1, 2y: 2, ever: 3
    """,
)
def injuries_treated(window: Window) -> Value:
    """On how many different days the child was treated for an injury."""
    return agency_events.where(agency_events.kind.is_("injury_treated")).within(window).count_days()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text("{window}、入院が{value}回", "{value} hospital stay(s) {window}"),
        none=Text("{window}、入院なし", "no hospital stay {window}"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind          | days
          2023-08-01 | hospital_stay | 3
          2022-04-03 | hospital_stay |   <- the first day of the two years; how long is not known
          2022-04-02 | hospital_stay | 5
        gives 2
    """,
)
def hospital_stays(window: Window) -> Value:
    """How often the child was taken into hospital, for whatever reason."""
    return agency_events.where(agency_events.kind.is_("hospital_stay")).within(window).count()


@feature(
    windows=(MONTHS_3, YEAR_1),
    reason=Reason(
        some=Text(
            "{window}、学校の欠席が計{value}日", "absent from school {value} day(s) {window}"
        ),
        none=Text("{window}、学校の欠席なし", "not absent from school {window}"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind           | days
          2024-01-02 | school_absence | 4   <- the first day of the three months
          2024-03-01 | school_absence |   <- how many days is not known
          2023-09-01 | school_absence | 10
          2024-02-01 | hospital_stay  | 7
        gives 3m: 4, 1y: 14
    """,
)
def school_absence_days(window: Window) -> Value:
    """Days of school missed, as far as known, in absences that began in the window."""
    return _absences.within(window).sum(agency_events.days)


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}、最長の連続欠席は{value}日", "longest absence {window}: {value} day(s)"
        ),
        none=Text(
            "{window}、日数の分かる欠席なし", "no absence of known length from school {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind           | days
          2023-04-03 | school_absence | 15   <- the first day of the year
          2023-04-02 | school_absence | 40
          2024-01-10 | school_absence | 3
          2024-02-10 | school_absence |   <- how many days is not known
        gives 15
    """,
)
def longest_school_absence(window: Window) -> Value:
    """The longest single absence from school: a child out of sight, not one with many colds."""
    return _absences.within(window).max(agency_events.days)


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、児童に関する警察の臨場が{value}回",
            "police called over the child {value} time(s) {window}",
        ),
        none=Text(
            "{window}、児童に関する警察の臨場なし", "police not called over the child {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | person | relation
          2018-05-01 | mother | mother
        agency_events
          happened   | person | kind
          2023-04-03 | child  | police_call   <- the first day of the year
          2023-04-02 | child  | police_call
          2024-01-01 | mother | police_call   <- of an adult of the household
        gives 1y: 1, ever: 2
    """,
)
def child_police_calls(window: Window) -> Value:
    """How often the police were called over the child itself."""
    return agency_events.where(agency_events.kind.is_("police_call")).within(window).count()


@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、児童の行方不明が{value}回", "the child went missing {value} time(s) {window}"
        ),
        none=Text("{window}、児童の行方不明なし", "the child did not go missing {window}"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | known      | kind
          2024-03-31 | 2024-04-01 | missing   <- known on the cutoff itself
          2024-03-31 | 2024-04-02 | missing
          2021-03-31 |            | missing
        gives 1y: 1, ever: 2
    """,
)
def times_missing(window: Window) -> Value:
    """How often the child was on record as missing."""
    return agency_events.where(agency_events.kind.is_("missing")).within(window).count()


@feature(
    windows=(MONTHS_6, YEAR_1),
    reason=Reason(
        some=Text(
            "{window}の欠席日数の増減（後半と前半の差）は{value}日",
            "days absent from school {window}: {value} in the later half",
        ),
        none=Text("{window}、欠席日数の増減なし", "no change in absence from school {window}"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind           | days
          2024-02-01 | school_absence | 9
          2023-11-01 | school_absence | 2
          2023-05-01 | school_absence | 3
          2024-03-01 | school_absence |     <- how many days is not known
          2024-03-01 | hospital_stay  | 7
        gives 6m: 7, 1y: 8
    """,
)
def school_absence_change(window: Window) -> Value:
    """Days of school missed in the later half of the window less those in the earlier."""
    return _absences.within(window).change_in(agency_events.days)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("健診のうち未受診が{value}", "{value} of health checks were missed"),
        none=Text("健診の記録なし", "no health check on record"),
    ),
    example="""
        cutoff 2024-04-01
        agency_events
          happened   | kind
          2022-03-02 | health_check_done
          2022-09-02 | health_check_missed
          2023-03-02 | health_check_missed
          2023-09-02 | health_check_missed
          2024-03-20 | hospital_stay
        gives 0.75
    """,
)
def health_check_missed_share(window: Window) -> Value:
    """The share of health checks due, done or missed, to which the child was not brought."""
    checks = agency_events.where(agency_events.kind.is_("health_check_done", "health_check_missed"))
    return checks.within(window).share(agency_events.kind.is_("health_check_missed"))
