"""The questions about notifications and what hangs on them, by hand in Polars."""

import polars as pl
from polars import LazyFrame, col, when

from tests.bench.peers.polars_part import Part
from tests.bench.peers.polars_verbs import (
    ago,
    kind,
    kinds,
    latest,
    latest_of,
    most,
    site,
    source,
)


def of_notifications(part: Part) -> LazyFrame:
    police = source == "police"
    return part.notifications.group_by("pair").agg(
        notification_count_6m=(ago < 183).sum(),
        notification_count_1y=(ago < 365).sum(),
        notification_count_2y=(ago < 730).sum(),
        notification_count_ever=pl.len(),
        days_since_previous_notification=latest_of(~latest),
        days_since_first_notification=most("ago", ~latest),
        notification_source_count_1y=kinds("source_bit", ago < 365),
        notification_source_count_ever=kinds("source_bit", ago.is_not_null()),
        police_notification_count_1y=(police & (ago < 365)).sum(),
        police_notification_count_ever=police.sum(),
        notified_by_police=(latest & police).any(),
        notified_by_school=(latest & source.is_in(["school", "nursery"])).any(),
        notified_by_health_service=(latest & source.is_in(["medical", "health"])).any(),
        notified_by_family=(latest & (source == "family")).any(),
        notified_by_child=(latest & (source == "child")).any(),
        notified_by_neighbour=(latest & (source == "neighbour")).any(),
        notified_anonymously=(latest & col("anonymous")).any(),
        notifier_saw_child=(latest & col("child_seen")).any(),
    )


def of_allegations(part: Part) -> LazyFrame:
    by = col("abuser_relation")
    alleged = part.about_notifications("allegations").filter(latest)
    accused = when(col("abuser").count() > 0).then(col("abuser").drop_nulls().n_unique())
    return alleged.group_by("pair").agg(
        alleged_kind_count=kinds("kind_bit", latest),
        physical_alleged=(kind == "physical").any(),
        psychological_alleged=(kind == "psychological").any(),
        sexual_alleged=(kind == "sexual").any(),
        neglect_alleged=(kind == "neglect").any(),
        witnessed_violence_alleged=col("witnessed_violence").any(),
        step_father_or_partner_alleged=by.is_in(["step_father", "parents_partner"]).any(),
        mother_alleged=(by == "mother").any(),
        unknown_abuser_alleged=(col("abuser").is_null() & by.is_null()).any(),
        alleged_abuser_count=accused,
    )


def of_earlier_allegations(part: Part) -> LazyFrame:
    physical = part.about_notifications("allegations").filter(~latest, kind == "physical")
    return (
        physical.unique(["pair", "notification"])
        .group_by("pair")
        .agg(
            earlier_physical_notification_count_2y=(col("notified_ago") < 730).sum(),
            earlier_physical_notification_count_ever=pl.len(),
        )
    )


def of_latest_observations(part: Part) -> LazyFrame:
    injury = kind == "injury"
    return (
        part.about_notifications("observations")
        .filter(latest)
        .group_by("pair")
        .agg(
            disclosure_observed=(kind == "disclosure").any(),
            protection_asked_for=(kind == "asks_protection").any(),
            weapon_observed=(kind == "weapon").any(),
            threat_observed=(kind == "threat").any(),
            confinement_observed=(kind == "confined").any(),
            lack_of_food_observed=(kind == "unfed").any(),
            left_alone_observed=(kind == "alone").any(),
            carer_unwell_observed=(kind == "carer_unwell").any(),
            danger_sign_count=kinds("kind_bit", latest),
            head_injury_observed=(injury & site.is_in(["head", "face", "neck"])).any(),
            injury_site_count=kinds("site_bit", injury),
            largest_injury_extent=most("extent", injury),
        )
    )


def of_observations(part: Part) -> LazyFrame:
    injury = kind == "injury"
    return (
        part.own("observations")
        .group_by("pair")
        .agg(
            injury_count_6m=(injury & (ago < 183)).sum(),
            injury_count_2y=(injury & (ago < 730)).sum(),
            injury_count_ever=injury.sum(),
            danger_signs_on_record_1y=(ago < 365).sum(),
            danger_signs_on_record_ever=pl.len(),
        )
    )


REPORTS = (
    of_notifications,
    of_allegations,
    of_earlier_allegations,
    of_latest_observations,
    of_observations,
)
