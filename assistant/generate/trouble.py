"""Why a language model wrote nothing that can be shown: one word a cause.

The words are keys of ``messages.MODEL``. Nothing that a server said is kept: it may repeat the
key or the prompt.
"""

from collections.abc import Iterator
from typing import Literal, get_args

Reason = Literal[
    "extra",  # the provider's library is not installed
    "setting",  # the library refuses the settings
    "connection",
    "first_token",  # nothing came in time
    "next_token",  # it began, then nothing came in time
    "seconds",  # nothing came in the time of a whole reply
    "key",  # 401, 403
    "rate",  # 429
    "server",  # 5xx
    "request",  # another status: the model is not there, or refuses what it is sent
    "malformed",  # not what the protocol says
    "cut",  # it ended without saying that it had ended
    "filtered",  # the provider's filter of content ended it
    "empty",
    "language",
    "marker",  # no sentence names a passage
    "unsupported",  # no sentence is in the passages that it names
    "untold",  # most of the passages are left out
    "minute",  # our own budget of replies a minute
    "in_flight",  # our own budget of replies at once
    "open",  # it failed too often: it is left alone for a while
]
REASONS: tuple[Reason, ...] = get_args(Reason)
# What says that the provider is down, and would fail the next question too.
OUTAGES = frozenset[Reason](
    {
        "connection", "first_token", "next_token", "seconds", "key", "rate", "server",
        "malformed", "cut",
    }
)  # fmt: skip
# What says nothing of it: no reply was asked for, or this question alone was refused.
SILENT = frozenset[Reason]({"extra", "setting", "request", "minute", "in_flight"})
STATUSES: dict[int, Reason] = {401: "key", 403: "key", 408: "first_token", 429: "rate"}
# By name: the clients have classes of their own, none of which this program needs to import.
UNREACHED = {"APIConnectionError", "ConnectError", "ConnectTimeout", "ProxyError"}
LATE = {"APITimeoutError", "ReadTimeout", "PoolTimeout", "StreamChunkTimeoutError"}
BROKEN = {"RemoteProtocolError", "ReadError", "IncompleteRead"}


class Failed(Exception):
    """The model gave nothing that can be shown; the extractive answer stands instead."""

    def __init__(self, reason: Reason, seen: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.seen = seen  # the class of the error, and its status: safe to be logged


class Gone(Exception):
    """Nobody listens any more: the reply is given up, and says nothing of the model."""


def failure(error: BaseException, *, begun: bool) -> Failed:
    """What an error of any client means; ``begun`` when a part of the reply had come."""
    if isinstance(error, Failed):
        return error
    status = next(filter(None, map(_status, _chain(error))), None)
    names = {kind.__name__ for one in _chain(error) for kind in type(one).__mro__}
    seen = type(error).__name__ + (f" {status}" if status else "")
    return Failed(_reason(error, status, names, begun=begun), seen)


def _reason(error: BaseException, status: int | None, names: set[str], *, begun: bool) -> Reason:
    if status is not None:
        return STATUSES.get(status, "server" if status >= 500 else "request")
    if isinstance(error, ImportError):
        return "extra"
    if names & LATE or isinstance(error, TimeoutError):
        return "next_token" if begun else "first_token"
    if names & (BROKEN | UNREACHED) or isinstance(error, ConnectionError):
        return "cut" if begun else "connection"
    return "malformed"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, ten at most."""
    one: BaseException | None = error
    for _ in range(10):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that an error of a client bears, itself or in its response."""
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and status >= 400:
            return status
    return None
