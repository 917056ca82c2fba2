"""What was found: each finding is a row with its own days, later than its notification's."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, YEARS_2, YEARS_5, Window
from features.tables import findings

_substantiated = findings.where(findings.outcome.is_("substantiated"))


@feature(
    windows=(YEAR_1, YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、虐待の認定が{value}回", "abuse substantiated {value} time(s) {window}"
        ),
        none=Text("{window}、虐待の認定なし", "no substantiated finding {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-02-01
        findings
          happened   | known      | notification | outcome
          2024-03-20 | 2024-04-02 | a            | substantiated     <- not yet known
          2024-03-20 | 2024-03-20 | a            | unsubstantiated
          2023-01-20 | 2023-01-20 |              | substantiated
          2023-01-20 | 2023-01-20 |              | substantiated     <- another kind, found then
          2022-04-02 | 2022-04-02 |              | substantiated     <- too early for 2 years
          2023-01-20 | 2023-01-20 |              |                   <- outcome not known
        gives 1y: 0, 2y: 1, ever: 2
    """,
)
def substantiated_count(window: Window) -> Value:
    """How often abuse was substantiated in the window, all kinds found on one day counted once."""
    return _substantiated.within(window).count_days()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、認定された虐待種別が{value}種類",
            "{value} kind(s) of abuse substantiated {window}",
        ),
        none=Text("{window}、認定された虐待種別なし", "no kind of abuse substantiated {window}"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | kind     | outcome
          2023-01-20 | neglect  | substantiated
          2023-06-20 | neglect  | substantiated     <- the same kind again
          2020-01-20 | physical | substantiated
          2023-06-20 | sexual   | inconclusive
          2023-06-20 |          | substantiated     <- of what kind is not known
        gives 2y: 1, ever: 2
    """,
)
def substantiated_kind_count(window: Window) -> Value:
    """Different kinds of abuse that were substantiated in the window."""
    return _substantiated.within(window).count_distinct(findings.kind)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、認定された虐待の重症度は最大{value}（4が生命の危険）",
            "substantiated abuse of severity up to {value} of 4 {window}",
        ),
        none=Text(
            "{window}、重症度の分かる認定なし",
            "no substantiated abuse of known severity {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome         | severity
          2023-01-20 | substantiated   | 1
          2023-06-20 | substantiated   |            <- how grave is not known
          2023-06-20 | unsubstantiated | 4          <- not substantiated
          2022-04-02 | substantiated   | 3          <- a day too early for the 2 years
        gives 2y: 1, ever: 3
    """,
)
def largest_substantiated_severity(window: Window) -> Value:
    """Severity of the gravest abuse substantiated in the window, 0 none to 4 danger to life."""
    return _substantiated.within(window).max(findings.severity)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("直近の虐待認定から{value}", "{value} since abuse was last substantiated"),
        none=Text("虐待と認定された記録なし", "abuse never substantiated on record"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          id | happened   | known      | withdrawn  | outcome
          f1 | 2024-03-25 | 2024-03-25 | 2024-03-29 | substantiated   <- overturned
          f1 | 2024-03-25 | 2024-03-29 |            | unsubstantiated
          f2 | 2024-03-02 | 2024-03-09 |            | substantiated   <- from the day it happened
          f3 | 2022-03-02 | 2022-03-02 |            | substantiated
        gives 30
    """,
)
def days_since_last_substantiated(window: Window) -> Value:
    """Days from the last substantiated finding to the cutoff."""
    return _substantiated.within(window).days_since_last()


@feature(
    windows=(YEAR_1, EVER),
    sunset=YEARS_5,
    reason=Reason(
        some=Text(
            "{window}、虐待と認定されなかった調査結果が{value}件",
            "{value} unsubstantiated finding(s) {window}",
        ),
        none=Text("{window}、認定されずとの調査結果なし", "no unsubstantiated finding {window}"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome
          2023-04-03 | unsubstantiated   <- the first day of the year
          2023-04-02 | unsubstantiated   <- a day too early for it
          2023-06-20 | inconclusive
          2023-06-20 |                   <- outcome not known: neither yes nor no
          2019-04-02 | unsubstantiated   <- after five years it is let be
        gives 1y: 1, 5y: 2
    """,
)
def unsubstantiated_count(window: Window) -> Value:
    """Findings made in the window that abuse was not substantiated, one for each kind of abuse.

    After five years nothing is made of a suspicion that was not borne out.
    """
    return findings.where(findings.outcome.is_("unsubstantiated")).within(window).count()


@feature(
    windows=(YEARS_2, EVER),
    sunset=YEARS_5,
    reason=Reason(
        some=Text(
            "{window}、虐待か判断できなかった調査結果が{value}件",
            "{value} inconclusive finding(s) {window}",
        ),
        none=Text("{window}、判断できずとの調査結果なし", "no inconclusive finding {window}"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome       | child
          2023-06-20 | inconclusive  | child
          2021-06-20 | inconclusive  | child
          2018-06-20 | inconclusive  | child   <- after five years it is let be
          2023-06-20 | substantiated | child
          2023-06-20 | inconclusive  | other   <- of another child
        gives 2y: 1, 5y: 2
    """,
)
def inconclusive_count(window: Window) -> Value:
    """Findings made in the window that could not tell whether there was abuse."""
    return findings.where(findings.outcome.is_("inconclusive")).within(window).count()
