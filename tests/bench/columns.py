"""The questions that every engine is asked: columns of the library, written out in our language.

They are written out, and not taken from the library by name, so that a question of the library can
change without its three translations by hand. How many of them the library asks word for word is
told with the figures.
"""

from features.language.roles import ABUSER, ADULT, SIBLING
from features.language.values import Value
from features.language.windows import EVER, MONTHS_3, MONTHS_6, TODAY, YEAR_1, YEARS_2, YEARS_5
from features.tables import (
    agency_events,
    allegations,
    assessments,
    children,
    contacts,
    findings,
    members,
    notifications,
    observations,
    placements,
    screenings,
    services,
)
from features.tables.codes import ADULT_RELATIONS, SIBLING_RELATIONS

_checks_missed = agency_events.where(agency_events.kind.is_("health_check_missed"))
_treated = agency_events.where(agency_events.kind.is_("injury_treated"))
_absences = agency_events.where(agency_events.kind.is_("school_absence"))
_police_calls = agency_events.where(agency_events.kind.is_("police_call"))
_missing = agency_events.where(agency_events.kind.is_("missing"))

AGENCIES: dict[str, Value] = {
    "health_checks_missed_2y": _checks_missed.within(YEARS_2).count(),
    "health_checks_missed_ever": _checks_missed.within(EVER).count(),
    "days_since_health_check": agency_events.where(agency_events.kind.is_("health_check_done"))
    .within(EVER)
    .days_since_last(),
    "injuries_treated_6m": _treated.within(MONTHS_6).count(),
    "injuries_treated_2y": _treated.within(YEARS_2).count(),
    "injuries_treated_ever": _treated.within(EVER).count(),
    "hospital_stays": agency_events.where(agency_events.kind.is_("hospital_stay"))
    .within(YEARS_2)
    .count(),
    "school_absence_days_3m": _absences.within(MONTHS_3).sum(agency_events.days),
    "school_absence_days_1y": _absences.within(YEAR_1).sum(agency_events.days),
    "longest_school_absence": _absences.within(YEAR_1).max(agency_events.days),
    "child_police_calls_1y": _police_calls.within(YEAR_1).count(),
    "child_police_calls_ever": _police_calls.within(EVER).count(),
    "times_missing_1y": _missing.within(YEAR_1).count(),
    "times_missing_ever": _missing.within(EVER).count(),
}

_made = contacts.where(contacts.outcome.is_("made"))
_met = contacts.kind.is_("visit", "meeting")
_missed = contacts.where(contacts.outcome.is_("missed"))
_refused = contacts.where(contacts.outcome.is_("refused"))

CONTACTS: dict[str, Value] = {
    "contacts_made_3m": _made.where(_met).within(MONTHS_3).count(),
    "contacts_made_1y": _made.where(_met).within(YEAR_1).count(),
    "contacts_missed_6m": _missed.within(MONTHS_6).count(),
    "contacts_missed_2y": _missed.within(YEARS_2).count(),
    "contacts_refused_6m": _refused.within(MONTHS_6).count(),
    "contacts_refused_2y": _refused.within(YEARS_2).count(),
    "days_since_child_seen": contacts.where(contacts.child_seen.is_true())
    .within(EVER)
    .days_since_last(),
    "days_since_contact_made": _made.within(EVER).days_since_last(),
    "contacts_without_seeing_child": _made.where(_met & ~contacts.child_seen.is_true())
    .within(MONTHS_6)
    .count(),
}

_substantiated = findings.where(findings.outcome.is_("substantiated"))
_unsubstantiated = findings.where(findings.outcome.is_("unsubstantiated"))
_inconclusive = findings.where(findings.outcome.is_("inconclusive"))

FINDINGS: dict[str, Value] = {
    "substantiated_count_1y": _substantiated.within(YEAR_1).count(),
    "substantiated_count_2y": _substantiated.within(YEARS_2).count(),
    "substantiated_count_ever": _substantiated.within(EVER).count(),
    "substantiated_kind_count_2y": _substantiated.within(YEARS_2).count_distinct(findings.kind),
    "substantiated_kind_count_ever": _substantiated.within(EVER).count_distinct(findings.kind),
    "largest_substantiated_severity_2y": _substantiated.within(YEARS_2).max(findings.severity),
    "largest_substantiated_severity_ever": _substantiated.within(EVER).max(findings.severity),
    "days_since_last_substantiated": _substantiated.within(EVER).days_since_last(),
    "unsubstantiated_count_1y": _unsubstantiated.within(YEAR_1).count(),
    "unsubstantiated_count_ever": _unsubstantiated.within(EVER).count(),
    "inconclusive_count_2y": _inconclusive.within(YEARS_2).count(),
    "inconclusive_count_ever": _inconclusive.within(EVER).count(),
}

_siblings = members.where(members.relation.is_(*SIBLING_RELATIONS))
_adults = members.where(members.relation.is_(*ADULT_RELATIONS))
_partners = members.where(members.relation.is_("step_mother", "step_father", "parents_partner"))
_unrelated = members.where(members.relation.is_("unrelated_adult"))

HOUSEHOLD: dict[str, Value] = {
    "siblings_in_home": _siblings.within(TODAY).count_distinct(members.person),
    "adults_in_home_now": _adults.within(TODAY).count_distinct(members.person),
    "adults_in_home_2y": _adults.within(YEARS_2).count_distinct(members.person),
    "mother_in_home": members.where(members.relation.is_("mother")).within(TODAY).exists(),
    "father_in_home": members.where(members.relation.is_("father")).within(TODAY).exists(),
    "partner_in_home_now": _partners.within(TODAY).exists(),
    "partner_in_home_2y": _partners.within(YEARS_2).exists(),
    "days_since_partner_moved_in": _partners.within(TODAY).days_since_last(),
    "unrelated_adult_in_home_now": _unrelated.within(TODAY).exists(),
    "unrelated_adult_in_home_2y": _unrelated.within(YEARS_2).exists(),
    "relative_in_home": members.where(members.relation.is_("grandparent", "other_relative"))
    .within(TODAY)
    .exists(),
    "days_with_a_parent": members.where(members.relation.is_("mother", "father"))
    .within(YEARS_2)
    .days_covered(),
    "days_since_newcomer": members.within(EVER).days_since_last(),
    "child_age": children.within(EVER).age(),
    "infant_age": children.within(YEAR_1).days_since_last(),
}

_plans = services.where(services.kind.is_("protection_plan"))
_screened_out = screenings.where(screenings.outcome.is_("screened_out"))
_help_refused = services.where(services.outcome.is_("refused"))
_ended_early = services.where(services.outcome.is_("ended_early"))
_custody = placements.where(placements.kind.is_("custody"))

OFFICE: dict[str, Value] = {
    "screened_out_count_1y": _screened_out.within(YEAR_1).count(),
    "screened_out_count_ever": _screened_out.within(EVER).count(),
    "highest_urgency_1y": screenings.within(YEAR_1).max(screenings.urgency),
    "highest_urgency_ever": screenings.within(EVER).max(screenings.urgency),
    "assessment_open": assessments.within(TODAY).is_open(),
    "service_open": services.where(~services.outcome.is_known()).within(TODAY).is_open(),
    "service_refused_count_2y": _help_refused.within(YEARS_2).count(),
    "service_refused_count_ever": _help_refused.within(EVER).count(),
    "service_ended_early_count_2y": _ended_early.within(YEARS_2).count(),
    "service_ended_early_count_ever": _ended_early.within(EVER).count(),
    "protection_plan_days_1y": _plans.within(YEAR_1).days_covered(),
    "protection_plan_days_ever": _plans.within(EVER).days_covered(),
    "protection_plan_count": _plans.within(EVER).count(),
    "placement_count_2y": placements.within(YEARS_2).count(),
    "placement_count_ever": placements.within(EVER).count(),
    "days_placed_2y": placements.within(YEARS_2).days_covered(),
    "days_placed_ever": placements.within(EVER).days_covered(),
    "placed_now": placements.within(TODAY).is_open(),
    "days_since_placement_began": placements.within(EVER).days_since_last(),
    "placement_kinds": placements.within(EVER).count_distinct(placements.kind),
    "custody_count_2y": _custody.within(YEARS_2).count(),
    "custody_count_ever": _custody.within(EVER).count(),
}

_latest = notifications.within(EVER).latest()
_earlier = notifications.within(EVER).earlier()
_by_police = notifications.where(notifications.source.is_("police"))
_physical = allegations.where(allegations.kind.is_("physical"))

NOTIFICATIONS: dict[str, Value] = {
    "notification_count_6m": notifications.within(MONTHS_6).count(),
    "notification_count_1y": notifications.within(YEAR_1).count(),
    "notification_count_2y": notifications.within(YEARS_2).count(),
    "notification_count_ever": notifications.within(EVER).count(),
    "days_since_previous_notification": _earlier.days_since_last(),
    "days_since_first_notification": _earlier.days_since_first(),
    "notification_source_count_1y": notifications.within(YEAR_1).count_distinct(
        notifications.source
    ),
    "notification_source_count_ever": notifications.within(EVER).count_distinct(
        notifications.source
    ),
    "police_notification_count_1y": _by_police.within(YEAR_1).count(),
    "police_notification_count_ever": _by_police.within(EVER).count(),
    "earlier_physical_notification_count_2y": _physical.about(
        notifications.within(YEARS_2).earlier()
    ).count_distinct(allegations.notification),
    "earlier_physical_notification_count_ever": _physical.about(_earlier).count_distinct(
        allegations.notification
    ),
    "notified_by_police": _latest.where(notifications.source.is_("police")).exists(),
    "notified_by_school": _latest.where(notifications.source.is_("school", "nursery")).exists(),
    "notified_by_health_service": _latest.where(
        notifications.source.is_("medical", "health")
    ).exists(),
    "notified_by_family": _latest.where(notifications.source.is_("family")).exists(),
    "notified_by_child": _latest.where(notifications.source.is_("child")).exists(),
    "notified_by_neighbour": _latest.where(notifications.source.is_("neighbour")).exists(),
    "notified_anonymously": _latest.where(notifications.anonymous.is_true()).exists(),
    "notifier_saw_child": _latest.where(notifications.child_seen.is_true()).exists(),
}

_alleged = allegations.about(_latest)
_named = allegations.abuser.is_known() | allegations.abuser_relation.is_known()
_not_by_birth = allegations.abuser_relation.is_("step_father", "parents_partner")

ALLEGATIONS: dict[str, Value] = {
    "alleged_kind_count": _alleged.count_distinct(allegations.kind),
    "physical_alleged": _alleged.where(allegations.kind.is_("physical")).exists(),
    "psychological_alleged": _alleged.where(allegations.kind.is_("psychological")).exists(),
    "sexual_alleged": _alleged.where(allegations.kind.is_("sexual")).exists(),
    "neglect_alleged": _alleged.where(allegations.kind.is_("neglect")).exists(),
    "witnessed_violence_alleged": _alleged.where(allegations.witnessed_violence.is_true()).exists(),
    "step_father_or_partner_alleged": _alleged.where(_not_by_birth).exists(),
    "mother_alleged": _alleged.where(allegations.abuser_relation.is_("mother")).exists(),
    "unknown_abuser_alleged": _alleged.where(~_named).exists(),
    "alleged_abuser_count": _alleged.count_distinct(allegations.abuser),
}

_observed = observations.about(_latest)
_injuries = observations.where(observations.kind.is_("injury"))
_at_head = observations.site.is_("head", "face", "neck")

OBSERVATIONS: dict[str, Value] = {
    "disclosure_observed": _observed.where(observations.kind.is_("disclosure")).exists(),
    "protection_asked_for": _observed.where(observations.kind.is_("asks_protection")).exists(),
    "weapon_observed": _observed.where(observations.kind.is_("weapon")).exists(),
    "threat_observed": _observed.where(observations.kind.is_("threat")).exists(),
    "confinement_observed": _observed.where(observations.kind.is_("confined")).exists(),
    "lack_of_food_observed": _observed.where(observations.kind.is_("unfed")).exists(),
    "left_alone_observed": _observed.where(observations.kind.is_("alone")).exists(),
    "carer_unwell_observed": _observed.where(observations.kind.is_("carer_unwell")).exists(),
    "danger_sign_count": _observed.count_distinct(observations.kind),
    "head_injury_observed": _injuries.where(_at_head).about(_latest).exists(),
    "injury_site_count": _injuries.about(_latest).count_distinct(observations.site),
    "largest_injury_extent": _injuries.about(_latest).max(observations.extent),
    "injury_count_6m": _injuries.within(MONTHS_6).count(),
    "injury_count_2y": _injuries.within(YEARS_2).count(),
    "injury_count_ever": _injuries.within(EVER).count(),
    "danger_signs_on_record_1y": observations.within(YEAR_1).count(),
    "danger_signs_on_record_ever": observations.within(EVER).count(),
}

_found = findings.outcome.is_("substantiated")

SIBLINGS: dict[str, Value] = {
    "siblings_on_file": children.of(SIBLING).within(EVER).count(),
    "days_since_youngest_sibling_born": children.of(SIBLING).within(EVER).days_since_last(),
    "sibling_notifications_6m": notifications.of(SIBLING).within(MONTHS_6).count(),
    "sibling_notifications_2y": notifications.of(SIBLING).within(YEARS_2).count(),
    "sibling_notifications_ever": notifications.of(SIBLING).within(EVER).count(),
    "siblings_notified": notifications.of(SIBLING)
    .within(YEARS_2)
    .count_distinct(notifications.child),
    "sibling_substantiated_findings_2y": findings.of(SIBLING).where(_found).within(YEARS_2).count(),
    "sibling_substantiated_findings_ever": findings.of(SIBLING).where(_found).within(EVER).count(),
    "sibling_placements_2y": placements.of(SIBLING).within(YEARS_2).count(),
    "sibling_placements_ever": placements.of(SIBLING).within(EVER).count(),
    "sibling_placed_now": placements.of(SIBLING).within(TODAY).is_open(),
    "sibling_death": agency_events.of(SIBLING)
    .where(agency_events.kind.is_("death"))
    .within(EVER)
    .exists(),
    "sibling_injuries_treated": agency_events.of(SIBLING)
    .where(agency_events.kind.is_("injury_treated"))
    .within(YEARS_2)
    .count(),
}

_adult_calls = agency_events.of(ADULT).where(agency_events.kind.is_("police_call"))
_adult_arrests = agency_events.of(ADULT).where(agency_events.kind.is_("arrest"))
_abuser_found = findings.of(ABUSER).where(_found).within(EVER)

ADULTS: dict[str, Value] = {
    "adult_allegations_2y": allegations.of(ADULT).within(YEARS_2).count(),
    "adult_allegations_ever": allegations.of(ADULT).within(EVER).count(),
    "children_alleged_with_adults": allegations.of(ADULT)
    .within(EVER)
    .count_distinct(allegations.child),
    "adult_substantiated_findings_5y": findings.of(ADULT).where(_found).within(YEARS_5).count(),
    "adult_substantiated_findings_ever": findings.of(ADULT).where(_found).within(EVER).count(),
    "adult_police_calls_1y": _adult_calls.within(YEAR_1).count(),
    "adult_police_calls_5y": _adult_calls.within(YEARS_5).count(),
    "adult_arrests_2y": _adult_arrests.within(YEARS_2).count(),
    "adult_arrests_ever": _adult_arrests.within(EVER).count(),
    "abuser_allegations_2y": allegations.of(ABUSER).within(YEARS_2).count(),
    "abuser_allegations_ever": allegations.of(ABUSER).within(EVER).count(),
    "abuser_substantiated_findings": _abuser_found.count(),
    "abuser_severest_finding": _abuser_found.max(findings.severity),
    "abuser_police_record": agency_events.of(ABUSER)
    .where(agency_events.kind.is_("arrest", "police_call"))
    .within(YEARS_2)
    .count(),
}

QUESTIONS: dict[str, Value] = (
    AGENCIES
    | CONTACTS
    | FINDINGS
    | HOUSEHOLD
    | OFFICE
    | NOTIFICATIONS
    | ALLEGATIONS
    | OBSERVATIONS
    | SIBLINGS
    | ADULTS
)
