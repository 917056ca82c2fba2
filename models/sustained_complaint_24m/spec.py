"""A sustained complaint within 24 months: the same path on a real, public history.

Not about children: officers stand where children stand, complaints where notifications stand. It
shows that the language, the engines and the training hold on a history that nobody here made up.
"""

from features.language.text import Text
from features.language.windows import TODAY, TWO_YEARS_AHEAD
from features.library import FEATURES
from features.tables import findings, notifications, services
from models.spec import Gate, Label, ModelSpec, Roster

SPEC = ModelSpec(
    name="sustained_complaint_24m",
    title=Text("24か月以内に苦情が認定される見込み", "Sustained complaint within 24 months"),
    cohort=Roster(
        days=tuple(f"{year}-{day}" for year in range(2003, 2013) for day in ("01-01", "07-01")),
        present=services.within(TODAY).is_open(),  # on the force on that day
    ),
    label=Label(
        findings.where(findings.outcome.is_("substantiated"))
        .about(notifications.following(TWO_YEARS_AHEAD))
        .exists(),
        about=Text(
            "基準日から24か月以内の苦情が、のちに認定された",
            "a complaint made within 24 months was sustained",
        ),
        settles_in=365,  # half of the findings take longer than a year and a half
    ),
    features=tuple(FEATURES.values()),
    audited_by=("sex", "ethnicity"),
    settings={
        "num_leaves": 7,
        "learning_rate": 0.03,
        "min_data_in_leaf": 500,
        "feature_fraction": 0.3,  # most columns say little here: many tables are not recorded
        "lambda_l2": 10,
    },
    embargo=True,  # a finding takes a median of 603 days: what nobody knew yet is not learnt
    ceiling=0.80,
    gates=(Gate("auroc", at_least=0.60),),
)
