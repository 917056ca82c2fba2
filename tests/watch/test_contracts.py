"""What surprises in Evidently, pinned: when one of these fails, it was mended, or broke anew."""

import os
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from kizuki import ENVIRONMENT


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    """Three groups; in one of them, every child with the outcome is missed."""
    chance = np.random.default_rng(8)
    group = np.repeat(["a", "b", "c"], 300)
    outcome = chance.integers(0, 2, 900)
    flagged = np.where(group == "b", 0, outcome)
    probability = np.where(flagged == 1, np.where(group == "c", 0.6, 0.3), 0.1)  # flagged from 0.2
    return pd.DataFrame(
        {"group": group, "outcome": outcome, "flagged": flagged, "probability": probability}
    )


def values(sample: pd.DataFrame, *metrics: object, **roles: str) -> Iterator[float]:
    """What Evidently's metrics give on a sample."""
    from evidently import BinaryClassification, DataDefinition, Dataset, Report

    definition = DataDefinition(
        classification=[BinaryClassification(target="outcome", **roles)],
        categorical_columns=["group", "outcome", "flagged"],
        numerical_columns=["probability"],
    )
    snapshot = Report(list(metrics)).run(Dataset.from_pandas(sample, definition), None)
    for metric in snapshot.dict()["metrics"]:
        yield float(metric["value"])


def test_pandas_and_evidently_import_together() -> None:
    """On pandas 3.1 Evidently 0.7.23 does not import, and no resolver says so."""
    import evidently

    assert evidently.Report
    assert pd.__version__ < "3.1"


def test_telemetry_is_off() -> None:
    assert ENVIRONMENT["DO_NOT_TRACK"] == os.environ["DO_NOT_TRACK"] == "1"


def test_group_by_gives_every_group_the_value_of_all(sample: pd.DataFrame) -> None:
    """Wrong, so group figures come from fairlearn's MetricFrame instead."""
    from evidently.metrics import Recall
    from evidently.metrics.group_by import GroupBy

    true = sample[sample["outcome"] == 1].groupby("group")["flagged"].mean()
    assert list(true) == [1, 0, 1]
    said = list(values(sample, GroupBy(Recall(), "group"), prediction_labels="flagged"))
    of_all = sample.loc[sample["outcome"] == 1, "flagged"].mean()
    assert said == pytest.approx([of_all] * 3)


def test_with_probabilities_the_labels_are_ignored(sample: pd.DataFrame) -> None:
    """Wrong, so Evidently is never given both."""
    from evidently.metrics import Recall

    harmed = sample[sample["outcome"] == 1]
    (labels_alone,) = values(sample, Recall(), prediction_labels="flagged")
    (with_both,) = values(
        sample, Recall(), prediction_labels="flagged", prediction_probas="probability"
    )
    assert labels_alone == pytest.approx(harmed["flagged"].mean())
    assert with_both == pytest.approx((harmed["probability"] >= 0.5).mean())
    assert with_both < labels_alone
