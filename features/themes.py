"""Themes: the sides of a child's life that the features ask about, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from features.language.feature import Feature
from features.language.text import Text
from features.library import (
    SIDES,
    abusers,
    adults,
    agencies,
    allegations,
    alleged_abusers,
    contact_patterns,
    contacts,
    danger_signs,
    early_years,
    escalation,
    features_of,
    findings,
    household,
    household_changes,
    information,
    injuries,
    observations,
    office_response,
    placements,
    prior_notifications,
    services,
    siblings,
    siblings_harmed,
    tempo,
    this_notification,
)


@dataclass(frozen=True, slots=True)
class Theme:
    """One side of a child's life: its stable short name, and its words."""

    code: str
    words: Text


_WORDS: Mapping[ModuleType, Text] = {
    abusers: Text("虐待者とされた人のこれまで", "the alleged abusers' past"),
    adults: Text("同居する大人のこれまで", "the past of the adults at home"),
    agencies: Text("保健・学校・警察の記録", "health, school and police records"),
    allegations: Text("今回の虐待の訴え", "what is alleged this time"),
    alleged_abusers: Text("今回、誰によるとされたか", "who is said to have done it"),
    contact_patterns: Text("接触の経過", "how contacts have gone"),
    contacts: Text("訪問・面接と児童の目視", "visits, and when the child was seen"),
    danger_signs: Text("危険のサインの積み重なり", "danger signs on record in all"),
    early_years: Text("乳幼児期の出来事", "what happened in early years"),
    escalation: Text("深刻化の経過", "how grave it has become"),
    findings: Text("これまでの調査の結果", "what inquiries found"),
    household: Text("いまの世帯", "who lives at home now"),
    household_changes: Text("世帯の変化", "changes in the household"),
    information: Text("記録の詳しさと新しさ", "how much is known, and how lately"),
    injuries: Text("けが", "injuries"),
    observations: Text("今回見られた危険のサイン", "danger signs seen this time"),
    office_response: Text("これまでの所の対応", "what the office did before"),
    placements: Text("一時保護・措置", "time away from home"),
    prior_notifications: Text("これまでの通告", "earlier notifications"),
    services: Text("家庭への支援", "help for the family"),
    siblings: Text("きょうだいの記録", "what is on record of siblings"),
    siblings_harmed: Text("きょうだいが受けた被害", "harm to siblings"),
    tempo: Text("通告の間隔", "the tempo of notifications"),
    this_notification: Text("今回の通告", "this notification"),
}

_THEMES: dict[str, Theme] = {
    feature.name: Theme(side.__name__.rpartition(".")[2], _WORDS[side])
    for side in SIDES
    for feature in features_of(side)
}


def theme_of(feature: Feature) -> Theme:
    """The theme of a feature of the library."""
    return _THEMES[feature.name]
