"""Whether traces are asked for (``OTEL_…``, package at hand); what makes them, or None."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

ASKED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
NAME = "assistant-ptce"
log = logging.getLogger("api")


def tracer() -> Tracer | None:
    """What starts spans, sent by OTLP where the environment says; None where it says nothing."""
    if os.environ.get("OTEL_SDK_DISABLED") == "true" or not any(map(os.environ.get, ASKED)):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning("OTEL_ is set, but the extra « otel » is not installed: no traces")
        return None
    provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider.get_tracer(NAME)
