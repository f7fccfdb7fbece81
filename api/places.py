"""How many requests are answered at once, and who comes next.

A request waits its turn for a bounded time: the addresses that wait are served one after the
other, whatever each of them sends (round-robin fair queuing, Nagle, RFC 970), and none may hold
all the places. What cannot wait is told to come back: 503 with Retry-After.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import HttpError, response_of
from api.limits import client_of, is_post, network_of

RETRY_AFTER = "2"  # seconds


@dataclass(frozen=True)
class Room:
    """How many requests are answered, and wait, at once; ``…_each`` of one address."""

    places: int
    places_each: int
    waiting: int
    waiting_each: int
    patience: float = 10.0  # seconds

    @property
    def holds(self) -> int:
        """How many requests are inside at most."""
        return self.places + self.waiting


# The framework has 40 threads: some are left to those who read.
QUESTIONS = Room(places=32, places_each=24, waiting=168, waiting_each=126)
# Each holds a connection of the chat page for as long as its answer takes, and no thread.
STREAMS = Room(places=200, places_each=150, waiting=0, waiting_each=0)


def is_stream(scope: Scope) -> bool:
    """Whether a request is the chat page's, waiting for its answer."""
    return bool(scope["type"] == "http" and scope["path"] == "/gradio_api/queue/data")


class Places:
    """ASGI middleware: a place for each request that counts, or a 503."""

    def __init__(
        self, app: ASGIApp, room: Room = QUESTIONS, counts: Callable[[Scope], bool] = is_post
    ) -> None:
        self.app = app
        self.room = room
        self.counts = counts
        self._taken: Counter[str] = Counter()
        # by address, the one whose turn comes next first; none of them is empty
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def taken(self) -> int:
        """How many requests are being answered."""
        return self._taken.total()

    @property
    def waiting(self) -> int:
        """How many requests wait for a place."""
        return sum(map(len, self._queues.values()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its turn has come, or refuse it."""
        if not self.counts(scope):
            return await self.app(scope, receive, send)
        address = network_of(client_of(scope))
        if not await self._placed(address):
            busy = response_of(HttpError("server_busy"), {"Retry-After": RETRY_AFTER})
            return await busy(scope, receive, send)
        try:
            return await self.app(scope, receive, send)
        finally:
            self._leave(address)

    async def _placed(self, address: str) -> bool:
        """Whether a place was had in time."""
        # Who waits while a place is free has all that one address may: nobody is overtaken.
        if self._free(address):
            self._taken[address] += 1
            return True
        mine = self._queues.get(address, ())
        if self.waiting >= self.room.waiting or len(mine) >= self.room.waiting_each:
            return False
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(address, deque()).append(turn)
        try:
            async with asyncio.timeout(self.room.patience):
                await turn
        except (TimeoutError, asyncio.CancelledError) as end:
            self._give_up(address, turn)
            if isinstance(end, TimeoutError):
                return False
            raise
        return True

    def _free(self, address: str) -> bool:
        room = self.taken < self.room.places
        return room and self._taken[address] < self.room.places_each

    def _leave(self, address: str) -> None:
        self._taken[address] -= 1
        self._taken += Counter()  # drops those at zero
        self._call_next()

    def _give_up(self, address: str, turn: asyncio.Future[None]) -> None:
        """Leave the queue, or give back a place that was given in the same instant."""
        if turn.cancelled():
            self._drop(address, turn)
        else:
            self._leave(address)

    def _call_next(self) -> None:
        """Give the free place to the first address in turn that may have one."""
        while (address := next(filter(self._free, self._queues), None)) is not None:
            self._queues.move_to_end(address)
            turn = self._queues[address][0]
            self._drop(address, turn)
            if not turn.cancelled():  # else it gave up, and is about to say so
                self._taken[address] += 1
                turn.set_result(None)

    def _drop(self, address: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(address)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[address]
