"""The questions about a child's own rows, by hand in pandas and numpy."""

from typing import Any

import numpy as np
import numpy.typing as npt

from tests.bench.peers.pandas_part import Part
from tests.bench.peers.pandas_tables import Seen, codes

Made = tuple[Seen, dict[str, npt.NDArray[Any]]]


def is_(rows: Seen, table: str, field: str, *names: str) -> npt.NDArray[np.bool_]:
    """Which of the rows have one of the codes."""
    wanted = codes(table, field, *names)
    return rows[field] == wanted[0] if len(wanted) == 1 else np.isin(rows[field], wanted)


def of_agencies(part: Part) -> Made:
    rows = part.own("agency_events")
    ago, days = rows.ago, rows["days"]
    missed, treated, absent, police, missing, attended, stays = (
        is_(rows, "agency_events", "kind", name)
        for name in (
            "health_check_missed",
            "injury_treated",
            "school_absence",
            "police_call",
            "missing",
            "health_check_done",
            "hospital_stay",
        )
    )
    return rows, {
        "health_checks_missed_2y": rows.count(missed & (ago < 730)),
        "health_checks_missed_ever": rows.count(missed),
        "days_since_health_check": rows.least(ago, attended),
        "injuries_treated_6m": rows.count(treated & (ago < 183)),
        "injuries_treated_2y": rows.count(treated & (ago < 730)),
        "injuries_treated_ever": rows.count(treated),
        "hospital_stays": rows.count(stays & (ago < 730)),
        "school_absence_days_3m": rows.known_total(days, absent & (ago < 91)),
        "school_absence_days_1y": rows.known_total(days, absent & (ago < 365)),
        "longest_school_absence": rows.most(days, absent & (ago < 365)),
        "child_police_calls_1y": rows.count(police & (ago < 365)),
        "child_police_calls_ever": rows.count(police),
        "times_missing_1y": rows.count(missing & (ago < 365)),
        "times_missing_ever": rows.count(missing),
    }


def of_contacts(part: Part) -> Made:
    rows = part.own("contacts")
    made, missed, refused = (
        is_(rows, "contacts", "outcome", name) for name in ("made", "missed", "refused")
    )
    met = made & is_(rows, "contacts", "kind", "visit", "meeting")
    return rows, {
        "contacts_made_3m": rows.count(met & (rows.ago < 91)),
        "contacts_made_1y": rows.count(met & (rows.ago < 365)),
        "contacts_missed_6m": rows.count(missed & (rows.ago < 183)),
        "contacts_missed_2y": rows.count(missed & (rows.ago < 730)),
        "contacts_refused_6m": rows.count(refused & (rows.ago < 183)),
        "contacts_refused_2y": rows.count(refused & (rows.ago < 730)),
        "days_since_child_seen": rows.least(rows.ago, rows["child_seen"] == 1),
        "days_since_contact_made": rows.least(rows.ago, made),
        "contacts_without_seeing_child": rows.count(
            met & (rows["child_seen"] == 0) & (rows.ago < 183)
        ),
    }


def of_findings(part: Part) -> Made:
    rows = part.own("findings")
    ago, severity = rows.ago, rows["severity"]
    found, not_found, unsure = (
        is_(rows, "findings", "outcome", name)
        for name in ("substantiated", "unsubstantiated", "inconclusive")
    )
    return rows, {
        "substantiated_count_1y": rows.count(found & (ago < 365)),
        "substantiated_count_2y": rows.count(found & (ago < 730)),
        "substantiated_count_ever": rows.count(found),
        "substantiated_kind_count_2y": rows.kinds("kind", found & (ago < 730)),
        "substantiated_kind_count_ever": rows.kinds("kind", found),
        "largest_substantiated_severity_2y": rows.most(severity, found & (ago < 730)),
        "largest_substantiated_severity_ever": rows.most(severity, found),
        "days_since_last_substantiated": rows.least(ago, found),
        "unsubstantiated_count_1y": rows.count(not_found & (ago < 365)),
        "unsubstantiated_count_ever": rows.count(not_found),
        "inconclusive_count_2y": rows.count(unsure & (ago < 730)),
        "inconclusive_count_ever": rows.count(unsure),
    }


def of_household(part: Part) -> Made:
    rows = part.own("members")
    who, last_ago = rows["who"], rows.last_ago

    def lives(*relations: str) -> npt.NDArray[np.bool_]:
        return is_(rows, "members", "relation", *relations)

    sibling = lives("sibling", "half_sibling", "step_sibling")
    adult = (rows["relation"] >= 0) & ~sibling & ~lives("other_child")
    partner, unrelated = (
        lives("step_mother", "step_father", "parents_partner"),
        lives("unrelated_adult"),
    )
    now, lately = last_ago < 1, last_ago < 730
    return rows, {
        "siblings_in_home": rows.different(who, sibling & now),
        "adults_in_home_now": rows.different(who, adult & now),
        "adults_in_home_2y": rows.different(who, adult & lately),
        "mother_in_home": rows.any(lives("mother") & now),
        "father_in_home": rows.any(lives("father") & now),
        "partner_in_home_now": rows.any(partner & now),
        "partner_in_home_2y": rows.any(partner & lately),
        "days_since_partner_moved_in": rows.least(rows.ago, partner & now),
        "unrelated_adult_in_home_now": rows.any(unrelated & now),
        "unrelated_adult_in_home_2y": rows.any(unrelated & lately),
        "relative_in_home": rows.any(lives("grandparent", "other_relative") & now),
        "days_since_newcomer": np.minimum.reduceat(rows.ago, rows.starts),
    }


def days_covered(rows: Seen, days: int | None = None) -> npt.NDArray[np.int32]:
    """Days of the lookback that lie in at least one of the spans."""
    starts = np.maximum(rows["happened"], rows["reached"])
    if days is not None:
        starts = np.maximum(starts, rows["cutoff"] - days + 1)
    return rows.total(np.maximum(rows["ends"] - starts, 0))


def of_parents(part: Part) -> Made:
    rows = part.spans("members", relation=codes("members", "relation", "mother", "father"))
    return rows, {"days_with_a_parent": days_covered(rows, 730)}


def of_children(part: Part) -> Made:
    rows = part.own("children")
    (year, month_day), (born, born_month_day) = map(_calendar, (rows["cutoff"], rows["happened"]))
    years = year - born - (month_day < born_month_day)
    return rows, {
        "child_age": np.minimum.reduceat(years, rows.starts),
        "infant_age": rows.least(rows.ago, rows.ago < 365),
    }


def _calendar(days: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Year, and month and day as one number that orders as they do."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    year = day.astype("datetime64[Y]").astype(np.int64)
    return year, (month.astype(np.int64) - year * 12) * 32 + (day - month).astype(np.int64)


def of_screenings(part: Part) -> Made:
    rows = part.own("screenings")
    out, year = is_(rows, "screenings", "outcome", "screened_out"), rows.ago < 365
    return rows, {
        "screened_out_count_1y": rows.count(out & year),
        "screened_out_count_ever": rows.count(out),
        "highest_urgency_1y": rows.most(rows["urgency"], year),
        "highest_urgency_ever": rows.most(rows["urgency"], np.True_),
    }


def of_assessments(part: Part) -> Made:
    rows = part.own("assessments")
    return rows, {"assessment_open": rows.any(rows["until"] > rows["cutoff"])}


def of_services(part: Part) -> Made:
    rows = part.own("services")
    refused = is_(rows, "services", "outcome", "refused")
    ended_early = is_(rows, "services", "outcome", "ended_early")
    still = (rows["outcome"] < 0) & (rows["until"] > rows["cutoff"])
    return rows, {
        "service_open": rows.any(still),
        "service_refused_count_2y": rows.count(refused & (rows.last_ago < 730)),
        "service_refused_count_ever": rows.count(refused),
        "service_ended_early_count_2y": rows.count(ended_early & (rows.last_ago < 730)),
        "service_ended_early_count_ever": rows.count(ended_early),
        "protection_plan_count": rows.count(is_(rows, "services", "kind", "protection_plan")),
    }


def of_plans(part: Part) -> Made:
    rows = part.spans("services", kind=codes("services", "kind", "protection_plan"))
    return rows, {
        "protection_plan_days_1y": days_covered(rows, 365),
        "protection_plan_days_ever": days_covered(rows),
    }


def of_placements(part: Part) -> Made:
    rows = part.spans("placements")
    custody, lately = is_(rows, "placements", "kind", "custody"), rows.last_ago < 730
    return rows, {
        "placement_count_2y": rows.count(lately),
        "placement_count_ever": np.diff(rows.starts, append=len(lately)),
        "days_placed_2y": days_covered(rows, 730),
        "days_placed_ever": days_covered(rows),
        "placed_now": rows.any(rows["until"] > rows["cutoff"]),
        "days_since_placement_began": np.minimum.reduceat(rows.ago, rows.starts),
        "placement_kinds": rows.kinds("kind", np.ones(len(lately), bool)),
        "custody_count_2y": rows.count(custody & lately),
        "custody_count_ever": rows.count(custody),
    }


OWN = (
    of_agencies,
    of_contacts,
    of_findings,
    of_household,
    of_parents,
    of_children,
    of_screenings,
    of_assessments,
    of_services,
    of_plans,
    of_placements,
)
