"""Messages in; the pieces of a reply out, each within its time, until nobody listens any more.

Replies run in the event loop of one thread, which a first reply starts: time limits and giving up
then hold whatever the provider's client does, and its connections are kept from reply to reply.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Protocol

from assistant.generate.chat import Message, Piece
from assistant.generate.live import Listener
from assistant.generate.trouble import Failed, Gone, failure
from assistant.settings import Settings

TICK = 0.1  # seconds between two looks at whether somebody listens


class Source(Protocol):
    """What gives replies; ``Chat`` does."""

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[Piece, None]:
        """The pieces of a reply."""


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds, and how much to read, in characters."""

    first: float
    following: float
    whole: float
    characters: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Those of the settings."""
        return cls(
            settings.model_first_token,
            settings.model_next_token,
            settings.model_seconds,
            settings.model_characters,
        )


class Talk:
    """The replies of one model."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits

    def pieces(self, messages: Sequence[Message], listener: Listener) -> Iterator[Piece]:
        """The reply as it comes, to its end or to our limit of characters or of seconds.

        Raises Failed, and Gone when the listener is. Closing the iterator gives the reply up.
        """
        heard: SimpleQueue[Piece | Exception | None] = SimpleQueue()
        told = asyncio.run_coroutine_threadsafe(self._hear(messages, heard.put), _loop())
        read = 0
        try:
            while (item := _next(heard, listener)) is not None:
                if isinstance(item, Exception):
                    raise item
                read += len(item.text)
                yield item
                if read >= self._limits.characters:
                    return
        finally:
            told.cancel()

    async def _hear(
        self, messages: Sequence[Message], put: Callable[[Piece | Exception | None], None]
    ) -> None:
        """Put each piece as it comes, then None, or why there is no more."""
        begun = False

        def note(piece: Piece) -> None:
            nonlocal begun
            begun = begun or bool(piece.text)
            put(piece)

        try:
            async with asyncio.timeout(self._limits.whole) as whole:
                await self._listen(messages, note)
            put(None)
        except Exception as error:  # noqa: BLE001 (clients raise whatever they like)
            if not whole.expired():
                put(failure(error, begun=begun))
            else:  # a slow model that writes is no outage: what came is a reply that was cut
                put(None if begun else Failed("seconds"))

    async def _listen(self, messages: Sequence[Message], note: Callable[[Piece], None]) -> None:
        """Raises Failed ``cut`` when the reply stops without an end: no client raises for that."""
        clock = asyncio.get_running_loop().time
        due, ended = clock() + self._limits.first, False
        async with aclosing(self._source.stream(messages)) as pieces:
            while True:
                async with asyncio.timeout_at(due):
                    piece = await anext(pieces, None)
                if piece is None:
                    break
                if piece.text:
                    due = clock() + self._limits.following
                ended = ended or piece.end is not None
                note(piece)
        if not ended:
            raise Failed("cut")


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The one loop of the process: clients share connections, which are bound to a loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="model", daemon=True).start()
    return loop


def _next(
    heard: "SimpleQueue[Piece | Exception | None]", listener: Listener
) -> Piece | Exception | None:
    """What comes next, while somebody listens. Raises Gone."""
    while True:
        if listener.gone():
            raise Gone
        try:
            return heard.get(timeout=TICK)
        except Empty:
            continue
