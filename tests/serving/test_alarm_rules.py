"""The alarms for Prometheus: each asks for what the desk tells, by the names it tells it by."""

import re
from math import isnan
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

import serving
from serving.commands import _tell_what_is_read
from serving.desk import Desk
from serving.endpoints.glass import ReasonCode
from serving.journal.checkpoints import LONGEST_LAG
from serving.metrics import REGISTRY
from tests.serving.test_metrics import published, value

FILE = Path(serving.__file__).with_name("deploy") / "kizuki-alarms.yaml"
RULES = {
    rule["alert"]: rule
    for group in yaml.safe_load(FILE.read_text("utf-8"))["groups"]
    for rule in group["rules"]
}
OF_PROMETHEUS = {"increase", "min_over_time", "sum", "up", "job"}
PROMISED = {  # what must ring, and how much of it
    "KizukiJournalNotKept": "increase(kizuki_journal_failures_total[5m]) > 0",
    "KizukiCheckpointsLate": "kizuki_checkpoint_lag_seconds >= 900",
    "KizukiAnswersInQuarantine": "kizuki_answers_in_quarantine > 0",
    "KizukiGlassBroken": "increase(kizuki_broken_glass_total[5m]) > 0",
    "KizukiWebhooksWaiting": "min_over_time(kizuki_webhooks_waiting[1h]) > 0",
}


def names_of(expression: str) -> set[str]:
    """What an expression names: metrics, their labels, and Prometheus's own functions."""
    unquoted = re.sub(r'"[^"]*"|\[\w+\]', "", expression)
    return set(re.findall(r"[a-z_]\w*", unquoted)) - OF_PROMETHEUS


def told_by_the_desk() -> set[str]:
    """The names of all series that the desk can tell, and of their labels."""
    series = {sample.name for metric in REGISTRY.collect() for sample in metric.samples}
    labels = {name for metric in REGISTRY._collector_to_names for name in metric._labelnames}  # type: ignore[attr-defined]
    named = {name for names in REGISTRY._collector_to_names.values() for name in names}
    return series | named | labels


@pytest.mark.parametrize("name", RULES)
def test_a_rule_asks_for_what_the_desk_tells(name: str) -> None:
    unknown = names_of(RULES[name]["expr"]) - told_by_the_desk()
    assert not unknown


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_the_form_that_prometheus_takes_and_says_what_to_do(name: str) -> None:
    rule: dict[str, Any] = RULES[name]
    assert rule.keys() - {"for"} == {"alert", "expr", "labels", "annotations"}
    assert re.fullmatch(r"[A-Z][A-Za-z]+", name)
    assert re.fullmatch(r"\d+[smh]", rule.get("for", "0s"))
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"].keys() == {"summary", "action"}
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_what_was_promised_to_ring_does() -> None:
    assert {name: RULES[name]["expr"] for name in PROMISED} == PROMISED
    assert LONGEST_LAG.total_seconds() > 900, "it rings before answers are refused"


def test_the_first_broken_glass_is_a_change_of_its_series() -> None:
    for code in ReasonCode.__args__:  # type: ignore[attr-defined]
        assert REGISTRY.get_sample_value("kizuki_broken_glass_total", {"reason": code}) is not None


def test_where_the_journal_cannot_be_read_all_else_is_told_and_a_rule_rings(desk: Desk) -> None:
    _tell_what_is_read(desk)
    assert value("kizuki_answers_in_quarantine") == 0
    desk.journal.path.unlink()
    families = {family.name: family for family in text_string_to_metric_families(published())}
    (quarantined,) = families["kizuki_answers_in_quarantine"].samples
    assert isnan(quarantined.value), "NaN is not what it is, which the rule asks for"
    assert "kizuki_journal_failures" in families
