"""Placement within 24 months of a notification."""

from features.language.text import Text
from features.language.windows import TWO_YEARS_AHEAD
from features.tables import placements
from models.reported_children import AUDITED_BY, COHORT, GATES, MITIGATION, READ, RISING, SETTINGS
from models.spec import Gate, Label, ModelSpec

SPEC = ModelSpec(
    name="placement_24m",
    title=Text("24か月以内に一時保護・措置となる見込み", "Placement within 24 months"),
    cohort=COHORT,
    label=Label(
        placements.following(TWO_YEARS_AHEAD).exists(),
        about=Text(
            "通告から24か月以内に、一時保護または措置が始まった",
            "a placement, temporary custody included, began within 24 months of the notification",
        ),
        settles_in=30,
    ),
    features=READ,
    rising=RISING,
    audited_by=AUDITED_BY,
    settings=SETTINGS,
    mitigation=MITIGATION,
    ceiling=0.88,  # the most that offices reach is 0.84
    gates=(
        Gate("auroc", at_least=0.72),
        Gate("calibration_slope", at_least=0.85, at_most=1.15),  # a town shows it to ±0.1
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
        *GATES,
    ),
)
