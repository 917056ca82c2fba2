"""How much is known, and how stale: what was left open in the records of the child."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, TODAY, YEAR_1, YEARS_2, Window
from features.tables import allegations, assessments, contacts, members, notifications, observations


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "通告のうち経路の記入があるものが{value}", "{value} of notifications name a source"
        ),
        none=Text("経路を問える通告なし", "no notification that could name a source"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known      | source
          2024-03-20 |            | police
          2024-03-20 | 2024-04-02 | police   <- recorded after the cutoff
          2023-01-10 |            |          <- not filled in
        gives 0.5
    """,
)
def source_filled_in(window: Window) -> Value:
    """The share of notifications for which it is filled in who notified."""
    return notifications.within(window).share(notifications.source.is_known())


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、虐待者が分かっている訴えが{value}",
            "the abuser is known in {value} of allegations {window}",
        ),
        none=Text("{window}、虐待の訴えなし", "no allegation {window}"),
    ),
    example="""
        cutoff 2024-04-01
        allegations
          happened   | abuser | abuser_relation
          2024-03-20 | adult  |
          2024-03-20 |        | father
          2024-01-20 |        |          <- nobody is named
          2023-12-20 |        |
          2021-03-20 |        |          <- too long ago
        gives 0.5
    """,
)
def abuser_known_share(window: Window) -> Value:
    """The share of allegations that say by name or by relation who is accused."""
    named = allegations.abuser.is_known() | allegations.abuser_relation.is_known()
    return allegations.within(window).share(named)


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}、目視の有無の記入がある訪問・面接等が{value}",
            "{value} of contacts {window} say whether the child was seen",
        ),
        none=Text("{window}、訪問・面接等の記録なし", "no contact on record {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | outcome | child_seen
          2024-03-20 | made    | yes
          2024-03-10 | made    | no
          2024-02-20 | made    |       <- not filled in
          2024-01-20 | made    |
          2022-01-20 | made    |
        gives 0.5
    """,
)
def sight_filled_in(window: Window) -> Value:
    """The share of contacts for which it is filled in whether the child was seen."""
    return contacts.within(window).share(contacts.child_seen.is_known())


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、部位と程度の分かるけがの所見が{value}",
            "site and extent are known of {value} of injuries {window}",
        ),
        none=Text("{window}、けがの所見なし", "no injury seen {window}"),
    ),
    example="""
        cutoff 2024-04-01
        observations
          happened   | kind   | site | extent
          2024-03-20 | injury | head | 2
          2024-03-20 | injury | face |     <- how grave is not known
          2024-03-20 | threat |      |
        gives 0.5
    """,
)
def injury_detail_share(window: Window) -> Value:
    """The share of injuries of which both site and extent are filled in."""
    injuries = observations.where(observations.kind.is_("injury"))
    detailed = observations.site.is_known() & observations.extent.is_known()
    return injuries.within(window).share(detailed)


@feature(
    windows=(TODAY,),
    reason=Reason(
        some=Text(
            "{window}の同居人のうち続柄の分かる人が{value}",
            "the relation to the child is known of {value} of the household {window}",
        ),
        none=Text("{window}の同居人の記録なし", "nobody on record as living there {window}"),
    ),
    example="""
        cutoff 2024-04-01
        members
          happened   | until      | person | relation
          2018-05-01 |            | mother | mother
          2023-05-01 |            | man    |          <- not known who he is
          2023-05-01 | 2023-06-01 | woman  |          <- has left
        gives 0.5
    """,
)
def relation_known_share(window: Window) -> Value:
    """The share of people living with the child of whom it is known who they are to it."""
    return members.within(window).share(members.relation.is_known())


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("直近の調査の開始から{value}", "{value} since the last assessment began"),
        none=Text("調査の記録なし", "no assessment on record"),
    ),
    example="""
        cutoff 2024-04-01
        assessments
          happened   | until      | kind
          2024-03-02 |            | full
          2023-08-01 | 2024-03-30 | initial
        gives 30
    """,
)
def days_since_assessment_began(window: Window) -> Value:
    """Days since anybody last began to inquire: how stale the picture of the family is."""
    return assessments.within(window).days_since_last()
