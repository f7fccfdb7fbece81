"""Requests and answers in; logs, metrics and traces out, none of which says who asked or what."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from fastapi import Request

from api.watch.metrics import Metrics
from api.watch.traces import tracer
from assistant.errors import EmbeddingError
from assistant.stages import Stage, timed
from assistant.types import Answer, Question

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

    from api.audience import Audience
    from api.audience.asked import Channel
    from assistant.generate.live import Listener
    from assistant.index import Index
    from assistant.settings import Settings

log = logging.getLogger("api.answer")


class Watch:
    """Who watches the answers of one application; ``tracer`` is None where nobody collects."""

    def __init__(self, settings: Settings, audience: Audience) -> None:
        self.metrics = Metrics(settings, audience)
        self.tracer: Tracer | None = tracer()
        self._audience = audience

    def asking(self, ask: Callable[..., Answer], channel: Channel) -> Callable[..., Answer]:
        """The same ``ask``, watched: counted, timed, traced, and its answers kept."""

        def watched(question: Question, index: Index, listener: Listener | None = None) -> Answer:
            heard = () if listener is None else (listener,)
            with self._span(), timed() as stages:
                try:
                    answer = ask(question, index, *heard)
                except EmbeddingError as error:
                    self.metrics.failed(error.code)
                    raise
                finally:
                    self._staged(stages)
            self._answered(question, answer, channel, stages)
            return answer

        return watched

    def _span(self) -> AbstractContextManager[object]:
        if self.tracer is None:
            return nullcontext()
        return self.tracer.start_as_current_span(
            "answer",
            record_exception=False,  # its message may quote a question
            set_status_on_exception=False,
        )

    def _staged(self, stages: list[Stage]) -> None:
        self.metrics.staged(stages)
        if self.tracer:
            for stage in stages:
                span = self.tracer.start_span(stage.name, start_time=stage.began)
                span.end(stage.began + round(stage.seconds * 1e9))

    def _answered(
        self, question: Question, answer: Answer, channel: Channel, stages: list[Stage]
    ) -> None:
        self.metrics.answered(answer, channel)
        self._audience.keep(question, answer, channel)
        fields = {"status": answer.status, "generator": answer.generator, "channel": channel}
        times = {f"{s.name}_ms": round(s.seconds * 1000, 1) for s in stages}
        log.info("answer", extra={"fields": {**fields, "ms": answer.elapsed_ms, **times}})


def channel_of(request: Request) -> Channel:
    """``widget`` for a page of a site that may hold it, ``api`` for any other program."""
    origins: tuple[str, ...] = request.app.state.settings.allowed_origins
    return "widget" if request.headers.get("origin") in origins else "api"
