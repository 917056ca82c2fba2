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
    this_notification: Text("今回の通告", "This notification"),
    allegations: Text("今回の虐待種別", "Allegations"),
    alleged_abusers: Text("今回の虐待者とされる人", "Alleged abusers"),
    observations: Text("今回の所見", "Observations"),
    injuries: Text("けが", "Injuries"),
    danger_signs: Text("危険の所見の経過", "Danger signs"),
    early_years: Text("乳幼児期のできごと", "Early years"),
    prior_notifications: Text("これまでの通告", "Prior notifications"),
    tempo: Text("通告の頻度の変化", "Tempo"),
    escalation: Text("深刻化", "Escalation"),
    turning_points: Text("転機", "Turning points"),
    findings: Text("認定", "Findings"),
    household: Text("現在の世帯", "Household"),
    ages: Text("世帯の年齢と出生間隔", "Ages"),
    household_changes: Text("世帯の変化", "Household changes"),
    siblings: Text("きょうだい", "Siblings"),
    siblings_harmed: Text("きょうだいの被害と加害", "Siblings harmed"),
    adults: Text("同居の大人の経歴", "Adults"),
    abusers: Text("虐待者とされる人の経歴", "Abusers"),
    contacts: Text("訪問・面接", "Contacts"),
    contact_patterns: Text("訪問・面接の傾向", "Contact patterns"),
    placements: Text("一時保護・措置", "Placements"),
    services: Text("支援", "Services"),
    office_response: Text("児童相談所の対応", "Office response"),
    agencies: Text("関係機関の情報", "Agencies"),
    information: Text("情報の不足と鮮度", "Information"),
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
