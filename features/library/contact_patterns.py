"""The pattern of contacts: how many come off, how long the child is out of sight."""

from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.values import Value
from features.language.windows import DAYS_30, EVER, MONTHS_6, YEAR_1, YEARS_2, Window
from features.tables import contacts

_made = contacts.where(contacts.outcome.is_("made"))
_seen = contacts.where(contacts.child_seen.is_true())


@feature(
    windows=(MONTHS_6, YEARS_2),
    reason=Reason(
        some=Text(
            "{window}、訪問・面接等の実施率は{value}", "{value} of the contacts came off {window}"
        ),
        none=Text("{window}、結果の分かる訪問・面接等なし", "no contact of known outcome {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind  | outcome
          2024-03-01 | visit | made
          2024-02-01 | phone | missed
          2024-02-02 | visit |           <- what came of it is not known
          2023-02-01 | visit | refused
          2023-01-01 | visit | refused
        gives 6m: 0.5, 2y: 0.25
    """,
)
def contact_made_share(window: Window) -> Value:
    """The share of contacts, calls included, that took place: the rest were missed or refused."""
    return contacts.within(window).share(contacts.outcome.is_("made"))


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}、実施した訪問・面接のうち児童を目視できたのは{value}",
            "the child was seen at {value} of visits and meetings {window}",
        ),
        none=Text(
            "{window}、目視の有無が分かる訪問・面接なし",
            "no visit or meeting {window} of which it is known whether the child was seen",
        ),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind    | outcome | child_seen
          2024-03-01 | visit   | made    | yes
          2024-02-01 | meeting | made    | no
          2024-02-02 | visit   | made    |       <- not known whether
          2024-01-01 | phone   | made    | no    <- nobody can be seen
          2024-01-02 | visit   | missed  | no
        gives 0.5
    """,
)
def child_seen_share(window: Window) -> Value:
    """The share of visits and meetings held at which the child was seen."""
    face_to_face = _made.where(contacts.kind.is_("visit", "meeting"))
    return face_to_face.within(window).share(contacts.child_seen.is_true())


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}、児童を目視できなかった最長の期間は{value}",
            "the longest time out of sight {window}: {value}",
        ),
        none=Text("{window}、児童を目視した記録なし", "the child was not seen {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | outcome | child_seen
          2023-06-01 | made    | yes
          2023-09-01 | made    | yes   <- 91 days between
          2023-10-01 | made    | no
          2024-03-01 | made    | yes   <- 181 days between
          2024-03-15 | made    |       <- not known whether
        gives 181
    """,
)
def longest_out_of_sight(window: Window) -> Value:
    """The most days in a row of the window, since first seen in it, without seeing the child."""
    return _seen.within(window).longest_gap()


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}、児童を目視した日が{value}日", "the child was seen on {value} day(s) {window}"
        ),
        none=Text("{window}、児童を目視した日なし", "the child was seen on no day {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind    | child_seen
          2024-03-01 | visit   | yes
          2024-03-01 | meeting | yes   <- on the same day
          2024-03-20 | visit   | no
          2023-04-02 | visit   | yes   <- a day too early for the year
        gives 1
    """,
)
def days_child_seen(window: Window) -> Value:
    """Different days of the window on which somebody of the office saw the child."""
    return _seen.within(window).count_days()


@feature(
    windows=(YEAR_1,),
    reason=Reason(
        some=Text(
            "{window}の訪問・面接等の不在・拒否の増減（後半と前半の差）は{value}回",
            "contacts missed or refused {window}: {value} in the later half",
        ),
        none=Text(
            "{window}、訪問・面接等の不在・拒否の増減なし",
            "as many contacts missed or refused early as late {window}",
        ),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | outcome
          2024-03-01 | refused
          2024-02-01 | missed
          2023-05-01 | missed    <- in the earlier half
          2024-01-01 | made
        gives 1
    """,
)
def evasion_change(window: Window) -> Value:
    """Contacts missed or refused in the later half of the window less those in the earlier."""
    evaded = contacts.where(contacts.outcome.is_("missed", "refused"))
    return evaded.within(window).change()


@feature(
    windows=(EVER,),
    reason=Reason(
        some=Text(
            "最後に訪問・面接等を試みてから{value}", "{value} since a contact was last tried"
        ),
        none=Text("訪問・面接等を試みた記録なし", "no contact was ever tried on record"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | known      | outcome
          2024-03-02 |            | missed
          2024-01-02 |            | made
          2024-03-25 | 2024-04-03 | made     <- recorded after the cutoff
        gives 30
    """,
)
def days_since_contact_tried(window: Window) -> Value:
    """Days since the office last tried to reach the family: how stale what it knows is."""
    return contacts.within(window).days_since_last()


@feature(
    windows=(DAYS_30,),
    reason=Reason(
        some=Text("{window}に児童を目視している", "the child has been seen {window}"),
        none=Text("{window}、児童を目視していない", "the child has not been seen {window}"),
    ),
    example="""
        cutoff 2024-04-01
        contacts
          happened   | kind  | outcome | child_seen
          2024-03-20 | visit | made    | no
          2024-03-25 | visit | made    |       <- not filled in: it may have been seen
          2024-03-02 | visit | made    | yes   <- a day too early for the 30 days
        gives missing
    """,
)
def child_seen_lately(window: Window) -> Value:
    """Whether the office has seen the child in the past days, as far as it is written down."""
    return contacts.within(window).says(contacts.child_seen.is_true())
