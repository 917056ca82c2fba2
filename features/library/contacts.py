"""How the office gets through to the family, and when somebody last saw the child."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import EVER, MONTHS_3, MONTHS_6, YEAR_1, YEARS_2, Window
from features.tables import contacts

_made = contacts.where(contacts.outcome.is_("made"))
_face_to_face = contacts.kind.is_("visit", "meeting")


@feature(
    windows=(MONTHS_3, YEAR_1),
    reason=Reason(
        some=Text("{window}、訪問・面接を{value}回実施", "{value} visit(s) or meeting(s) {window}"),
        none=Text("{window}、訪問・面接の実施なし", "no visit or meeting made {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | known      | kind    | outcome
          2024-01-02 |            | visit   | made   <- the first day of the three months
          2024-01-01 |            | meeting | made
          2024-03-29 | 2024-04-02 | visit   | made   <- recorded after the cutoff
          2024-03-01 |            | visit   | missed
          2024-03-01 |            | phone   | made
          2024-03-01 |            |         | made   <- how is not known
        gives 3m: 1, 1y: 2
    """,
)
def contacts_made(window: Window) -> Value:
    """Visits and meetings with the family that took place, telephone calls not counted."""
    return _made.where(_face_to_face).within(window).count()


@feature(
    windows=(MONTHS_6, YEARS_2),
    reason=Reason(
        some=Text(
            "{window}、訪問・面接等の不在・不実施が{value}回", "{value} contact(s) missed {window}"
        ),
        none=Text("{window}、訪問・面接等の不在・不実施なし", "no contact missed {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          id | happened   | withdrawn  | kind    | outcome
          c1 | 2023-10-02 |            | visit   | missed   <- the first day of the six months
          c2 | 2023-10-01 |            | meeting | missed
          c3 | 2024-02-01 | 2024-02-05 | visit   | missed   <- corrected: they had been met
          c3 | 2024-02-05 |            | visit   | made
          c4 | 2024-02-10 |            | visit   | refused
        gives 6m: 1, 2y: 2
    """,
)
def contacts_missed(window: Window) -> Value:
    """Contacts of any kind that were tried or agreed and did not take place."""
    return contacts.where(contacts.outcome.is_("missed")).within(window).count()


@feature(
    windows=(MONTHS_6, YEARS_2),
    reason=Reason(
        some=Text("{window}、訪問・面接等の拒否が{value}回", "{value} contact(s) refused {window}"),
        none=Text("{window}、訪問・面接等の拒否なし", "no contact refused {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind  | outcome
          2024-04-01 | visit | refused   <- on the cutoff itself
          2023-01-10 | phone | refused
          2024-02-01 | visit |   <- what came of it is not known
          2024-02-10 | visit | missed
        gives 6m: 1, 2y: 2
    """,
)
def contacts_refused(window: Window) -> Value:
    """Contacts of any kind that the family refused."""
    return contacts.where(contacts.outcome.is_("refused")).within(window).count()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("児童の最後の目視から{value}", "{value} since the child was last seen"),
        none=Text("児童を目視した記録なし", "no record of the child being seen"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | known      | kind    | outcome | child_seen
          2024-02-01 |            | visit   | made    | yes
          2024-03-01 |            | meeting | made    | no
          2024-03-10 |            | visit   | made    |   <- not known whether
          2024-03-30 | 2024-04-02 | visit   | made    | yes   <- recorded after the cutoff
        gives 60
    """,
)
def days_since_child_seen(window: Window) -> Value:
    """Days since the office last saw the child."""
    return contacts.where(contacts.child_seen.is_true()).within(window).days_since_last()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text("家族との最後の接触から{value}", "{value} since the family was last reached"),
        none=Text("家族と接触できた記録なし", "no record of the family being reached"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind  | outcome
          2024-03-02 | phone | made
          2024-01-10 | visit | made
          2024-03-25 | visit | refused
        gives 30
    """,
)
def days_since_contact_made(window: Window) -> Value:
    """Days since the office last got through to the family, by telephone included."""
    return _made.within(window).days_since_last()


@feature(
    windows=(MONTHS_6,),
    reason=Reason(
        some=Text(
            "{window}、児童を目視できなかった訪問・面接が{value}回",
            "{value} visit(s) or meeting(s) without seeing the child {window}",
        ),
        none=Text(
            "{window}、児童を目視できなかった訪問・面接の記録なし",
            "no visit or meeting on record as held without seeing the child {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind    | outcome | child_seen
          2023-10-02 | visit   | made    | no   <- the first day of the six months
          2023-10-01 | visit   | made    | no
          2024-02-01 | meeting | made    |   <- not known whether: not counted as unseen
          2024-02-10 | visit   | missed  | no   <- nobody was met at all
          2024-02-20 | phone   | made    | no
          2024-03-01 | visit   | made    | yes
        gives 1
    """,
)
def contacts_without_seeing_child(window: Window) -> Value:
    """Visits and meetings that took place and in which the child is on record as not seen."""
    unseen = ~contacts.child_seen.is_true()
    return _made.where(_face_to_face & unseen).within(window).count()
