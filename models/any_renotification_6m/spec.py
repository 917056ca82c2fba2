"""Any new notification within 6 months."""

from features.language.text import Text
from features.language.windows import MONTHS_6_AHEAD
from features.tables import notifications
from models.reported_children import AUDITED_BY, COHORT, GATES, MITIGATION, READ, RISING, SETTINGS
from models.spec import Gate, Label, ModelSpec

SPEC = ModelSpec(
    name="any_renotification_6m",
    title=Text("6か月以内に再通告される見込み", "Notified again within 6 months"),
    cohort=COHORT,
    label=Label(
        notifications.following(MONTHS_6_AHEAD).exists(),
        about=Text(
            "通告から6か月以内に、認定の有無を問わず新たな通告があった",
            "a new notification, whatever came of it, within 6 months of this one",
        ),
        settles_in=30,
    ),
    features=READ,
    rising=RISING,
    audited_by=AUDITED_BY,
    settings=SETTINGS,
    mitigation=MITIGATION,
    ceiling=0.80,  # the most that offices reach for a new notification is 0.73
    gates=(
        Gate("auroc", at_least=0.60),
        Gate("calibration_slope", at_least=0.85, at_most=1.15),
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
        *GATES,
    ),
)
