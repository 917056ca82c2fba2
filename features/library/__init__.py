"""The features: one file for each side of a child's life."""

from collections.abc import Iterable
from types import ModuleType

from features.language.feature import Column, Feature
from features.library import (
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

SIDES: tuple[ModuleType, ...] = (
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


def features_of(side: ModuleType) -> tuple[Feature, ...]:
    """The features that one side declares, in their order."""
    return tuple(found for found in vars(side).values() if isinstance(found, Feature))


def _declared(sides: tuple[ModuleType, ...]) -> dict[str, Feature]:
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
