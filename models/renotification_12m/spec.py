"""Notified again within 12 months, and substantiated."""

from features.language.text import Text
from features.language.windows import YEAR_AHEAD
from features.library import FEATURES
from features.tables import findings, notifications
from models.spec import Cohort, Gate, Label, ModelSpec

# What a feature can tell, and this model is not to learn from.
NOT_READ = (
    # How carefully an office writes its records says nothing of a child.
    "source_filled_in", "abuser_known_share", "sight_filled_in", "injury_detail_share",
    "relation_known_share",
    # To have been harmed as a child is no mark against anybody.
    "adult_harmed_as_child", "abuser_notified_as_child",
    # Not recorded in the town on which it was measured.
    "moves", "days_since_moved_in",
)  # fmt: skip

SPEC = ModelSpec(
    name="renotification_12m",
    title=Text(
        "12か月以内に再通告され虐待と認定される見込み", "Substantiated again within 12 months"
    ),
    cohort=Cohort(each=notifications, ages=(0, 17), run_in=365),
    label=Label(
        findings.where(findings.outcome.is_("substantiated"))
        .about(notifications.following(YEAR_AHEAD))
        .exists(),
        about=Text(
            "通告から12か月以内に新たな通告があり、虐待と認定された",
            "a new notification within 12 months of this one was substantiated",
        ),
        settles_in=183,  # an assessment takes months; a finding is known only when it ends
    ),
    features=tuple(feature for name, feature in FEATURES.items() if name not in NOT_READ),
    rising=tuple(
        FEATURES[name]
        for name in ("notification_count", "notification_days", "faded_notifications")
    ),
    audited_by=("sex", "age_band", "nationality", "disability", "income_support", "office"),
    settings={
        "num_leaves": 7,
        "learning_rate": 0.03,
        "min_data_in_leaf": 100,
        "feature_fraction": 0.3,
        "lambda_l2": 10,
    },
    gates=(
        Gate("auroc", at_least=0.62, at_most=0.80),  # above lies a leak, until shown otherwise
        Gate("calibration_slope", at_least=0.85, at_most=1.15),  # a town shows it to about ±0.06
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
    ),
)
