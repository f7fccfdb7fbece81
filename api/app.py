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

from api import docs, errors
from api.body import BodyCap
from api.core import assemble
from api.headers import LastResort, SecurityHeaders
from api.limits import MAX_IN_FLIGHT, InFlight, RateLimit, SlidingWindow, parse_rate
from api.messages import DOCS
from api.opinions import Opinions
from api.origins import AllowedOrigins
from api.routes import router
from assistant.errors import AssistantError
from assistant.settings import Settings
from ui import frame, integrate, pages
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
    app.state.opinions = Opinions(settings.data_dir, settings.database_url)
    _add_middleware(app, settings)
    errors.install(app)
    app.include_router(router)
    docs.mount(app)
    core = app.state.core
    pages.mount(app, core.reader)
    widget.mount(app)
    integrate.mount(app)
    frame.mount(
        app, core.reader, core.ask, MAX_IN_FLIGHT, core.live
    )  # last: it is mounted at the root
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Innermost first: a request crosses them from the last to the first."""
    app.add_middleware(GZipMiddleware, minimum_size=1_000)  # bytes; never on event streams
    app.add_middleware(InFlight)
    app.add_middleware(BodyCap)
    rate = parse_rate(settings.rate_limit)
    if rate is not None:
        app.add_middleware(RateLimit, window=SlidingWindow(rate))
    app.add_middleware(LastResort)
    app.add_middleware(AllowedOrigins, origins=settings.allowed_origins)
    app.add_middleware(SecurityHeaders, framing=settings.allowed_origins)


@asynccontextmanager
async def _warming(app: FastAPI) -> AsyncIterator[None]:
    """Warm the core before the first request; without an index the server still starts."""
    try:
        await run_in_threadpool(app.state.core.warm_up)
    except AssistantError as error:
        log.warning(error.message)
    closing = asyncio.Event()
    purging = asyncio.create_task(_purging(app.state.opinions, closing))
    yield
    closing.set()
    await purging


async def _purging(opinions: Opinions, closing: asyncio.Event) -> None:
    """Open the database of opinions, then drop each day what is too old, whoever comes or not."""
    while not closing.is_set():
        with suppress(AssistantError):  # the log says why; opinions will be refused, no more
            await run_in_threadpool(opinions.purge)
        with suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), DAY)
