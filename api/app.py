"""The application factory: settings in, a FastAPI application out; nothing is built at import."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import docs, errors, limits, team
from api.audience import Audience
from api.body import BodyCap
from api.core import assemble
from api.head import HeadAsGet
from api.headers import LastResort, SecurityHeaders
from api.limits import RateLimit, Window, parse_rate
from api.messages import DOCS
from api.origins import AllowedOrigins
from api.places import QUESTIONS, STREAMS, Places, is_stream
from api.routes import router
from api.watch import Watch, metrics
from api.watch.requests import RequestWatch
from assistant.errors import AssistantError
from assistant.settings import Settings
from ui import frame, integrate, pages
from ui.chat import Asks
from ui.widget import serve as widget

if TYPE_CHECKING:
    from api.core import Ask
    from assistant.index import Reader

DAY = 24 * 60 * 60  # seconds
log = logging.getLogger("api")


def create_app(settings: Settings, reader: Reader | None = None, ask: Ask | None = None) -> FastAPI:
    """The application for these settings; tests give their own ``reader`` and ``ask``.

    Raises ValueError, in French, when ``settings.rate_limit`` is no rate.
    """
    app = FastAPI(
        title=DOCS["title"],
        description=DOCS["about"],
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_warming,
    )
    app.state.core = assemble(settings, reader, ask)
    app.state.settings = settings
    app.state.audience = Audience(settings)
    watch = app.state.watch = Watch(settings, app.state.audience)
    _add_middleware(app, settings)
    errors.install(app)
    app.include_router(router)
    docs.mount(app)
    core = app.state.core
    metrics.mount(app, watch.metrics)
    team.mount(app, settings)
    pages.mount(app, core.reader, settings)
    widget.mount(app)
    integrate.mount(app)
    asks = Asks(
        asked=watch.asking(core.ask, "page"),
        tried=core.tried,
        live=None if core.live is None else watch.asking(core.live, "page"),
    )
    frame.mount(app, core.reader, asks, settings, QUESTIONS.holds)  # last: it is at the root
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Innermost first: a request crosses them from the last to the first."""
    app.add_middleware(GZipMiddleware, minimum_size=1_000)  # bytes; never on event streams
    app.add_middleware(Places, room=QUESTIONS)
    app.add_middleware(Places, room=STREAMS, counts=is_stream)
    app.add_middleware(BodyCap)
    rate = parse_rate(settings.rate_limit)
    if rate is not None:
        storage = settings.rate_storage
        app.state.windows = {
            kind: Window(rate, storage, kind) for kind in (limits.QUESTIONS, *limits.KINDS.values())
        }
        for kind, window in app.state.windows.items():
            app.add_middleware(RateLimit, window=window, kind=kind)
    app.add_middleware(LastResort)
    app.add_middleware(AllowedOrigins, origins=settings.allowed_origins)
    app.add_middleware(SecurityHeaders, framing=settings.allowed_origins)
    app.add_middleware(RequestWatch, watch=app.state.watch)
    app.add_middleware(HeadAsGet)
    if settings.trusted_proxies:  # outermost: the others see the address of the visitor
        trusted = list(settings.trusted_proxies)
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=trusted)


@asynccontextmanager
async def _warming(app: FastAPI) -> AsyncIterator[None]:
    """Warm the core before the first request; without an index the server still starts."""
    try:
        await run_in_threadpool(app.state.core.warm_up)
    except AssistantError as error:
        log.warning(error.message)
    closing = asyncio.Event()
    audience: Audience = app.state.audience
    purging = asyncio.create_task(_purging(audience, closing))
    audience.writer.start()
    yield
    closing.set()
    await purging
    await run_in_threadpool(audience.writer.stop)
    for window in getattr(app.state, "windows", {}).values():
        await window.close()


async def _purging(audience: Audience, closing: asyncio.Event) -> None:
    """Open the database, then drop each day what is too old, whoever comes or not."""
    while not closing.is_set():
        with suppress(AssistantError):  # the log says why; opinions will be refused, no more
            await run_in_threadpool(audience.purge)
        with suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), DAY)
