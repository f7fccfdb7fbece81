"""The body of a request: capped before anything reads it, then decoded from JSON."""

import asyncio
import json
from typing import NoReturn

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import HttpError, response_of

MAX_BODY = 64 * 1024  # bytes; fifty turns of history fit in
MAX_SECONDS = 15.0  # for the whole body to arrive, so that slow senders hold nothing


class BodyCap:
    """ASGI middleware: reads the body whole, chunked or not, and refuses one that is too large.

    413 body_too_large beyond ``limit`` bytes, 408 body_too_slow beyond ``seconds``.
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY, seconds: float = MAX_SECONDS) -> None:
        self.app = app
        self.limit = limit
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body in hand, or refuse it."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            async with asyncio.timeout(self.seconds):
                first = await self._body(scope, receive)
        except TimeoutError:
            return await _refuse("body_too_slow", scope, receive, send)
        if first is None:
            limit = self.limit // 1024
            return await _refuse("body_too_large", scope, receive, send, limit=limit)
        if first["type"] == "http.disconnect":
            return None
        return await self.app(scope, _replay(first, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> Message | None:
        """The body as one message; None when it is too large."""
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.limit:
            return None
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return message
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.limit:
                return None
        return {"type": "http.request", "body": bytes(body), "more_body": False}


async def json_of(request: Request) -> object:
    """The decoded JSON body.

    Raises HttpError media_type_unsupported, or json_malformed (syntax, encoding, nesting).
    """
    declared = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if declared != "application/json":
        raise HttpError("media_type_unsupported")
    try:
        text = (await request.body()).decode("utf-8-sig")
        value: object = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise HttpError("json_malformed") from error
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _replay(first: Message, receive: Receive) -> Receive:
    """A receive that gives the body once, then what the client does next."""
    waiting = [first]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


async def _refuse(code: str, scope: Scope, receive: Receive, send: Send, **values: object) -> None:
    """Answer and close: the rest of the body is not read."""
    response = response_of(HttpError(code, **values), {"Connection": "close"})
    await response(scope, receive, send)
