"""What is on record of those alleged to have abused the child, wherever they live.

An alleged abuser's record is seen from the day on which the allegation is known; rows of the child
itself are asked about elsewhere, and the other children may be this child's siblings.
"""

from features.language.feature import Reason, feature
from features.language.roles import ABUSER
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEARS_2, YEARS_5, Window
from features.tables import agency_events, allegations, findings, notifications

_accused = findings.of(ABUSER, as_=findings.abuser)
_substantiated = _accused.where(findings.outcome.is_("substantiated"))


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、虐待者とされた人による他の児童への虐待の訴えが{value}件",
            "{value} allegation(s) against the alleged abuser about other children {window}",
        ),
        none=Text(
            "{window}、虐待者とされた人による他の児童への虐待の訴えなし",
            "no allegation against the alleged abuser about another child {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | known      | child  | abuser
          2024-03-20 |            | child  | coach   <- lives elsewhere
          2024-03-20 |            | older  | coach   <- named in the same report
          2020-01-10 |            | former | coach
          1990-01-10 |            | coach  | grandpa   <- he was the child then
          2024-03-30 | 2024-04-02 | child  | uncle   <- alleged after the cutoff
          2023-01-10 |            | former | uncle
        gives 2y: 1, ever: 2
    """,
)
def abuser_allegations(window: Window) -> Value:
    """Allegations about other children against somebody alleged to have abused this child."""
    return allegations.of(ABUSER, as_=allegations.abuser).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "虐待者とされた人による他の児童への虐待の認定が{value}件",
            "{value} substantiated finding(s) of the alleged abuser on other children",
        ),
        none=Text(
            "虐待者とされた人による他の児童への虐待の認定なし",
            "no substantiated finding of the alleged abuser on another child",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | child | abuser
          2024-03-20 | child | father
          2024-03-20 | child |
        findings
          happened   | child  | abuser | outcome
          2019-01-10 | former | father | substantiated
          2020-01-10 | former | father | inconclusive
          2021-01-10 | other  |        | substantiated   <- by whom is not known
          2024-03-28 | child  | father | substantiated   <- of the child itself
        gives 1
    """,
)
def abuser_substantiated_findings(window: Window) -> Value:
    """Substantiated findings that an alleged abuser of this child abused other children."""
    return _substantiated.within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "虐待者とされた人による他の児童への虐待の重症度は最大{value}（4が生命の危険）",
            "gravest abuse of another child by the alleged abuser: severity {value} of 4",
        ),
        none=Text(
            "虐待者とされた人による他の児童への虐待に、重症度の分かる認定なし",
            "no abuse of another child by the alleged abuser of known severity",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | child | abuser
          2024-03-20 | child | father
        findings
          happened   | child  | abuser | outcome         | severity
          2019-01-10 | former | father | substantiated   | 2
          2020-01-10 | former | father | substantiated   |   <- how severe is not known
          2021-01-10 | former | father | unsubstantiated | 4
          2024-03-28 | child  | father | substantiated   | 3
        gives 2
    """,
)
def abuser_severest_finding(window: Window) -> Value:
    """Severity of the gravest substantiated abuse of other children by an alleged abuser."""
    return _substantiated.within(window).max(findings.severity)


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、虐待者とされた人の逮捕・検挙または警察の臨場が{value}回",
            "{value} arrest(s) of, or police call(s) to, the alleged abuser {window}",
        ),
        none=Text(
            "{window}、虐待者とされた人の逮捕・検挙、警察の臨場なし",
            "no arrest of, or police call to, the alleged abuser {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          id | happened   | withdrawn  | child | abuser
          a1 | 2024-03-20 |            | child | coach
          a2 | 2024-01-20 | 2024-02-20 | child | uncle   <- taken back: no longer an alleged abuser
        agency_events
          happened   | person | kind
          2022-04-03 | coach  | arrest   <- the first day of the two years
          2024-03-31 | coach  | police_call
          2024-03-31 | coach  | missing
          2024-03-31 | uncle  | arrest
        gives 2
    """,
)
def abuser_police_record(window: Window) -> Value:
    """How often an alleged abuser was arrested or had the police called."""
    police = agency_events.kind.is_("arrest", "police_call")
    return agency_events.of(ABUSER).where(police).within(window).count()


@feature(
    windows=(YEARS_5, EVER),
    reason=Reason(
        some=Text(
            "{window}、虐待者とされた人による被害が訴えられた他の児童が{value}人",
            "{value} other child(ren) alleged as harmed by the alleged abuser {window}",
        ),
        none=Text(
            "{window}、虐待者とされた人による被害が訴えられた他の児童なし",
            "no other child alleged as harmed by the alleged abuser {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | child  | abuser
          2024-03-20 | child  | coach
          2023-01-10 | former | coach
          2023-02-10 | former | coach   <- the same child again
          2015-01-10 | other  | coach
        gives 5y: 1, ever: 2
    """,
)
def abuser_victims(window: Window) -> Value:
    """How many other children, in whichever household, an alleged abuser is accused of harming."""
    accused = allegations.of(ABUSER, as_=allegations.abuser)
    return accused.within(window).count_distinct(allegations.child)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "虐待者とされた人に、児童だった頃の通告歴あり",
            "the alleged abuser was notified as a child",
        ),
        none=Text(
            "虐待者とされた人に、児童だった頃の通告の記録なし",
            "the alleged abuser is not on record as notified as a child",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | child | abuser
          2024-03-20 | child | coach
        notifications
          happened   | child
          2001-09-01 | coach   <- he was a child then
          2024-03-20 | child
        gives 1
    """,
)
def abuser_notified_as_child(window: Window) -> Value:
    """Whether an alleged abuser was once notified as the child at risk."""
    return notifications.of(ABUSER).within(window).exists()
