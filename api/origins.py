"""Which other sites may call the API from a browser: those of the settings, and no others.

A request and its Origin in; the same reply out, with the CORS headers of the Fetch standard for an
allowed origin (scheme, host and port alike, to the letter) and without any for the rest.
"""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFLIGHT_SECONDS = 600


class AllowedOrigins:
    """ASGI middleware: no cookie is ever allowed; only ``/api/`` is, whose reply says ``Vary``.

    A preflight of another origin meets the routes as before, which know no OPTIONS: 405.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str] = ()) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.allowing = CORSMiddleware(
            app,
            allow_origins=self.origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type",),
            expose_headers=("Retry-After",),
            max_age=PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, by way of the framework's own CORS when its origin is allowed."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            return await self.app(scope, receive, send)
        if Headers(scope=scope).get("origin") in self.origins:
            return await self.allowing(scope, receive, send)

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Origin")
            await send(message)

        return await self.app(scope, receive, varied)
