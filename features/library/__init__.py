"""The features: one file for each side of a child's life."""

from collections.abc import Iterable
from types import ModuleType

from features.language.feature import Column, Feature
from features.language.text import Text
from features.library import (
    abusers,
    adults,
    agencies,
    ages,
    allegations,
    alleged_abusers,
    contact_patterns,
    contacts,
    danger_signs,
    early_years,
    escalation,
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
    turning_points,
)

# In the order in which a specialist reads a case: what is new, what was before, who is there, what
# was done. Rows have their columns in this order.
SIDES: dict[ModuleType, Text] = {
    this_notification: Text("今回の通告", "this notification"),
    allegations: Text("今回の虐待の訴え", "what is alleged this time"),
    alleged_abusers: Text("今回、誰によるとされたか", "who is said to have done it"),
    observations: Text("今回見られた危険のサイン", "danger signs seen this time"),
    injuries: Text("けが", "injuries"),
    danger_signs: Text("危険のサインの積み重なり", "danger signs on record in all"),
    early_years: Text("乳幼児期の出来事", "what happened in early years"),
    prior_notifications: Text("これまでの通告", "earlier notifications"),
    tempo: Text("通告の間隔", "the tempo of notifications"),
    escalation: Text("深刻化の経過", "how grave it has become"),
    turning_points: Text("転機", "turning points"),
    findings: Text("これまでの調査の結果", "what inquiries found"),
    household: Text("いまの世帯", "who lives at home now"),
    ages: Text("世帯の人の年齢と出生間隔", "ages in the household, and births"),
    household_changes: Text("世帯の変化", "changes in the household"),
    siblings: Text("きょうだいの記録", "what is on record of siblings"),
    siblings_harmed: Text("きょうだいが受けた被害", "harm to siblings"),
    adults: Text("同居する大人のこれまで", "the past of the adults at home"),
    abusers: Text("虐待者とされた人のこれまで", "the alleged abusers' past"),
    contacts: Text("訪問・面接と児童の目視", "visits, and when the child was seen"),
    contact_patterns: Text("接触の経過", "how contacts have gone"),
    placements: Text("一時保護・措置", "time away from home"),
    services: Text("家庭への支援", "help for the family"),
    office_response: Text("これまでの所の対応", "what the office did before"),
    agencies: Text("保健・学校・警察の記録", "health, school and police records"),
    information: Text("記録の詳しさと新しさ", "how much is known, and how lately"),
}


def features_of(side: ModuleType) -> tuple[Feature, ...]:
    """The features that one side declares, in their order."""
    return tuple(found for found in vars(side).values() if isinstance(found, Feature))


def _declared(sides: Iterable[ModuleType]) -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for side in sides:
        for declared in features_of(side):
            if declared.name in found:
                raise ValueError(f"two features are called {declared.name}")
            found[declared.name] = declared
    return found


def _columns(features: Iterable[Feature]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for declared in features:
        for column in declared.columns:
            if column.name in found:  # as a feature of that name with one window would be
                raise ValueError(f"two columns are called {column.name}")
            found[column.name] = column
    return found


FEATURES: dict[str, Feature] = _declared(SIDES)
COLUMNS: dict[str, Column] = _columns(FEATURES.values())
