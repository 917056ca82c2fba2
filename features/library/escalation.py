"""Escalation: from neglect to physical abuse, from slight harm to grave."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEAR_1, YEARS_2, YEARS_5, Window
from features.tables import allegations, findings, notifications, observations

_physical = allegations.where(allegations.kind.is_("physical"))
_neglect = allegations.where(allegations.kind.is_("neglect"))
_substantiated = findings.where(findings.outcome.is_("substantiated"))
_grave = findings.where(findings.outcome.is_("substantiated") & findings.severity.at_least(3))


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、今回より前にネグレクトの疑いで通告{value}件",
            "{value} earlier notification(s) alleging neglect {window}",
        ),
        none=Text(
            "{window}、今回より前にネグレクトの疑いでの通告なし",
            "no earlier notification alleging neglect {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          id | happened
          a  | 2024-03-20
          b  | 2023-01-10
          c  | 2021-01-10
        allegations
          happened   | notification | kind
          2024-03-20 | a            | neglect    <- this notification, no earlier one
          2023-01-10 | b            | neglect
          2023-01-10 | b            | neglect    <- by somebody else, in the same notification
          2021-01-10 | c            | neglect
          2021-01-10 | c            | physical
        gives 2y: 1, ever: 2
    """,
)
def earlier_neglect_notification_count(window: Window) -> Value:
    """Notifications in the window, before the latest one, that allege neglect."""
    earlier = notifications.within(window).earlier()
    return _neglect.about(earlier).count_distinct(allegations.notification)


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}の身体的虐待の訴えの増減（後半と前半の差）は{value}件",
            "allegations of physical abuse {window}: {value} in the later half",
        ),
        none=Text(
            "{window}、身体的虐待の訴えの増減なし",
            "no change in allegations of physical abuse {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | kind
          2024-03-20 | physical
          2023-04-03 | physical   <- the first day of the later half
          2023-04-02 | physical   <- the last of the earlier half
          2024-03-20 | neglect
        gives 1
    """,
)
def physical_allegation_change(window: Window) -> Value:
    """Allegations of physical abuse in the later half of the window less those before."""
    return _physical.within(window).change()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}のネグレクトの訴えの増減（後半と前半の差）は{value}件",
            "allegations of neglect {window}: {value} in the later half",
        ),
        none=Text(
            "{window}、ネグレクトの訴えの増減なし", "no change in allegations of neglect {window}"
        ),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | kind
          2022-05-20 | neglect   <- neglect first
          2024-03-20 | physical  <- then physical abuse
        gives -1
    """,
)
def neglect_allegation_change(window: Window) -> Value:
    """Allegations of neglect in the later half of the window less those before."""
    return _neglect.within(window).change()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "身体的虐待の最初の訴えから{value}", "{value} since physical abuse was first alleged"
        ),
        none=Text("身体的虐待の訴えの記録なし", "physical abuse never alleged"),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | known      | kind
          2024-03-02 |            | physical
          2024-03-12 |            | physical
          2024-01-01 |            | neglect
          2023-01-01 | 2024-04-02 | physical   <- heard of after the cutoff
        gives 30
    """,
)
def days_since_first_physical(window: Window) -> Value:
    """Days since physical abuse was alleged for the first time: if short, a turn for the worse."""
    return _physical.within(window).days_since_first()


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、疑われた虐待種別は{value}種類", "{value} kind(s) of abuse alleged {window}"
        ),
        none=Text("{window}、疑われた虐待種別の記録なし", "no kind of abuse alleged {window}"),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | kind
          2024-03-20 | physical
          2023-03-20 | physical   <- the same kind again
          2020-03-20 | neglect
          2024-03-20 |            <- which kind is not known
        gives 2y: 1, ever: 2
    """,
)
def alleged_kinds_on_record(window: Window) -> Value:
    """Different kinds of abuse alleged in the window, in whichever notification."""
    return allegations.within(window).count_distinct(allegations.kind)


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}に認定された重症度の合計の増減（後半と前半の差）は{value}",
            "severity of findings {window}: {value} in the later half against the earlier",
        ),
        none=Text("{window}、認定の重症度の増減なし", "no change in severity of findings {window}"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome       | severity
          2024-03-20 | substantiated | 3
          2022-05-20 | substantiated | 1
          2022-06-20 | substantiated |     <- how grave is not known
          2023-06-20 | inconclusive  | 4
        gives 2
    """,
)
def severity_change(window: Window) -> Value:
    """Severity of substantiated findings, added up, in the later half less that before."""
    return _substantiated.within(window).change_in(findings.severity)


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}のけがの程度の合計の増減（後半と前半の差）は{value}",
            "extent of injuries {window}: {value} in the later half against the earlier",
        ),
        none=Text("{window}、けがの程度の増減なし", "no change in extent of injuries {window}"),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | kind   | extent
          2024-03-20 | injury | 2
          2023-05-20 | injury | 1
          2024-03-20 | injury |     <- how grave is not known
          2024-03-20 | threat |
        gives 1
    """,
)
def injury_extent_change(window: Window) -> Value:
    """Extent of injuries, added up, in the later half of the window less that before."""
    injuries = observations.where(observations.kind.is_("injury"))
    return injuries.within(window).change_in(observations.extent)


@feature(
    windows=(YEARS_5, EVER),
    reason=Reason(
        some=Text(
            "{window}、重い虐待（重症度3以上）の認定が{value}回",
            "grave abuse (severity 3 or more) substantiated {value} time(s) {window}",
        ),
        none=Text(
            "{window}、重い虐待（重症度3以上）の認定なし",
            "no grave abuse (severity 3 or more) substantiated {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome         | severity
          2023-03-20 | substantiated   | 3
          2023-03-20 | substantiated   | 4   <- another kind, found on the same day
          2015-03-20 | substantiated   | 3
          2023-05-20 | substantiated   | 2
          2023-05-21 | unsubstantiated | 4
        gives 5y: 1, ever: 2
    """,
)
def grave_findings(window: Window) -> Value:
    """How often grave abuse was substantiated, all findings of one day counted once."""
    return _grave.within(window).count_days()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "虐待認定の累積（2年ごとに重みを半減した件数）は{value}",
            "substantiated findings, each worth half after two years: {value}",
        ),
        none=Text("虐待認定の累積なし", "no substantiated finding to weigh"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome
          2024-04-01 | substantiated
          2022-04-02 | substantiated     <- 730 days ago: half of one
          2024-03-01 | unsubstantiated
        gives 1.5
    """,
)
def faded_substantiated(window: Window) -> Value:
    """Substantiated findings so far, each counting for half as much with every two years."""
    return _substantiated.within(window).faded_count(YEARS_2)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、調査結果のうち虐待の認定が{value}",
            "{value} of the findings {window} were substantiated",
        ),
        none=Text("{window}、結果の分かる調査なし", "no finding of known outcome {window}"),
    ),
    example="""
        cutoff 2024-04-01
        findings
          happened   | outcome
          2024-03-01 | substantiated
          2024-03-02 | inconclusive
          2024-03-03 |                   <- outcome not known: counted on neither side
          2020-03-01 | unsubstantiated
          2020-03-02 | unsubstantiated
        gives 2y: 0.5, ever: 0.25
    """,
)
def substantiated_share(window: Window) -> Value:
    """The share of findings of known outcome in which abuse was substantiated."""
    return findings.within(window).share(findings.outcome.is_("substantiated"))
