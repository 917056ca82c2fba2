"""The numbers of a town: what is published of Japan and of the USA, and what was set to meet it.

Keys such as S129 name the sources listed in the project's collection of published figures. Numbers
without a key are no figures: they were set so that what comes out lies in the published bands.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from features.errors import KizukiError
from features.tables.codes import ABUSE_KINDS
from features.tables.reports import notifications

KINDS = tuple(ABUSE_KINDS)
PHYSICAL, PSYCHOLOGICAL, SEXUAL, NEGLECT = range(len(KINDS))
SOURCES = tuple(notifications.source.allowed)
AGE_EDGES = (1, 3, 7, 13, 16)  # the bands in which Japan counts, and infants apart [S133]


@dataclass(frozen=True)
class Profile:
    """How one country's town is made; log odds and log rates where no unit is said."""

    name: str
    japanese: bool  # names with readings, and infant homes
    offices: int
    family_sizes: tuple[float, ...]  # share of families with 1, 2, ... children in the end
    peoples: Mapping[str, tuple[float, float]]  # share of each, and how many of it are foreign
    kinds: Mapping[str, float]  # weight of each of KINDS as the first allegation
    second_kind: float  # share of notifications with another kind beside the first
    sources: Mapping[str, float]  # weight of each of SOURCES
    ages: tuple[float, ...]  # how readily a child of each age band is reported
    sibling_named: tuple[float, ...]  # by kind: chance that a sibling is named too
    siblings_saw: float  # chance that a sibling's report says so in place of the same abuse
    report_level: float  # log reports per child and month, at no risk
    screened_in: float  # log odds at no severity; Japan handles every notification
    substantiated: float
    custody: float  # right after a notification
    custody_later: float  # in a month of an open case
    longer: float  # of custody turning into a longer placement
    custody_days: float  # mean stay [S140]
    homes: Mapping[str, float]  # weight of each kind of longer placement


JAPAN = Profile(
    name="jp",
    japanese=True,
    offices=6,
    family_sizes=(0.34, 0.44, 0.17, 0.04, 0.01),
    peoples={
        "japanese": (0.953, 0.002),
        "chinese": (0.013, 0.95),
        "filipino": (0.012, 0.9),
        "brazilian": (0.009, 0.9),
        "vietnamese": (0.007, 0.95),
        "other": (0.006, 0.8),
    },
    # For [S129] physical 22.9, psychological 59.8, sexual 1.1, neglect 16.2.
    kinds={"physical": 0.305, "psychological": 0.563, "sexual": 0.007, "neglect": 0.14},
    second_kind=0.08,
    # For [S129] police 51.7, neighbours 9.8, family 8.5, school 7.4; the rest shaped by [S122].
    sources={
        "police": 0.62,
        "school": 0.085,
        "nursery": 0.024,
        "medical": 0.025,
        "welfare": 0.058,
        "health": 0.016,
        "family": 0.083,
        "child": 0.01,
        "neighbour": 0.1,
        "other": 0.062,
    },
    ages=(0.87, 0.92, 1.08, 1.02, 0.91, 1.03),  # [S133]
    sibling_named=(0.4, 0.85, 0.1, 0.65),
    siblings_saw=0.5,
    report_level=-6.5,
    screened_in=20.0,
    substantiated=-1.75,
    custody=-5.5,
    custody_later=-8.3,
    longer=-1.7,  # 17.2 % in custody against 4.4 % placed [S124]
    custody_days=34.0,  # over 30 days [S140]
    # For [S124]; infants go to infant homes instead.
    homes={"foster": 0.12, "residential": 0.66, "kinship": 0.1, "other": 0.12},
)

USA = Profile(
    name="us",
    japanese=False,
    offices=6,
    family_sizes=(0.3, 0.38, 0.2, 0.08, 0.04),
    peoples={
        "white": (0.47, 0.03),
        "black": (0.24, 0.05),
        "hispanic": (0.17, 0.25),
        "asian": (0.03, 0.3),
        "native": (0.03, 0.0),
        "other": (0.06, 0.1),
    },
    # For victims of [S112] neglect 74 %, [S116] physical 16, sexual 10, emotional 6.
    kinds={"physical": 0.056, "psychological": 0.035, "sexual": 0.055, "neglect": 0.8},
    second_kind=0.06,
    # For [S112] law enforcement 21.2, education 20.7; [S115] medical 11.6, non-professionals 17.0.
    sources={
        "police": 0.575,
        "school": 0.235,
        "nursery": 0.022,
        "medical": 0.078,
        "welfare": 0.06,
        "health": 0.05,
        "family": 0.075,
        "child": 0.002,
        "neighbour": 0.093,
        "other": 0.138,
    },
    ages=(2.4, 1.45, 1.05, 1.0, 0.88, 0.82),  # [S111] infants 21.0 per 1,000 against 7.4; [S112]
    sibling_named=(0.65, 0.75, 0.4, 0.88),
    siblings_saw=0.1,
    report_level=-6.35,
    screened_in=-1.15,  # 47.5 % [S107]
    substantiated=-3.68,  # victims are 18 % of children with a response [S106]
    custody=-7.98,
    custody_later=-9.6,
    longer=1.0,
    custody_days=20.0,
    homes={"foster": 0.52, "residential": 0.1, "kinship": 0.34, "other": 0.04},
)

PROFILES = {profile.name: profile for profile in (JAPAN, USA)}


def profile_named(name: str) -> Profile:
    """The profile of that name; raises KizukiError where there is none."""
    if name not in PROFILES:
        raise KizukiError(f"there is no profile of that name; choose one of {', '.join(PROFILES)}")
    return PROFILES[name]
