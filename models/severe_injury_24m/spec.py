"""An injury that was treated, or death, within 24 months of a notification."""

from features.language.text import Text
from features.language.windows import TWO_YEARS_AHEAD
from features.tables import agency_events
from models.reported_children import AUDITED_BY, COHORT, GATES, MITIGATION, READ, RISING, SETTINGS
from models.spec import Gate, Label, ModelSpec

SPEC = ModelSpec(
    name="severe_injury_24m",
    title=Text(
        "24か月以内にけがの受診・死亡となる見込み", "Injury treated, or death, within 24 months"
    ),
    cohort=COHORT,
    label=Label(
        agency_events.where(agency_events.kind.is_("injury_treated", "death"))
        .following(TWO_YEARS_AHEAD)
        .exists(),
        about=Text(
            "通告から24か月以内に、けがで受診した、または死亡した",
            "within 24 months of the notification the child was treated for an injury, or died",
        ),
        settles_in=183,  # other agencies tell late
    ),
    features=READ,
    rising=RISING,
    audited_by=AUDITED_BY,
    settings=SETTINGS,
    mitigation=MITIGATION,
    ceiling=0.80,  # most injuries are accidents, which no case file foretells
    gates=(
        Gate("auroc", at_least=0.60),
        Gate("calibration_slope", at_least=0.85, at_most=1.15),
        Gate("false_negative_rate_gap", by="income_support", at_most=0.2),
        *GATES,
    ),
)
