"""The outermost middleware: security headers on every response, and no failure uncaught."""

import re
from collections.abc import Collection

from anyio import BrokenResourceError
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import response_of, unforeseen

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
# What an allowed site may show in a frame: what is read. Nothing of the API, whose opinions a
# page laid over it could have given unawares, and no address that may come later.
FRAMED = re.compile(r"/|/a-propos|/lire/.+")


class SecurityHeaders:
    """ASGI middleware: adds each header that the response does not set itself.

    ``framing`` are the origins that may frame the pages of FRAMED; none of them by default.
    """

    def __init__(self, app: ASGIApp, framing: Collection[str] = ()) -> None:
        self.app = app
        self.ancestors = f"frame-ancestors {' '.join(framing)}" if framing else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, watching what is sent back."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _complete(headers, scope["path"])
                if self.ancestors and FRAMED.fullmatch(scope["path"]):
                    _open_to(headers, self.ancestors)
            await send(message)

        return await self.app(scope, receive, guarded)


class LastResort:
    """ASGI middleware: a failure that nothing foresaw becomes a 500 of the one error shape.

    The framework has one of its own, but outside of all others: it would miss the headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer in its stead when it fails before its first byte."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            return await self.app(scope, receive, watched)
        except Exception as error:
            if started and _has_left(error):
                return None
            if started:
                raise
            return await response_of(unforeseen(error))(scope, receive, send)


def _has_left(error: Exception) -> bool:
    """Whether it says no more than that nobody reads a stream, as the framework notices it.

    It closes the reader's end of its event streams before it stops the one that writes.
    """
    return isinstance(error, ExceptionGroup) and error.split(BrokenResourceError)[1] is None


def _complete(headers: MutableHeaders, path: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store" if path.startswith("/api/") else "no-cache")


def _open_to(headers: MutableHeaders, ancestors: str) -> None:
    policy = headers["Content-Security-Policy"]
    headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", ancestors)
    del headers["X-Frame-Options"]  # it knows no list; every browser in use reads the policy
