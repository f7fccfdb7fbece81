"""A connection of HTTP/1.1 in, requests out: a head too large or too slow closes it.

Nothing else bounds a head: the cap of bodies begins once it is whole. The other protocol that
uvicorn knows reads a header of any length.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MAX_HEAD = 64 * 1024  # bytes of a request line with its headers
HEAD_SECONDS = 15.0  # for them to arrive, from the opening of the connection or the last reply


class Connection(H11Protocol):
    """uvicorn's, which is left when no request came in time, be there bytes of one or none."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._rest()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._wait()
        super().on_response_complete()

    def _wait(self) -> None:
        self._rest()
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._leave_unless_asked)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()

    def _leave_unless_asked(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
