"""What all models of a reported child have in common: who is scored, what is read, who is audited.

They differ in the outcome alone, so that a score of one can be held against a score of another.
"""

from features.library import FEATURES
from features.tables import notifications
from models.spec import Cohort, Gate, Mitigation

# Learnt from once the records go back a year and a half. Sooner, the same history is told ever more
# fully from month to month, and the scores of later children come out too timid; later, the trees
# would never have met a history that begins late, as those of a new office do.
COHORT = Cohort(each=notifications, ages=(0, 17), run_in=548)

# What a feature can tell, and no such model is to learn from.
_DROPPED = (
    # How carefully an office writes its records says nothing of a child.
    "source_filled_in", "abuser_known_share", "sight_filled_in", "injury_detail_share",
    "relation_known_share",
    # To have been harmed as a child is no mark against anybody.
    "adult_harmed_as_child", "abuser_notified_as_child",
)  # fmt: skip
_NOT_RECORDED = ("moves", "days_since_moved_in")  # in the town on which they were measured

READ = tuple(
    feature for name, feature in FEATURES.items() if name not in (*_DROPPED, *_NOT_RECORDED)
)

MITIGATION = Mitigation(dropped=tuple(FEATURES[name] for name in _DROPPED))

RISING = tuple(
    FEATURES[name] for name in ("notification_count", "notification_days", "faded_notifications")
)

AUDITED_BY = ("sex", "age_band", "nationality", "disability", "income_support", "office")

SETTINGS = {
    "num_leaves": 7,
    "learning_rate": 0.03,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "lambda_l2": 10,
}

# Of every score: it ranks no worse than what could be done on paper, but for what no office would
# notice; it is given to nearly all, and its range is what it promises.
GATES = (
    Gate("auroc_over_baselines", at_least=-0.01),
    Gate("abstention_rate", at_most=0.1),  # more, and the office is left alone too often
    Gate("range_held", at_least=0.9),  # it promises about 94 %
)
