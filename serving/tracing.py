"""Traces: a span for each request and for its long parts, by OpenTelemetry, without case data.

A request is named by the template of its path, and of what a caller sends along only `traceparent`
is read, which holds ids: `tracestate` and `baggage` can hold anything. The library's own ASGI
layer is not used, since it notes path, query and address; nor are errors noted by their words.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

# Spans go nowhere until `send` names a place, and no span of the process itself is the world's.
PROVIDER = TracerProvider(resource=Resource({"service.name": "kizuki"}))
_TRACER = PROVIDER.get_tracer("kizuki")
_CALLER = TraceContextTextMapPropagator()


def send(endpoint: str) -> None:
    """Send every span to a collector (OTLP over HTTP), some at a time, until the process ends."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415  # seldom
        OTLPSpanExporter,
    )

    PROVIDER.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint)))


def request(
    method: str, route: str, request_id: str, caller: str | None
) -> AbstractContextManager[Span]:
    """The span of a request, within that of the caller whose `traceparent` is given."""
    said = {
        "http.request.method": method,
        "http.route": route,
        "kizuki.request_id": request_id,
    }
    within = _CALLER.extract({"traceparent": caller} if caller else {})
    return _span(f"{method} {route}", SpanKind.SERVER, said, within)


def answered(span: Span, status: int) -> None:
    """Say on the span of a request how it was answered."""
    span.set_attribute("http.response.status_code", status)
    if status >= 500 or not status:
        span.set_status(Status(StatusCode.ERROR))


def part(name: str) -> AbstractContextManager[Span]:
    """The span of a long part of a request."""
    return _span(name)


def _span(
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    said: Mapping[str, str] | None = None,
    within: Context | None = None,
) -> AbstractContextManager[Span]:
    return _TRACER.start_as_current_span(
        name,
        within,
        kind,
        said,
        record_exception=False,  # by its words
        set_status_on_exception=False,
    )
