"""An answer in the making in; what is heard of it as it is made, out, until its reader leaves."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from queue import SimpleQueue
from typing import Protocol

from assistant.types import Answer


class Listener(Protocol):
    """Who hears the unchecked words of a model while it writes."""

    def text(self, piece: str) -> None:
        """Hear a piece, not empty. It is provisional: the checked answer replaces all of them."""

    def gone(self) -> bool:
        """Whether nobody listens any more."""


class Nobody:
    """Waits for the answer and hears nothing before."""

    def text(self, piece: str) -> None:
        """Hear nothing."""

    def gone(self) -> bool:
        """Never."""
        return False


Heard = str | Answer | Exception
Answering = Callable[[Listener], Answer]


class Live:
    """A Listener that has an answer made in a thread of its own.

    Pieces of text go to ``put`` as they come; last, the answer, or the error in its place.
    """

    def __init__(self, answering: Answering, put: Callable[[Heard], None]) -> None:
        self._put = put
        self._gone = threading.Event()
        made = partial(copy_context().run, self._run, answering)  # its stages are timed with ours
        threading.Thread(target=made, name="answer", daemon=True).start()

    def text(self, piece: str) -> None:
        """Pass on a piece."""
        self._put(piece)

    def gone(self) -> bool:
        """Whether the reader left."""
        return self._gone.is_set()

    def leave(self) -> None:
        """The reader leaves: the model is no longer listened to."""
        self._gone.set()

    def _run(self, answering: Answering) -> None:
        try:
            heard: Heard = answering(self)
        except Exception as error:  # noqa: BLE001 (it must reach who waits, in another thread)
            heard = error
        with suppress(RuntimeError):  # the loop of a server that stops is closed
            self._put(heard)


def heard(answering: Answering) -> Iterator[str | Answer]:
    """The same for a plain loop: pieces, then the answer. Raises what making it raises."""
    queue: SimpleQueue[Heard] = SimpleQueue()
    live = Live(answering, queue.put)
    try:
        while True:
            item = queue.get()
            if isinstance(item, Exception):
                raise item
            yield item
            if isinstance(item, Answer):
                return
    finally:
        live.leave()
