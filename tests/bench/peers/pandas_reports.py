"""The questions about notifications and what hangs on them, by hand in pandas and numpy."""

import numpy as np
import numpy.typing as npt

from tests.bench.peers.pandas_own import Made, is_
from tests.bench.peers.pandas_part import Part
from tests.bench.peers.pandas_tables import Seen


def of_notifications(part: Part) -> Made:
    rows = Seen(part.notifications)
    ago, latest = rows.ago, rows["latest"]
    every = np.ones(len(ago), bool)

    def by(*sources: str) -> npt.NDArray[np.bool_]:
        return is_(rows, "notifications", "source", *sources)

    return rows, {
        "notification_count_6m": rows.count(ago < 183),
        "notification_count_1y": rows.count(ago < 365),
        "notification_count_2y": rows.count(ago < 730),
        "notification_count_ever": rows.count(every),
        "days_since_previous_notification": rows.least(ago, ~latest),
        "days_since_first_notification": rows.most(ago, ~latest),
        "notification_source_count_1y": rows.kinds("source", ago < 365),
        "notification_source_count_ever": rows.kinds("source", every),
        "police_notification_count_1y": rows.count(by("police") & (ago < 365)),
        "police_notification_count_ever": rows.count(by("police")),
        "notified_by_police": rows.any(latest & by("police")),
        "notified_by_school": rows.any(latest & by("school", "nursery")),
        "notified_by_health_service": rows.any(latest & by("medical", "health")),
        "notified_by_family": rows.any(latest & by("family")),
        "notified_by_child": rows.any(latest & by("child")),
        "notified_by_neighbour": rows.any(latest & by("neighbour")),
        "notified_anonymously": rows.any(latest & (rows["anonymous"] == 1)),
        "notifier_saw_child": rows.any(latest & (rows["child_seen"] == 1)),
    }


def of_allegations(part: Part) -> Made:
    about = part.about_allegations
    rows = Seen(about[about["latest"]])
    abuser, relation = rows["abuser"], rows["abuser_relation"]

    def alleged(field: str, *names: str) -> npt.NDArray[np.bool_]:
        return rows.any(is_(rows, "allegations", field, *names))

    accused = rows.different(abuser, abuser >= 0).astype(np.float64)
    return rows, {
        "alleged_kind_count": rows.kinds("kind", np.ones(len(abuser), bool)),
        "physical_alleged": alleged("kind", "physical"),
        "psychological_alleged": alleged("kind", "psychological"),
        "sexual_alleged": alleged("kind", "sexual"),
        "neglect_alleged": alleged("kind", "neglect"),
        "witnessed_violence_alleged": rows.any(rows["witnessed_violence"] == 1),
        "step_father_or_partner_alleged": alleged(
            "abuser_relation", "step_father", "parents_partner"
        ),
        "mother_alleged": alleged("abuser_relation", "mother"),
        "unknown_abuser_alleged": rows.any((abuser < 0) & (relation < 0)),
        "alleged_abuser_count": np.where(accused == 0, np.nan, accused),
    }


def of_earlier_allegations(part: Part) -> Made:
    about = part.about_allegations
    about = about[~about["latest"] & (about["kind"] == 0)]
    rows = Seen(about.drop_duplicates(["pair", "notification"]))
    lately = rows["cutoff"] - rows["notified"] < 730
    return rows, {
        "earlier_physical_notification_count_2y": rows.count(lately),
        "earlier_physical_notification_count_ever": rows.count(np.ones(len(lately), bool)),
    }


def of_latest_observations(part: Part) -> Made:
    about = part.about_notifications("observations")
    rows = Seen(about[about["latest"]])

    def saw(name: str) -> npt.NDArray[np.bool_]:
        return is_(rows, "observations", "kind", name)

    injury = saw("injury")
    at_head = is_(rows, "observations", "site", "head", "face", "neck")
    return rows, {
        "disclosure_observed": rows.any(saw("disclosure")),
        "protection_asked_for": rows.any(saw("asks_protection")),
        "weapon_observed": rows.any(saw("weapon")),
        "threat_observed": rows.any(saw("threat")),
        "confinement_observed": rows.any(saw("confined")),
        "lack_of_food_observed": rows.any(saw("unfed")),
        "left_alone_observed": rows.any(saw("alone")),
        "carer_unwell_observed": rows.any(saw("carer_unwell")),
        "danger_sign_count": rows.kinds("kind", np.ones(len(injury), bool)),
        "head_injury_observed": rows.any(injury & at_head),
        "injury_site_count": rows.kinds("site", injury),
        "largest_injury_extent": rows.most(rows["extent"], injury),
    }


def of_observations(part: Part) -> Made:
    rows = part.own("observations")
    injury, ago = is_(rows, "observations", "kind", "injury"), rows.ago
    return rows, {
        "injury_count_6m": rows.count(injury & (ago < 183)),
        "injury_count_2y": rows.count(injury & (ago < 730)),
        "injury_count_ever": rows.count(injury),
        "danger_signs_on_record_1y": rows.count(ago < 365),
        "danger_signs_on_record_ever": rows.count(np.ones(len(ago), bool)),
    }


REPORTS = (
    of_notifications,
    of_allegations,
    of_earlier_allegations,
    of_latest_observations,
    of_observations,
)
