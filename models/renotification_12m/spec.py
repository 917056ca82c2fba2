"""Notified again within 12 months, and substantiated."""

from features.language.text import Text
from features.language.windows import YEAR_AHEAD
from features.tables import findings, notifications
from models.reported_children import AUDITED_BY, COHORT, GATES, MITIGATION, READ, RISING, SETTINGS
from models.spec import Gate, Label, ModelSpec

SPEC = ModelSpec(
    name="renotification_12m",
    title=Text(
        "12か月以内に再通告され虐待と認定される見込み", "Substantiated again within 12 months"
    ),
    cohort=COHORT,
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
    features=READ,
    rising=RISING,
    audited_by=AUDITED_BY,
    settings=SETTINGS,
    mitigation=MITIGATION,
    ceiling=0.80,  # the most that offices reach is 0.73
    gates=(
        Gate("auroc", at_least=0.62),
        Gate("calibration_slope", at_least=0.85, at_most=1.15),  # a town shows it to ±0.1
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
        *GATES,
    ),
)
