"""When a model may be asked: so much a minute, so many at once, and not while it is ill.

Times are seconds of a monotonic clock, which tests give. Several threads may share both classes.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.generate.trouble import OUTAGES, SILENT, Failed

Clock = Callable[[], float]
MINUTE = 60.0
FAILURES = 3  # one after the other, before the model is left alone
REST = 30.0  # seconds that it is then left alone


class Budget:
    """At most ``per_minute`` replies begun in any minute, ``in_flight`` of them at once."""

    def __init__(self, per_minute: int, in_flight: int, clock: Clock = time.monotonic) -> None:
        self._per_minute, self._in_flight, self._clock = per_minute, in_flight, clock
        self._lock = threading.Lock()
        self._begun: deque[float] = deque()
        self._now = 0

    @contextmanager
    def reply(self) -> Iterator[None]:
        """Counts one reply while it lasts. Raises Failed ``minute`` or ``in_flight``."""
        with self._lock:
            self._admit()
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1

    def _admit(self) -> None:
        now = self._clock()
        while self._begun and self._begun[0] <= now - MINUTE:
            self._begun.popleft()
        if self._now >= self._in_flight:
            raise Failed("in_flight")
        if len(self._begun) >= self._per_minute:
            raise Failed("minute")
        self._begun.append(now)
        self._now += 1


class Breaker:
    """Opens after a few outages in a row; after a rest lets one reply try, and closes if it comes.

    The pattern is Nygard's circuit breaker (Release It!, 2007): people do not wait, one after the
    other, for a server that is down.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._opened = 0.0
        self._trying = False

    @property
    def state(self) -> str:
        """``closed``, ``open`` or ``half-open``."""
        with self._lock:
            return self._state()

    @contextmanager
    def reply(self) -> Iterator[None]:
        """Watches one reply. Raises Failed ``open`` in its stead while the model is left alone."""
        with self._lock:
            state = self._state()
            if state == "open" or (state == "half-open" and self._trying):
                raise Failed("open")
            self._trying = state == "half-open"
            tries = self._trying
        ill: bool | None = None  # given up midway, a reply says nothing of the model
        try:
            yield
            ill = False
        except Failed as failed:
            ill = None if failed.reason in SILENT else failed.reason in OUTAGES
            raise
        finally:
            with self._lock:
                self._learn(ill, tries=tries)

    def _learn(self, ill: bool | None, *, tries: bool) -> None:
        if tries:
            self._trying = False
        if ill is None:
            return
        self._failures = self._failures + 1 if ill else 0
        if self._failures >= FAILURES:
            self._opened = self._clock()

    def _state(self) -> str:
        if self._failures < FAILURES:
            return "closed"
        return "open" if self._clock() < self._opened + REST else "half-open"
