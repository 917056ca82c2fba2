"""Rules for grave harm: they stand beside the model and can only raise attention.

Children's deaths were missed where a model alone was asked; so a few facts that every specialist
acts on are told whatever the score says. They never lower it, and they do not change it.
"""

from dataclasses import dataclass

from features.engines.one_child import answer
from features.histories import History
from features.language.text import Text
from features.language.values import Value
from features.language.windows import DAYS_30, EVER, YEAR_1
from features.tables import agency_events, children, observations

OLDEST = 17  # completed years: the last age of childhood
_AGE_UNKNOWN = Text("{flag}（児童の年齢は不明）", "{flag} (the age of this child is not known)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A red flag, told when the value is at least 1 and the child is not older than `to_age`."""

    code: str
    words: Text
    value: Value
    to_age: int = OLDEST


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A rule that is met, with the (table, id) of the rows that meet it."""

    code: str
    words: Text
    evidence: tuple[tuple[str, str], ...]


def _observed(*kinds: str) -> Value:
    return observations.where(observations.kind.is_(*kinds)).within(DAYS_30).exists()


_HEAD_INJURY = observations.where(
    observations.kind.is_("injury") & observations.site.is_("head", "face", "neck")
)
_TREATED = agency_events.where(agency_events.kind.is_("injury_treated"))

RULES = (
    Rule(
        "disclosure",
        Text("{window}に本人が被害を打ち明けた", "the child disclosed abuse {window}"),
        _observed("disclosure"),
    ),
    Rule(
        "asks_protection",
        Text("{window}に本人が保護を求めた", "the child asked for protection {window}"),
        _observed("asks_protection"),
    ),
    Rule(
        "infant_head_injury",
        Text(
            "{window}に2歳未満の児童の頭部・顔面・頸部のけが",
            "{window}, an injury to the head, face or neck of a child under 2",
        ),
        _HEAD_INJURY.within(DAYS_30).exists(),
        to_age=1,
    ),
    Rule(
        "grave_injury",
        Text("{window}に重いけが", "a grave injury {window}"),
        observations.where(observations.extent.at_least(3)).within(DAYS_30).exists(),
    ),
    Rule(
        "weapon",
        Text("{window}に凶器・道具の使用", "a weapon or tool was used {window}"),
        _observed("weapon"),
    ),
    Rule(
        "threat",
        Text(
            "{window}に殺傷の脅し・心中の示唆", "{window}, a threat to kill, or of family suicide"
        ),
        _observed("threat"),
    ),
    Rule(
        "sexual_harm",
        Text("{window}に性的被害の疑い", "signs of sexual harm {window}"),
        _observed("sexual_harm"),
    ),
    Rule(
        "infant_alone_or_unfed",
        Text(
            "{window}に3歳未満の児童の放置・欠食", "{window}, a child under 3 left alone or not fed"
        ),
        _observed("alone", "unfed"),
        to_age=2,
    ),
    Rule(
        "injuries_treated_again",
        Text(
            "{window}にけがの受診が日を改めて2回以上",
            "injuries treated on more than one day {window}",
        ),
        _TREATED.within(YEAR_1).earlier().exists(),
    ),
)

_AGE = children.within(EVER).age()


def red_flags(history: History, cutoff: int) -> list[RedFlag]:
    """The rules that the child's history meets on the cutoff, a day number.

    A rule for young children is told also where the age is not known: the doubt raises attention.
    """
    age = answer(_AGE, history, cutoff).number
    raised = []
    for rule in RULES:
        given = answer(rule.value, history, cutoff)
        if given.number == 1 and (age is None or age <= rule.to_age):
            words = rule.words.filled(window=rule.value.span.words)
            if age is None and rule.to_age < OLDEST:
                words = _AGE_UNKNOWN.filled(flag=words)
            raised.append(RedFlag(rule.code, words, given.evidence))
    return raised
