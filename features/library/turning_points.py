"""Turning points: where what was slight, or open, at first has become grave, or shut."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEARS_2, YEARS_5, Window
from features.tables import allegations, contacts, findings

_substantiated = findings.where(findings.outcome.is_("substantiated"))


@feature(
    windows=(YEARS_5, EVER),
    reason=Reason(
        some=Text(
            "{window}、ネグレクトの訴えの後に、初めて身体的虐待の訴えあり",
            "after allegations of neglect, physical abuse alleged for the first time {window}",
        ),
        none=Text(
            "{window}、ネグレクトから身体的虐待への移行の訴えなし",
            "allegations have not turned from neglect to physical abuse {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | kind
          2017-01-20 | physical        <- long before the neglect
          2022-05-20 | neglect
          2022-06-20 |                 <- which kind is not known
          2023-05-20 | psychological
          2024-03-20 | physical
        gives 5y: 1, ever: 0
    """,
)
def neglect_turned_physical(window: Window) -> Value:
    """Whether neglect was alleged first, and physical abuse for the first time on a later day."""
    either = allegations.where(allegations.kind.is_("neglect", "physical"))
    return either.within(window).turns(allegations.kind.is_("physical"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "軽い虐待の認定の後に、初めて重い虐待（重症度3以上）の認定あり",
            "after findings of lesser abuse, grave abuse (severity 3 or more) for the first time",
        ),
        none=Text(
            "軽い虐待から重い虐待（重症度3以上）への移行の認定なし",
            "findings have not turned from lesser to grave abuse (severity 3 or more)",
        ),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome         | severity
          2022-05-20 | substantiated   | 1
          2022-06-20 | substantiated   |     <- how grave is not known
          2022-04-20 | unsubstantiated | 3
          2024-03-20 | substantiated   | 3
        gives 1
    """,
)
def findings_turned_grave(window: Window) -> Value:
    """Whether lesser abuse was substantiated first, and grave abuse only on a later day."""
    return _substantiated.within(window).turns(findings.severity.at_least(3))


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、初めは応じていた訪問・面接等を拒否するようになった",
            "a family that was reached at first has come to refuse contact {window}",
        ),
        none=Text(
            "{window}、訪問・面接等の実施から拒否への変化なし",
            "contact has not turned from made to refused {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind  | outcome
          2023-05-01 | visit | made
          2023-06-01 | visit | missed    <- nobody in: neither the one nor the other
          2023-07-01 | visit |           <- what came of it is not known
          2024-02-01 | phone | refused
        gives 1
    """,
)
def family_turned_away(window: Window) -> Value:
    """Whether the family was reached first, and refused for the first time on a later day."""
    answered = contacts.where(contacts.outcome.is_("made", "refused"))
    return answered.within(window).turns(contacts.outcome.is_("refused"))
