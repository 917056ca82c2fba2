"""What befell the child while very young: the same sign is graver on a baby than on a teenager."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, YEARS_2, Window
from features.tables import agency_events, notifications, observations, placements

_injuries = observations.where(observations.kind.is_("injury"))


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("1歳未満でのけがの所見が{value}日", "injured as a baby, on {value} day(s)"),
        none=Text("1歳未満でのけがの所見なし", "no injury on record as a baby"),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2022-06-01
        observations
          happened   | kind
          2022-08-01 | injury
          2022-08-01 | injury   <- two bruises of one day
          2023-05-31 | injury   <- the day before the first birthday
          2023-06-01 | injury   <- the birthday
          2022-08-02 | hygiene
        gives 2
    """,
)
def injury_days_as_baby(window: Window) -> Value:
    """Days on which an injury was seen before the child was one: babies seldom bruise."""
    return _injuries.within(window).before_age(1).count_days()


@feature(
    windows=(YEARS_2,),
    reason=Reason(
        some=Text(
            "{window}、2歳未満での頭部・顔面・頸部のけがあり",
            "injury to the head, face or neck while under two, {window}",
        ),
        none=Text(
            "{window}、2歳未満での頭部・顔面・頸部のけがなし",
            "no injury to the head, face or neck while under two, {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2022-06-01
        observations
          happened   | kind   | site
          2023-08-01 | injury | face
          2023-08-01 | injury | limbs
          2023-08-01 | injury |        <- where is not known
        gives 1
    """,
)
def head_injury_under_two(window: Window) -> Value:
    """Whether the head, face or neck was injured before the child was two."""
    at_head = observations.site.is_("head", "face", "neck")
    return _injuries.within(window).before_age(2).says(at_head)


@feature(
    windows=(YEARS_2, EVER),
    reason=Reason(
        some=Text(
            "{window}、4歳未満での体幹・頸部・性器・口腔のけがあり",
            "injury to trunk, neck, mouth or genital area while under four {window}",
        ),
        none=Text(
            "{window}、4歳未満での体幹・頸部・性器・口腔のけがなし",
            "no injury to trunk, neck, mouth or genital area while under four {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2018-06-01
        observations
          happened   | kind   | site
          2020-08-01 | injury | trunk
          2020-08-01 | injury | limbs
          2023-08-01 | injury | trunk   <- five years old by then
        gives 2y: 0, ever: 1
    """,
)
def telling_injury_under_four(window: Window) -> Value:
    """Whether a child under four was injured where accidents seldom reach (after the TEN-4 rule).

    Bruises of torso, ear and neck under four years of age: Pierce and others, Pediatrics 2010; of
    the mouth too: the same, JAMA Network Open 2021. Ears are not told apart from the head.
    """
    seldom = observations.site.is_("trunk", "neck", "genitals", "mouth")
    return _injuries.within(window).before_age(4).says(seldom)


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "2歳未満でのけがの受診が{value}日", "treated for injury under two: {value} day(s)"
        ),
        none=Text("2歳未満でのけがの受診なし", "not treated for injury under two"),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2020-06-01
        agency_events
          happened   | kind
          2021-08-01 | injury_treated
          2021-08-01 | injury_treated   <- sent on to a hospital the same day
          2022-08-01 | injury_treated   <- two by then
          2021-09-01 | hospital_stay
        gives 1
    """,
)
def injuries_treated_under_two(window: Window) -> Value:
    """Days on which the child was treated for an injury before it was two."""
    treated = agency_events.where(agency_events.kind.is_("injury_treated"))
    return treated.within(window).before_age(2).count_days()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "6歳未満での放置・欠食の所見が{value}日",
            "left alone or not fed while under six, on {value} day(s)",
        ),
        none=Text(
            "6歳未満での放置・欠食の所見なし", "not on record as alone or not fed while under six"
        ),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2016-06-01
        observations
          happened   | kind
          2021-08-01 | alone
          2021-08-01 | unfed    <- of the same day
          2021-09-01 | hygiene
          2023-08-01 | alone    <- seven by then
        gives 1
    """,
)
def alone_or_unfed_under_six(window: Window) -> Value:
    """Days on which the child was left alone or went without food before it was six."""
    signs = observations.where(observations.kind.is_("alone", "unfed"))
    return signs.within(window).before_age(6).count_days()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("1歳未満での通告が{value}日", "notified as a baby, on {value} day(s)"),
        none=Text("1歳未満での通告なし", "not notified as a baby"),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2016-06-01
        notifications
          happened   | source
          2016-06-03 | medical
          2016-06-03 | health    <- of the same day
          2018-06-03 | police
        gives 1
    """,
)
def notified_as_baby(window: Window) -> Value:
    """Days on which the child was notified before it was one."""
    return notifications.within(window).before_age(1).count_days()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("3歳未満での一時保護・措置が{value}件", "{value} placement(s) while under three"),
        none=Text("3歳未満での一時保護・措置なし", "no placement while under three"),
    ),
    example="""
        cutoff 2024-04-01
        children
          happened
          2016-06-01
        placements
          happened   | until      | kind
          2016-06-10 | 2017-06-10 | infant_home
          2019-06-01 | 2019-07-01 | custody       <- three by then
        gives 1
    """,
)
def placed_under_three(window: Window) -> Value:
    """Placements that began before the child was three."""
    return placements.within(window).before_age(3).count()
