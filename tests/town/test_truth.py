"""The truth is kept apart from the case file, and what offices see of it is biased and noisy."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.case_file import CaseFile
from features.town.town import TRUTH, Town

Tables = dict[str, pd.DataFrame]
Now = Callable[[Town], Tables]


def test_no_table_of_the_case_file_tells_the_truth(small: Town, tmp_path: Path) -> None:
    small.write(tmp_path)
    read = CaseFile.read(tmp_path)
    assert Path(TRUTH).stem not in read.tables
    for frame in read.tables.values():
        assert not {"true_risk", "harm"} & set(frame.columns)


def test_the_truth_is_read_back_as_it_was(small: Town, tmp_path: Path) -> None:
    small.write(tmp_path)
    read = pd.read_parquet(tmp_path / TRUTH)
    pd.testing.assert_frame_equal(read, small.truth)


def test_the_truth_covers_each_child_month_by_month_from_birth_to_18(jp: Town, now: Now) -> None:
    truth, children = jp.truth, now(jp)["children"]
    assert set(truth["child"]) <= set(children["child"])
    born = truth["child"].astype(str).map(children.set_index("child")["happened"])
    age = (truth["day"] - born).dt.days
    assert age.min() >= 0
    assert age.max() <= 18 * 365.25
    assert not truth.duplicated(["child", "day"]).any()
    assert truth["harm"].between(0, 4).all()
    assert truth["true_risk"].notna().all()


def test_harm_comes_at_the_rate_of_the_true_risk(jp: Town, now: Now) -> None:
    """A little less: it is counted once a month, and nobody comes to harm at home while placed."""
    months = months_on_file(jp, now(jp), "sex")
    tenths = _tenths(months["true_risk"])
    expected = np.exp(months["true_risk"]).groupby(tenths).mean()
    ratio = (months["harm"] > 0).groupby(tenths).mean() / expected
    assert ratio.between(0.6, 1.4).all()
    assert 0.8 <= ratio.mean() <= 1.05


def test_the_true_risk_of_a_child_changes_over_time(jp: Town) -> None:
    spread = jp.truth.groupby("child", observed=True)["true_risk"].std()
    assert spread.median() > 0.3


@pytest.mark.parametrize(
    ("profile", "field", "watched"),
    [
        ("jp", "income_support", True),
        ("us", "income_support", True),
        ("us", "nationality", "foreign"),  # too few in a Japanese town of this size to tell
    ],
)
def test_watched_families_are_notified_more_at_the_same_true_risk(
    profile: str, field: str, watched: object, now: Now, request: pytest.FixtureRequest
) -> None:
    town = request.getfixturevalue(profile)
    months = months_on_file(town, now(town), field)
    seen = months["group"] == watched
    rates = months.groupby([seen, _tenths(months["true_risk"])])["notified"].agg(["mean", "size"])
    by_group = rates.unstack(0)
    ratio = by_group[("mean", True)] / by_group[("mean", False)]
    overall = np.average(ratio, weights=by_group[("size", True)])
    assert 1.1 < overall < 2.0


def test_the_watched_do_not_come_to_more_harm_at_the_same_true_risk(jp: Town, now: Now) -> None:
    months = months_on_file(jp, now(jp), "income_support")
    rates = (months["harm"] > 0).groupby([months["group"], _tenths(months["true_risk"])]).mean()
    ratio = rates[True] / rates[False]
    assert abs(ratio.mean() - 1) < 0.12


def test_who_is_at_higher_true_risk_is_notified_and_substantiated_more(jp: Town, now: Now) -> None:
    tables = now(jp)
    months = months_on_file(jp, tables, "sex")
    by_risk = months.groupby(_tenths(months["true_risk"]))["notified"].mean()
    assert by_risk.iloc[-1] > 1.8 * by_risk.iloc[0]
    findings = tables["findings"]
    true = set(findings[findings["outcome"] == "substantiated"]["notification"])
    risk = months[months["notified"] > 0]
    share = risk["id"].isin(true).groupby(_tenths(risk["true_risk"])).mean()
    assert 1.3 * share.iloc[0] < share.iloc[-1] < 0.95  # and never for sure


def months_on_file(town: Town, tables: Tables, field: str) -> pd.DataFrame:
    """Child-months since the office knew of the child: true risk, group, and a notification."""
    children = tables["children"].set_index("child")
    months = town.truth.assign(child=town.truth["child"].astype(str))
    months = months[months["day"] > months["child"].map(children["known"])]
    months = months.assign(group=months["child"].map(children[field]))
    notified = tables["notifications"][["id", "child", "happened"]].sort_values("happened")
    notified = pd.merge_asof(
        notified,
        months[["child", "day"]].sort_values("day").assign(month=lambda rows: rows["day"]),
        left_on="happened", right_on="day", by="child",
    ).drop_duplicates(["child", "month"])  # fmt: skip
    joined = months.merge(
        notified[["id", "child", "month"]], how="left",
        left_on=["child", "day"], right_on=["child", "month"],
    )  # fmt: skip
    return joined.assign(notified=joined["id"].notna().astype(float)).dropna(subset=["group"])


def _tenths(risk: "pd.Series[float]") -> "pd.Series[int]":
    return pd.qcut(risk, 10, labels=False)
