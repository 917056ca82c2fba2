"""The questions about a child's own rows, by hand in Polars: one grouping a table."""

import polars as pl
from polars import Expr, LazyFrame, col, when

from tests.bench.peers.polars_part import Part
from tests.bench.peers.polars_verbs import (
    ago,
    days_covered,
    is_open,
    kind,
    kinds,
    known_sum,
    last_ago,
    latest_of,
    most,
    outcome,
    relation,
    with_reach,
)


def of_agencies(part: Part) -> LazyFrame:
    missed, treated = kind == "health_check_missed", kind == "injury_treated"
    absent, police, missing = kind == "school_absence", kind == "police_call", kind == "missing"
    return (
        part.own("agency_events", "person")
        .group_by("pair")
        .agg(
            health_checks_missed_2y=(missed & (ago < 730)).sum(),
            health_checks_missed_ever=missed.sum(),
            days_since_health_check=latest_of(kind == "health_check_done"),
            injuries_treated_6m=(treated & (ago < 183)).sum(),
            injuries_treated_2y=(treated & (ago < 730)).sum(),
            injuries_treated_ever=treated.sum(),
            hospital_stays=((kind == "hospital_stay") & (ago < 730)).sum(),
            school_absence_days_3m=known_sum("days", absent & (ago < 91)),
            school_absence_days_1y=known_sum("days", absent & (ago < 365)),
            longest_school_absence=most("days", absent & (ago < 365)),
            child_police_calls_1y=(police & (ago < 365)).sum(),
            child_police_calls_ever=police.sum(),
            times_missing_1y=(missing & (ago < 365)).sum(),
            times_missing_ever=missing.sum(),
        )
    )


def of_contacts(part: Part) -> LazyFrame:
    made, missed, refused = outcome == "made", outcome == "missed", outcome == "refused"
    met = made & kind.is_in(["visit", "meeting"])
    return (
        part.own("contacts")
        .group_by("pair")
        .agg(
            contacts_made_3m=(met & (ago < 91)).sum(),
            contacts_made_1y=(met & (ago < 365)).sum(),
            contacts_missed_6m=(missed & (ago < 183)).sum(),
            contacts_missed_2y=(missed & (ago < 730)).sum(),
            contacts_refused_6m=(refused & (ago < 183)).sum(),
            contacts_refused_2y=(refused & (ago < 730)).sum(),
            days_since_child_seen=latest_of(col("child_seen")),
            days_since_contact_made=latest_of(made),
            contacts_without_seeing_child=(met & ~col("child_seen") & (ago < 183)).sum(),
        )
    )


def of_findings(part: Part) -> LazyFrame:
    found, not_found = outcome == "substantiated", outcome == "unsubstantiated"
    unsure = outcome == "inconclusive"
    return (
        part.own("findings")
        .group_by("pair")
        .agg(
            substantiated_count_1y=(found & (ago < 365)).sum(),
            substantiated_count_2y=(found & (ago < 730)).sum(),
            substantiated_count_ever=found.sum(),
            substantiated_kind_count_2y=kinds("kind_bit", found & (ago < 730)),
            substantiated_kind_count_ever=kinds("kind_bit", found),
            largest_substantiated_severity_2y=most("severity", found & (ago < 730)),
            largest_substantiated_severity_ever=most("severity", found),
            days_since_last_substantiated=latest_of(found),
            unsubstantiated_count_1y=(not_found & (ago < 365)).sum(),
            unsubstantiated_count_ever=not_found.sum(),
            inconclusive_count_2y=(unsure & (ago < 730)).sum(),
            inconclusive_count_ever=unsure.sum(),
        )
    )


def of_household(part: Part) -> LazyFrame:
    sibling = relation.is_in(["sibling", "half_sibling", "step_sibling"])
    adult = relation.is_not_null() & ~sibling & (relation != "other_child")
    partner = relation.is_in(["step_mother", "step_father", "parents_partner"])
    unrelated, now = relation == "unrelated_adult", last_ago < 1

    def persons(mask: Expr) -> Expr:
        return when(mask).then(col("person")).drop_nulls().n_unique()

    return (
        part.own("members")
        .group_by("pair")
        .agg(
            siblings_in_home=persons(sibling & now),
            adults_in_home_now=persons(adult & now),
            adults_in_home_2y=persons(adult & (last_ago < 730)),
            mother_in_home=((relation == "mother") & now).any(),
            father_in_home=((relation == "father") & now).any(),
            partner_in_home_now=(partner & now).any(),
            partner_in_home_2y=(partner & (last_ago < 730)).any(),
            days_since_partner_moved_in=latest_of(partner & now),
            unrelated_adult_in_home_now=(unrelated & now).any(),
            unrelated_adult_in_home_2y=(unrelated & (last_ago < 730)).any(),
            relative_in_home=(relation.is_in(["grandparent", "other_relative"]) & now).any(),
            days_since_newcomer=ago.min(),
        )
    )


def of_parents(part: Part) -> LazyFrame:
    parents = part.own("members").filter(relation.is_in(["mother", "father"]))
    spans = parents.select("pair", "cutoff", "happened", "until")
    return with_reach(spans).group_by("pair").agg(days_with_a_parent=days_covered(730))


def of_children(part: Part) -> LazyFrame:
    born, cutoff = col("happened").cast(pl.Date).dt, col("cutoff").cast(pl.Date).dt
    same_month = cutoff.month() == born.month()
    before = (cutoff.month() < born.month()) | (same_month & (cutoff.day() < born.day()))
    years = cutoff.year() - born.year() - before.cast(pl.Int32)
    return (
        part.own("children")
        .group_by("pair")
        .agg(child_age=years.min(), infant_age=latest_of(ago < 365))
    )


def of_office(part: Part) -> LazyFrame:
    out, year = outcome == "screened_out", ago < 365
    return (
        part.own("screenings")
        .group_by("pair")
        .agg(
            screened_out_count_1y=(out & year).sum(),
            screened_out_count_ever=out.sum(),
            highest_urgency_1y=most("urgency", year),
            highest_urgency_ever=col("urgency").max(),
        )
    )


def of_assessments(part: Part) -> LazyFrame:
    return part.own("assessments").group_by("pair").agg(assessment_open=is_open.any())


def of_services(part: Part) -> LazyFrame:
    refused, ended_early, plan = (
        outcome == "refused",
        outcome == "ended_early",
        kind == "protection_plan",
    )
    return (
        part.own("services")
        .group_by("pair")
        .agg(
            service_open=(outcome.is_null() & is_open).any(),
            service_refused_count_2y=(refused & (last_ago < 730)).sum(),
            service_refused_count_ever=refused.sum(),
            service_ended_early_count_2y=(ended_early & (last_ago < 730)).sum(),
            service_ended_early_count_ever=ended_early.sum(),
            protection_plan_count=plan.sum(),
        )
    )


def of_plans(part: Part) -> LazyFrame:
    plans = part.own("services").filter(kind == "protection_plan")
    return (
        with_reach(plans)
        .group_by("pair")
        .agg(protection_plan_days_1y=days_covered(365), protection_plan_days_ever=days_covered())
    )


def of_placements(part: Part) -> LazyFrame:
    custody = kind == "custody"
    return (
        with_reach(part.own("placements"))
        .group_by("pair")
        .agg(
            placement_count_2y=(last_ago < 730).sum(),
            placement_count_ever=pl.len(),
            days_placed_2y=days_covered(730),
            days_placed_ever=days_covered(),
            placed_now=is_open.any(),
            days_since_placement_began=ago.min(),
            placement_kinds=kinds("kind_bit", ago.is_not_null()),
            custody_count_2y=(custody & (last_ago < 730)).sum(),
            custody_count_ever=custody.sum(),
        )
    )


OWN = (
    of_agencies,
    of_contacts,
    of_findings,
    of_household,
    of_parents,
    of_children,
    of_office,
    of_assessments,
    of_services,
    of_plans,
    of_placements,
)
