"""Placement within 24 months of a notification."""

from features.language.text import Text
from features.language.windows import TWO_YEARS_AHEAD
from features.library import FEATURES
from features.tables import notifications, placements
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
    name="placement_24m",
    title=Text("24か月以内に一時保護・措置となる見込み", "Placement within 24 months"),
    cohort=Cohort(each=notifications, ages=(0, 17), run_in=365),
    label=Label(
        placements.following(TWO_YEARS_AHEAD).exists(),
        about=Text(
            "通告から24か月以内に、一時保護または措置が始まった",
            "a placement, temporary custody included, began within 24 months of the notification",
        ),
        settles_in=30,
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
        Gate("auroc", at_least=0.72, at_most=0.88),  # above lies a leak, until shown otherwise
        Gate("calibration_slope", at_least=0.85, at_most=1.15),  # a town shows it to about ±0.06
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
    ),
)
