"""What one address, and all together, may ask for in a window of time.

Only POST requests count: they are questions and opinions, the rest is reading. Times are
seconds of a monotonic clock. Addresses are kept as salted digests, no longer than the window.
"""

import asyncio
import ipaddress
import math
import re
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import HttpError, response_of
from api.messages import DOOR

WINDOWS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
GLOBAL_FACTOR = 20  # all addresses together may ask as much as twenty that ask all they may
MAX_IN_FLIGHT = 200
RATE = re.compile(r"([1-9]\d{0,5})/(second|minute|hour|day)")


@dataclass(frozen=True)
class Rate:
    """At most ``count`` requests (≥ 1) in any ``seconds`` running."""

    count: int
    seconds: int


def parse_rate(text: str) -> Rate | None:
    """``60/minute`` as a Rate, ``off`` as None. Raises ValueError, in French, for the rest."""
    if text.strip().lower() == "off":
        return None
    match = RATE.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(DOOR["rate"].format(rate=text))
    return Rate(int(match[1]), WINDOWS[match[2]])


class SlidingWindow:
    """Counts what was admitted in the last window, by address and in all.

    Memory is bounded by the global limit: what was refused is not remembered.
    """

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._all: deque[tuple[float, bytes]] = deque()
        self._by_key: dict[bytes, deque[float]] = {}

    def __len__(self) -> int:
        """How many addresses are remembered now."""
        return len(self._by_key)

    def wait(self, address: str) -> int:
        """0 when the request is admitted, and counted; else the whole seconds to wait."""
        seconds = self.full(address)
        if not seconds:
            now, key = self._clock(), self._digest(address)
            self._by_key.setdefault(key, deque()).append(now)
            self._all.append((now, key))
        return seconds

    def full(self, address: str) -> int:
        """0 when a request would be admitted, else the whole seconds to wait; counts nothing."""
        self.forget()
        now = self._clock()
        mine = self._by_key.get(self._digest(address), deque())
        if len(mine) >= self.rate.count:
            return self._left(mine[0], now)
        if len(self._all) >= self.rate.count * GLOBAL_FACTOR:
            return self._left(self._all[0][0], now)
        return 0

    def forget(self) -> None:
        """Drop all that is older than the window."""
        limit = self._clock() - self.rate.seconds
        while self._all and self._all[0][0] <= limit:
            _, key = self._all.popleft()
            self._by_key[key].popleft()
            if not self._by_key[key]:
                del self._by_key[key]

    def _left(self, since: float, now: float) -> int:
        return max(1, math.ceil(since + self.rate.seconds - now))

    def _digest(self, address: str) -> bytes:
        return blake2b(network_of(address).encode(), key=self._salt, digest_size=16).digest()


def network_of(address: str) -> str:
    """The address, or its /64 in IPv6, where one subscriber holds them all."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))


class RateLimit:
    """ASGI middleware: 429 with Retry-After to a POST beyond the rate."""

    def __init__(self, app: ASGIApp, window: SlidingWindow) -> None:
        self.app = app
        self.window = window
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if not _is_post(scope):
            return await self.app(scope, receive, send)
        seconds = self.window.wait((scope.get("client") or ("", 0))[0])
        self._forget_later()
        if seconds:
            refusal = HttpError("rate_limited", seconds=seconds)
            return await response_of(refusal, {"Retry-After": str(seconds)})(scope, receive, send)
        return await self.app(scope, receive, send)

    def _forget_later(self) -> None:
        """Empty the window in time even when nobody asks any more."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.window.rate.seconds, self._forget)

    def _forget(self) -> None:
        self._timer = None
        self.window.forget()
        if len(self.window):
            self._forget_later()


class InFlight:
    """ASGI middleware: 503 to a POST while too many others are being answered."""

    def __init__(self, app: ASGIApp, limit: int = MAX_IN_FLIGHT) -> None:
        self.app = app
        self.limit = limit
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if not _is_post(scope):
            return await self.app(scope, receive, send)
        if self._running >= self.limit:
            busy = response_of(HttpError("server_busy"), {"Retry-After": "2"})
            return await busy(scope, receive, send)
        self._running += 1
        try:
            return await self.app(scope, receive, send)
        finally:
            self._running -= 1


def _is_post(scope: Scope) -> bool:
    return bool(scope["type"] == "http" and scope["method"] == "POST")
