"""The towns lie in the published bands; the profiles name the source of each figure."""

from collections.abc import Callable

import pandas as pd
import pytest

from features.town.summary import marginals
from features.town.town import Town

Tables = dict[str, pd.DataFrame]
Now = Callable[[Town], Tables]


def near(share: float, target: float, width: float) -> bool:
    return abs(share - target) <= width


def test_kinds_of_abuse_in_japan(jp: Town) -> None:
    kinds = marginals(jp.case_file)["by kind"]
    assert near(kinds["psychological"], 0.60, 0.025)
    assert near(kinds["physical"], 0.23, 0.02)
    assert near(kinds["neglect"], 0.16, 0.02)
    assert near(kinds["sexual"], 0.011, 0.008)


def test_routes_in_japan(jp: Town) -> None:
    sources = marginals(jp.case_file)["by source"]
    assert near(sources["police"], 0.52, 0.03)
    assert near(sources["neighbour"], 0.10, 0.02)
    assert near(sources["family"], 0.085, 0.015)
    assert near(sources["school"], 0.075, 0.015)
    rest = ["nursery", "medical", "welfare", "health", "child", "other"]
    assert near(sources[rest].sum(), 0.22, 0.03)


def test_ages_in_japan(jp: Town) -> None:
    ages = marginals(jp.case_file)["by age"]
    targets = {"0-2": 0.175, "3-6": 0.246, "7-12": 0.351, "13-15": 0.145, "16-17": 0.085}
    for band, target in targets.items():
        assert near(ages[band], target, 0.02), band


def test_custody_and_placements_in_japan(jp: Town, now: Now) -> None:
    tables = now(jp)
    notified, stays = tables["notifications"], tables["placements"]
    kinds = stays[stays["happened"] >= notified["happened"].min()]["kind"]
    reports = len(notified)
    assert 0.13 <= (kinds == "custody").sum() / reports <= 0.18
    assert 0.035 <= (kinds != "custody").sum() / reports <= 0.055


def test_abusers_in_japan(jp: Town, now: Now) -> None:
    relations = now(jp)["allegations"]["abuser_relation"].value_counts(normalize=True)
    assert near(relations["mother"], 0.48, 0.06)
    assert near(relations["father"], 0.425, 0.06)
    assert near(relations["step_father"] + relations["parents_partner"], 0.05, 0.03)


def test_witnessed_violence_is_most_of_psychological_abuse(jp: Town, now: Now) -> None:
    alleged = now(jp)["allegations"]
    psychological = alleged[alleged["kind"] == "psychological"]["witnessed_violence"]
    assert near(psychological.mean(), 0.58, 0.05)


def test_japan_handles_every_notification(jp: Town, now: Now) -> None:
    assert (now(jp)["screenings"]["outcome"] == "screened_in").all()


def test_kinds_of_abuse_in_the_usa_are_of_victims_and_can_be_several(us: Town, now: Now) -> None:
    tables = now(us)
    alleged = tables["allegations"]
    victims = alleged[alleged["notification"].isin(substantiated(tables))]
    count = victims["notification"].nunique()
    shares = victims.groupby("kind")["notification"].nunique() / count
    targets = {"neglect": 0.74, "physical": 0.165, "sexual": 0.10, "psychological": 0.06}
    for kind, target in targets.items():
        assert near(shares[kind], target, 0.05), kind
    assert shares.sum() > 1.0


def test_routes_in_the_usa(us: Town) -> None:
    sources = marginals(us.case_file)["by source"]
    assert near(sources["police"], 0.21, 0.025)
    assert near(sources[["school", "nursery"]].sum(), 0.21, 0.025)
    assert near(sources["medical"], 0.115, 0.02)
    assert near(sources[["welfare", "health"]].sum(), 0.17, 0.025)
    assert near(sources[["neighbour", "family", "child"]].sum(), 0.17, 0.025)
    assert near(sources["other"], 0.13, 0.02)


def test_screening_in_the_usa(us: Town, now: Now) -> None:
    outcomes = now(us)["screenings"]["outcome"]
    assert 0.45 <= (outcomes == "screened_in").mean() <= 0.52


def test_substantiation_in_the_usa(us: Town, now: Now) -> None:
    tables = now(us)
    answered = tables["findings"]["notification"].nunique()
    assert 0.15 <= len(substantiated(tables)) / answered <= 0.21


def test_recurrence_in_the_usa(us: Town, now: Now) -> None:
    tables = now(us)
    notified = tables["notifications"]
    victims = notified[notified["id"].isin(substantiated(tables))]
    pairs = victims.merge(victims, on="child")
    days = (pairs["happened_y"] - pairs["happened_x"]).dt.days
    again = pairs[(days > 14) & (days <= 365)]["id_x"]  # reports within 14 days are the same one
    over = pd.Timestamp(us.case_file.as_of) - pd.Timedelta(days=365 + 183)
    assert 0.085 <= victims[victims["happened"] < over]["id"].isin(again).mean() <= 0.135


def test_ages_of_victims_in_the_usa(us: Town, now: Now) -> None:
    tables = now(us)
    notified = tables["notifications"]
    victims = notified[notified["id"].isin(substantiated(tables))]
    born = tables["children"].set_index("child")["happened"]
    age = (victims["happened"] - victims["child"].map(born)).dt.days / 365.25
    assert near((age < 3).mean(), 0.27, 0.035)
    assert near((age < 11).mean(), 0.70, 0.05)
    assert near((age < 1).mean(), 0.15, 0.035)


def test_placements_in_the_usa(us: Town, now: Now) -> None:
    tables = now(us)
    screened = tables["screenings"]
    taken_up = set(screened[screened["outcome"] == "screened_in"]["notification"])
    over = pd.Timestamp(us.case_file.as_of) - pd.Timedelta(days=760)
    placed = placed_within(tables, 730)
    notified = tables["notifications"]
    eligible = notified[(notified["happened"] < over) & notified["id"].isin(taken_up)]
    assert 0.06 <= eligible["id"].isin(placed).mean() <= 0.16


def test_placement_within_24_months_is_neither_rare_nor_common_in_japan(jp: Town, now: Now) -> None:
    tables = now(jp)
    over = pd.Timestamp(jp.case_file.as_of) - pd.Timedelta(days=760)
    notified = tables["notifications"]
    eligible = notified[notified["happened"] < over]
    assert 0.18 <= eligible["id"].isin(placed_within(tables, 730)).mean() <= 0.30


@pytest.mark.parametrize(("profile", "least", "most"), [("jp", 1.5, 2.0), ("us", 1.8, 2.15)])
def test_children_of_a_report(
    profile: str, least: float, most: float, now: Now, request: pytest.FixtureRequest
) -> None:
    notified = now(request.getfixturevalue(profile))["notifications"]
    assert least <= len(notified) / notified["report"].nunique() <= most


@pytest.mark.parametrize("profile", ["jp", "us"])
def test_repeated_reports_have_a_heavy_tail(
    profile: str, now: Now, request: pytest.FixtureRequest
) -> None:
    counts = now(request.getfixturevalue(profile))["notifications"].groupby("child").size()
    assert (counts == 1).mean() == pytest.approx(0.41, abs=0.08)
    assert counts.max() >= 5 * counts.mean()


def substantiated(tables: Tables) -> set[str]:
    findings = tables["findings"]
    return set(findings[findings["outcome"] == "substantiated"]["notification"])


def placed_within(tables: Tables, days: int) -> set[str]:
    pairs = tables["notifications"].merge(tables["placements"], on="child")
    after = (pairs["happened_y"] - pairs["happened_x"]).dt.days
    return set(pairs[(after > 0) & (after <= days)]["id_x"])
