"""Metrics: what is counted and timed, for Prometheus; no label holds anything of a case.

Requests are named as OpenTelemetry names them, and by the template of their path: a path may hold
an id, and each id would be a series of its own.
"""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from features.errors import KizukiError

REGISTRY = CollectorRegistry()

REQUESTS = Histogram(
    "http_server_request_duration_seconds",
    "How long a request took to answer.",
    ("http_route", "http_request_method", "http_response_status_code"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10),
    registry=REGISTRY,
)
ANSWERS = Counter(
    "kizuki_answers_total",
    "Answers by model, and whether a score could be told.",
    ("model", "outcome"),
    registry=REGISTRY,
)
DECISIONS = Counter(
    "kizuki_decisions_total",
    "Decisions of the policy by action.",
    ("action", "allowed"),
    registry=REGISTRY,
)
WEBHOOKS = Counter(
    "kizuki_webhook_tries_total",
    "Webhooks called, by what was answered.",
    ("status",),
    registry=REGISTRY,
)
JOURNAL_FAILURES = Counter(
    "kizuki_journal_failures_total",
    "Answers that did not leave, since the journal could not be written or read.",
    registry=REGISTRY,
)
QUARANTINED = Gauge(
    "kizuki_answers_in_quarantine",
    "Answers whose row could not be answered the same again; 0 is as it should be.",
    registry=REGISTRY,
)

CHECKPOINT_LAG = Gauge(
    "kizuki_checkpoint_lag_seconds",
    "For how long no checkpoint could be written; ring at 900: at 14,400 answers are refused.",
    registry=REGISTRY,
)
WAITING = Gauge(
    "kizuki_webhooks_waiting",
    "What waits to be sent to a webhook, for the first time or again.",
    registry=REGISTRY,
)
BROKEN_GLASS = Counter(
    "kizuki_broken_glass_total",
    "Times that somebody broke the glass in front of a case, by the code of the reason.",
    ("reason",),
    registry=REGISTRY,
)


def tell(gauge: Gauge, read: Callable[[], float]) -> None:
    """Have a gauge say what is read whenever it is asked; where that is not to be had, NaN.

    Else one that cannot be read would keep all others from being told, when they are needed most.
    """

    def told() -> float:
        try:
            return read()
        except KizukiError:
            return float("nan")

    gauge.set_function(told)


def publish(host: str, port: int) -> int:
    """Answer GET /metrics on a port of its own, until the process ends; gives the port."""
    server, _ = start_http_server(port, addr=host, registry=REGISTRY)
    return int(server.server_port)
