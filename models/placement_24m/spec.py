"""Placement within 24 months of a notification."""

from features.language.text import Text
from features.language.windows import TWO_YEARS_AHEAD
from features.library import FEATURES
from features.tables import notifications, placements
from models.spec import Cohort, Gate, Label, ModelSpec

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
    features=tuple(FEATURES.values()),
    rising=(FEATURES["notification_count"],),
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
        Gate("calibration_slope", at_least=0.9, at_most=1.1),
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
    ),
)
