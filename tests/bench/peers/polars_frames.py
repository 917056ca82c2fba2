"""Polars, by hand: lazy joins and grouped masks, collected all at once by the streaming engine.

Codes become Enums and days numbers when the tables are loaded. A count is the sum of a mask, a set
of codes the bitwise or of their bits, so that no group is ever gathered. The pairs come in parts,
and each table is cut to the children of the part before it is joined.
"""

import polars as pl
import pyarrow as pa
from polars import LazyFrame, col, when

from tests.bench.peers.answers import PLACES, Answers, empty_answers
from tests.bench.peers.polars_own import OWN
from tests.bench.peers.polars_part import Frames, Part, load
from tests.bench.peers.polars_reports import REPORTS
from tests.bench.peers.polars_verbs import ago, is_open, kind, last_ago, most, role

__all__ = ["answer", "load"]


def answer(frames: Frames, pairs: pa.Table) -> Answers:
    """Every question answered for a part of the pairs."""
    frame = pl.from_arrow(pairs)
    assert isinstance(frame, pl.DataFrame)
    part = Part(frames, frame.with_columns(col("cutoff").to_physical()).with_row_index("pair"))
    made = pl.collect_all([ask(part) for ask in ASKED], engine="streaming")
    answers = empty_answers(len(frame))
    for grouped in made:
        row = grouped["pair"].to_numpy()
        for column in grouped.drop("pair"):
            answers[row, PLACES[column.name]] = column.cast(pl.Float64).to_numpy()
    return answers


def of_siblings(part: Part) -> LazyFrame:
    born = part.of_linked("children").filter(role == "sibling")
    return born.group_by("pair").agg(
        siblings_on_file=pl.len(), days_since_youngest_sibling_born=ago.min()
    )


def of_siblings_notifications(part: Part) -> LazyFrame:
    recent = when(ago < 730).then(col("person")).drop_nulls()
    return (
        part.of_linked("notifications")
        .filter(role == "sibling")
        .group_by("pair")
        .agg(
            sibling_notifications_6m=(ago < 183).sum(),
            sibling_notifications_2y=(ago < 730).sum(),
            sibling_notifications_ever=pl.len(),
            siblings_notified=recent.n_unique(),
        )
    )


def of_siblings_placements(part: Part) -> LazyFrame:
    return (
        part.of_linked("placements")
        .filter(role == "sibling")
        .group_by("pair")
        .agg(
            sibling_placements_2y=(last_ago < 730).sum(),
            sibling_placements_ever=pl.len(),
            sibling_placed_now=is_open.any(),
        )
    )


def of_linked_agencies(part: Part) -> LazyFrame:
    sibling, adult, abuser = role == "sibling", role == "adult", role == "abuser"
    call, arrest = kind == "police_call", kind == "arrest"
    return (
        part.of_linked("linked_agency_events")
        .group_by("pair")
        .agg(
            sibling_death=(sibling & (kind == "death")).any(),
            sibling_injuries_treated=(sibling & (kind == "injury_treated") & (ago < 730)).sum(),
            adult_police_calls_1y=(adult & call & (ago < 365)).sum(),
            adult_police_calls_5y=(adult & call & (ago < 1826)).sum(),
            adult_arrests_2y=(adult & arrest & (ago < 730)).sum(),
            adult_arrests_ever=(adult & arrest).sum(),
            abuser_police_record=(abuser & (call | arrest) & (ago < 730)).sum(),
        )
    )


def of_linked_allegations(part: Part) -> LazyFrame:
    adult, abuser = role == "adult", role == "abuser"
    seen = part.of_linked("linked_allegations").filter(role != "sibling")
    seen = seen.select("pair", "role", "row", "subject", "ago")
    return (
        seen.unique(["pair", "role", "row"])
        .group_by("pair")
        .agg(
            adult_allegations_2y=(adult & (ago < 730)).sum(),
            adult_allegations_ever=adult.sum(),
            children_alleged_with_adults=when(adult).then(col("subject")).drop_nulls().n_unique(),
            abuser_allegations_2y=(abuser & (ago < 730)).sum(),
            abuser_allegations_ever=abuser.sum(),
        )
    )


def of_linked_findings(part: Part) -> LazyFrame:
    sibling, adult, abuser = role == "sibling", role == "adult", role == "abuser"
    seen = part.of_linked("linked_findings").select("pair", "role", "row", "severity", "ago")
    return (
        seen.unique(["pair", "role", "row"])
        .group_by("pair")
        .agg(
            sibling_substantiated_findings_2y=(sibling & (ago < 730)).sum(),
            sibling_substantiated_findings_ever=sibling.sum(),
            adult_substantiated_findings_5y=(adult & (ago < 1826)).sum(),
            adult_substantiated_findings_ever=adult.sum(),
            abuser_substantiated_findings=abuser.sum(),
            abuser_severest_finding=most("severity", abuser),
        )
    )


ASKED = (
    *OWN,
    *REPORTS,
    of_siblings,
    of_siblings_notifications,
    of_siblings_placements,
    of_linked_agencies,
    of_linked_allegations,
    of_linked_findings,
)
