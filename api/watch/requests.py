"""The outermost middleware: a request in; its id on the reply, a log line, counts, a span out."""

from __future__ import annotations

import logging
import re
import time
import uuid
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.watch.lines import REQUEST

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from api.watch import Watch

ID = re.compile(r"[A-Za-z0-9_-]{16,64}")  # as proxies make them; too long for a telephone number
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
PLACES = re.compile(r"/(static|assets|gradio_api|theme\.css)\b")
log = logging.getLogger("api.request")


class RequestWatch:
    """ASGI middleware: watches every request from its first byte to the last of its reply."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self.app = app
        self.watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request, status, started = id_of(scope), 500, time.perf_counter()

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request
            await send(message)

        token = REQUEST.set(request)
        try:
            with self._span(scope) as span:
                try:
                    await self.app(scope, receive, named)
                finally:
                    if span is not None:
                        span.update_name(f"{scope['method']} {route_of(scope)}")
                        span.set_attribute("http.response.status_code", status)
        finally:
            self._ended(scope, status, time.perf_counter() - started)
            REQUEST.reset(token)

    def _span(self, scope: Scope) -> AbstractContextManager[Span | None]:
        tracer = self.watch.tracer
        if tracer is None:
            return nullcontext()
        from opentelemetry.propagate import extract

        return tracer.start_as_current_span(
            "request",
            context=extract(Headers(scope=scope)),
            record_exception=False,  # its message may quote a question
            set_status_on_exception=False,
        )

    def _ended(self, scope: Scope, status: int, seconds: float) -> None:
        route, method = route_of(scope), scope["method"]
        method = method if method in METHODS else "other"
        self.watch.metrics.requested(route, method, status, seconds)
        fields = {"route": route, "method": method, "status": status}
        log.info("request", extra={"fields": {**fields, "ms": round(seconds * 1000, 1)}})


def id_of(scope: Scope) -> str:
    """The id that the request came with, where it is well formed, else a new one."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if ID.fullmatch(given) else uuid.uuid4().hex


def route_of(scope: Scope) -> str:
    """The route that took a request, as it was declared; never the path, which holds anything."""
    found = PLACES.match(scope["path"])
    if found:
        return f"/{found[1]}"
    return str(getattr(scope.get("route"), "path", "other"))
