"""What happens in; counts and times out, in the form of Prometheus, at ``/metrics``.

Every label has few values: no address, no question, no path as a stranger wrote it.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.watch.near import near

if TYPE_CHECKING:
    from api.audience import Audience
    from assistant.settings import Settings
    from assistant.stages import Stage
    from assistant.types import Answer

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60)
STAGES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30)
FALLBACK = "extractive-fallback"


class Metrics:
    """The metrics of one application, apart from those of any other."""

    def __init__(self, settings: Settings, audience: Audience) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(Now(settings, audience))
        self._requests = Counter(
            "assistant_requests", "Requests.", ["route", "method", "status"], registry=registry
        )
        self._seconds = Histogram(
            "assistant_request_seconds",
            "Seconds from a request to the last byte of its reply.",
            ["route"],
            buckets=SECONDS,
            registry=registry,
        )
        self._answers = Counter(
            "assistant_answers",
            "Answers by state, generator and where they were asked for.",
            ["status", "generator", "language", "channel"],
            registry=registry,
        )
        self._stages = Histogram(
            "assistant_stage_seconds",
            "Seconds of each stage of an answer.",
            ["stage"],
            buckets=STAGES,
            registry=registry,
        )
        self._failures = Counter(
            "assistant_model_failures", "Failures of a model.", ["code"], registry=registry
        )
        self._fallbacks = Counter(
            "assistant_fallbacks",
            "Answers that the language model should have written, and did not.",
            registry=registry,
        )

    def requested(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, method, status).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer, channel: str) -> None:
        """Count an answer; one of a fallback is a failure of the language model too."""
        self._answers.labels(answer.status, answer.generator, answer.language, channel).inc()
        if answer.generator == FALLBACK:
            self._fallbacks.inc()
            self.failed("language_model")

    def staged(self, stages: Iterable[Stage]) -> None:
        """Time the stages of an answer."""
        for stage in stages:
            self._stages.labels(stage.name).observe(stage.seconds)

    def failed(self, code: str) -> None:
        """Count a failure of a model."""
        self._failures.labels(code).inc()


class Now:
    """What is looked up when it is asked for: the index, the queue, the database."""

    def __init__(self, settings: Settings, audience: Audience) -> None:
        self._settings = settings
        self._audience = audience

    def collect(self) -> Iterator[Metric]:
        """The values of now; of the index none where nothing is published."""
        writer = self._audience.writer
        waiting = GaugeMetricFamily(
            "assistant_queue_length", "What waits to be done.", labels=["queue"]
        )
        waiting.add_metric(["audience"], len(writer))
        yield waiting
        yield CounterMetricFamily(
            "assistant_rows_written", "Questions written to the database.", value=writer.written
        )
        yield CounterMetricFamily(
            "assistant_rows_dropped", "Questions that the database lost.", value=writer.dropped
        )
        yield CounterMetricFamily(
            "assistant_opinions_refused",
            "Opinions on answers that nobody was given.",
            value=self._audience.refused,
        )
        yield GaugeMetricFamily(
            "assistant_database_up", "1 when the last attempt succeeded.", value=bool(writer.up)
        )
        yield from self._index()

    def _index(self) -> Iterator[Metric]:
        from assistant.index import current
        from assistant.whole import VERSION

        try:
            folder = current(self._settings)
            made = (folder / VERSION).stat().st_mtime if folder else None
        except OSError:
            made = None
        if folder is None or made is None:
            return
        version = GaugeMetricFamily(
            "assistant_index_info", "The version that is published.", labels=["version"]
        )
        version.add_metric([folder.name], 1)
        yield version
        age = max(0.0, time.time() - made)  # a clock may jump
        yield GaugeMetricFamily("assistant_index_age_seconds", "Since it was made.", value=age)


def mount(app: FastAPI, metrics: Metrics) -> None:
    """Add ``/metrics``: for this machine, or whoever has the token of the settings; else 404."""

    @app.get("/metrics", include_in_schema=False)
    def read(request: Request) -> Response:
        if not _may_read(request, request.app.state.settings):
            raise HTTPException(404)
        text = generate_latest(metrics.registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _may_read(request: Request, settings: Settings) -> bool:
    if settings.metrics_token is None:
        return near(request)
    given = request.headers.get("authorization", "").encode()
    return hmac.compare_digest(
        given, b"Bearer " + settings.metrics_token.get_secret_value().encode()
    )
