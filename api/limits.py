"""What one address, and all together, may ask for in a window of time.

Only POST requests count, each kind apart: questions, suggestions, opinions; the rest is reading.
The counting is that of the library ``limits``. Addresses are kept as salted digests, two windows at
most.
"""

import asyncio
import ipaddress
import logging
import math
import re
import secrets
import time
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import HttpError, response_of
from api.messages import DOOR

GLOBAL_FACTOR = 20  # all addresses together may ask as much as twenty that ask all they may
RATE = re.compile(r"[1-9]\d{0,5}/(second|minute|hour|day)")
QUESTIONS = "questions"  # whatever is no other kind, the chat page's too
KINDS = {"/api/suggestions": "suggestions", "/api/feedback": "opinions"}
STORAGE_SECONDS = 0.5  # to reach a shared storage; a question does not wait longer for it
AWAY_SECONDS = 10.0  # how long a shared storage that failed is not asked again
log = logging.getLogger("api")


def parse_rate(text: str) -> RateLimitItem | None:
    """``60/minute`` as a rate, ``off`` as None. Raises ValueError, in French, for the rest."""
    given = text.strip().lower()
    if given == "off":
        return None
    if not RATE.fullmatch(given):
        raise ValueError(DOOR["rate"].format(rate=text))
    return parse(given)


class Window:
    """Counts what was admitted, by address and in all, in this process or in a shared storage.

    The window slides as a weighted sum of two counters, so that memory is two numbers an address,
    and a clock that is set anew only begins other counters. Refusals are not counted: the limit
    for all bounds how many addresses are remembered. With a ``factor`` of None there is none, and
    the caller bounds them.
    """

    def __init__(
        self,
        rate: RateLimitItem,
        storage: SecretStr | None = None,
        kind: str = "",
        factor: int | None = GLOBAL_FACTOR,
    ) -> None:
        """``kind`` sets its counters apart from those of other windows in a shared storage."""
        self.rate = type(rate)(rate.amount, rate.multiples, namespace=f"EACH{kind}")
        self._together = factor and type(rate)(
            rate.amount * factor, rate.multiples, namespace=f"ALL{kind}"
        )
        self._memory = MemoryStorage()
        self._local: RateLimiter = SlidingWindowCounterRateLimiter(self._memory)
        self._salt = secrets.token_bytes(16)
        self._redis: RedisStorage | None = None
        self._shared: RateLimiter | None = None
        self._away_until = 0.0
        if storage is not None:
            self._share(storage.get_secret_value())

    def __len__(self) -> int:
        """How many counters this process holds now."""
        return len(self._memory.storage)

    async def wait(self, address: str) -> int:
        """0 when the request is admitted, and counted; else the whole seconds to wait."""
        return await self._seconds(address, counted=True)

    async def full(self, address: str) -> int:
        """0 when a request would be admitted, else the whole seconds to wait; counts nothing."""
        return await self._seconds(address, counted=False)

    async def forget(self) -> None:
        """Drop what this process counted."""
        await self._memory.reset()

    async def close(self) -> None:
        """Leave the shared storage, where there is one."""
        if self._redis is not None:
            bridge: Any = self._redis.bridge  # its declared type hides the connection
            await bridge.storage.aclose()

    def _share(self, url: str) -> None:
        """Count in a storage with other servers, which must give an address the same digest."""
        self._redis = RedisStorage(
            url,
            implementation="redispy",
            wrap_exceptions=True,
            socket_timeout=STORAGE_SECONDS,
            socket_connect_timeout=STORAGE_SECONDS,
        )
        self._shared = SlidingWindowCounterRateLimiter(self._redis)
        self._salt = blake2b(url.encode(), digest_size=16).digest()  # their common secret

    async def _seconds(self, address: str, counted: bool) -> int:
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return await self._left(self._shared, address, counted)
            except StorageError as error:
                self._away_until = time.monotonic() + AWAY_SECONDS
                # the message of the cause may hold the URL, with its password
                log.warning("rate storage: %s", type(error.storage_error).__name__)
        return await self._left(self._local, address, counted)

    async def _left(self, limiter: RateLimiter, address: str, counted: bool) -> int:
        key = self._digest(address)
        for rate, names in self._limits(key):
            if not await limiter.test(rate, *names):
                stats = await limiter.get_window_stats(rate, *names)
                # a second more: at the very instant the sum is still what it was
                return max(0, math.ceil(stats.reset_time - time.time())) + 1
        if counted:
            for rate, names in self._limits(key):
                await limiter.hit(rate, *names)
        return 0

    def _limits(self, key: str) -> Iterator[tuple[RateLimitItem, tuple[str, ...]]]:
        """What a request counts in, with the names of its counter."""
        yield self.rate, (key,)
        if self._together:
            yield self._together, ()

    def _digest(self, address: str) -> str:
        return blake2b(network_of(address).encode(), key=self._salt, digest_size=16).hexdigest()


def network_of(address: str) -> str:
    """The address, or its /64 in IPv6, where one subscriber holds them all.

    What is no address is all one: a header that a proxy passed on must not make new ones.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed.packed, 64), strict=False))


def client_of(scope: Scope) -> str:
    """The address that a request comes from; empty on a socket that has none."""
    return str((scope.get("client") or ("", 0))[0])


def is_post(scope: Scope) -> bool:
    """Whether a request is one of those that count."""
    return bool(scope["type"] == "http" and scope["method"] == "POST")


def kind_of(scope: Scope) -> str:
    """What a POST counts as."""
    return KINDS.get(scope.get("path", ""), QUESTIONS)


class RateLimit:
    """ASGI middleware: 429 with Retry-After to a POST beyond the rate of its kind."""

    def __init__(self, app: ASGIApp, window: Window, kind: str = QUESTIONS) -> None:
        self.app = app
        self.window = window
        self.kind = kind
        self._idle: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if not is_post(scope) or kind_of(scope) != self.kind:
            return await self.app(scope, receive, send)
        seconds = await self.window.wait(client_of(scope))
        self._forget_later()
        if seconds:
            refusal = HttpError("rate_limited", seconds=seconds)
            return await response_of(refusal, {"Retry-After": str(seconds)})(scope, receive, send)
        return await self.app(scope, receive, send)

    def _forget_later(self) -> None:
        """Empty the window in time when nobody asks any more; who asks empties it meanwhile."""
        if self._idle is not None:
            self._idle.cancel()
        loop = asyncio.get_running_loop()
        later = 2 * self.window.rate.get_expiry()
        self._idle = loop.call_later(later, lambda: loop.create_task(self.window.forget()))
