"""pandas, by hand: merges that keep the order of the pairs, and numpy to reduce what they give."""

import numpy as np
import pyarrow as pa

from tests.bench.peers.answers import PLACES, Answers, empty_answers
from tests.bench.peers.pandas_own import OWN, Made, is_
from tests.bench.peers.pandas_part import Part
from tests.bench.peers.pandas_reports import REPORTS
from tests.bench.peers.pandas_tables import Tables, load

__all__ = ["answer", "load"]

SIBLING, ADULT, ABUSER = 0, 1, 2  # as `ROLES` numbers them


def answer(tables: Tables, pairs: pa.Table) -> Answers:
    """Every question answered for a part of the pairs."""
    part, answers = Part(tables, pairs), empty_answers(len(pairs))
    for ask in ASKED:
        rows, made = ask(part)
        for name, values in made.items():
            answers[rows.pairs, PLACES[name]] = values
    return answers


def of_siblings(part: Part) -> Made:
    rows = part.of_linked("children", SIBLING)
    return rows, {
        "siblings_on_file": rows.count(rows["role"] == SIBLING),
        "days_since_youngest_sibling_born": np.minimum.reduceat(rows.ago, rows.starts),
    }


def of_siblings_notifications(part: Part) -> Made:
    rows = part.of_linked("notifications", SIBLING)
    return rows, {
        "sibling_notifications_6m": rows.count(rows.ago < 183),
        "sibling_notifications_2y": rows.count(rows.ago < 730),
        "sibling_notifications_ever": rows.count(rows["role"] == SIBLING),
        "siblings_notified": rows.different(rows["person"], rows.ago < 730),
    }


def of_siblings_placements(part: Part) -> Made:
    rows = part.of_linked("placements", SIBLING)
    return rows, {
        "sibling_placements_2y": rows.count(rows.last_ago < 730),
        "sibling_placements_ever": rows.count(rows["role"] == SIBLING),
        "sibling_placed_now": rows.any(rows["until"] > rows["cutoff"]),
    }


def of_linked_agencies(part: Part) -> Made:
    rows = part.of_linked("linked_agency_events", SIBLING, ADULT, ABUSER)
    sibling, adult, abuser = (rows["role"] == role for role in (SIBLING, ADULT, ABUSER))
    death, treated, call, arrest = (
        is_(rows, "agency_events", "kind", name)
        for name in ("death", "injury_treated", "police_call", "arrest")
    )
    return rows, {
        "sibling_death": rows.any(sibling & death),
        "sibling_injuries_treated": rows.count(sibling & treated & (rows.ago < 730)),
        "adult_police_calls_1y": rows.count(adult & call & (rows.ago < 365)),
        "adult_police_calls_5y": rows.count(adult & call & (rows.ago < 1826)),
        "adult_arrests_2y": rows.count(adult & arrest & (rows.ago < 730)),
        "adult_arrests_ever": rows.count(adult & arrest),
        "abuser_police_record": rows.count(abuser & (call | arrest) & (rows.ago < 730)),
    }


def of_linked_allegations(part: Part) -> Made:
    rows = part.of_linked("linked_allegations", ADULT, ABUSER)
    adult, abuser = rows["role"] == ADULT, rows["role"] == ABUSER
    return rows, {
        "adult_allegations_2y": rows.count(adult & (rows.ago < 730)),
        "adult_allegations_ever": rows.count(adult),
        "children_alleged_with_adults": rows.different(rows["subject"], adult),
        "abuser_allegations_2y": rows.count(abuser & (rows.ago < 730)),
        "abuser_allegations_ever": rows.count(abuser),
    }


def of_linked_findings(part: Part) -> Made:
    rows = part.of_linked("linked_findings", SIBLING, ADULT, ABUSER)
    sibling, adult, abuser = (rows["role"] == role for role in (SIBLING, ADULT, ABUSER))
    return rows, {
        "sibling_substantiated_findings_2y": rows.count(sibling & (rows.ago < 730)),
        "sibling_substantiated_findings_ever": rows.count(sibling),
        "adult_substantiated_findings_5y": rows.count(adult & (rows.ago < 1826)),
        "adult_substantiated_findings_ever": rows.count(adult),
        "abuser_substantiated_findings": rows.count(abuser),
        "abuser_severest_finding": rows.most(rows["severity"], abuser),
    }


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
