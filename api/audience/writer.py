"""Rows in from the threads that answer, never waiting; batches out to the database, in one thread.

When the database is away the rows wait, a bounded number of them; what finds no room is dropped
and counted. Once it is back the next attempt writes them: nothing needs a restart.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence

from api.audience.asked import Asked
from api.errors import HttpError

SIZE = 1_000  # rows that wait; a few megabytes of questions and answers
BATCH = 100
PROBE = 10.0  # seconds without a row after which the database is looked at all the same
PAUSE = 1.0  # seconds before what failed is tried again
PATIENCE = 5.0  # seconds that a stop leaves to the last batch
REFUSED = 3  # times that a database in reach refuses a batch before it is dropped
log = logging.getLogger("api")


class Writer:
    """One thread over a bounded queue. ``write`` and ``probe`` raise HttpError when they fail.

    ``up`` is what the last attempt found: None before the first.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Asked]], int],
        probe: Callable[[], None],
        size: int = SIZE,
    ) -> None:
        self._write = write
        self._probe = probe
        self._size = size
        self._waiting: deque[Asked] = deque()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._held = 0
        self.up: bool | None = None
        self.written = 0
        self.dropped = 0

    def __len__(self) -> int:
        """The rows that wait, those of the batch under way included."""
        return len(self._waiting) + self._held

    def put(self, row: Asked) -> None:
        """Take a row, or drop it where too many wait; returns at once."""
        with self._changed:
            if len(self) >= self._size:
                self.dropped += 1
                return
            self._waiting.append(row)
            self._changed.notify()

    def start(self) -> None:
        """Begin to write."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="audience", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, if the database takes it now; what it does not take is dropped."""
        if self._thread is None:
            return
        with self._changed:
            self._stopping.set()
            self._changed.notify()
        self._thread.join(PATIENCE)
        self._thread = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                if not self._waiting and not self._stopping.is_set():
                    self._changed.wait(PROBE)
            if self._waiting:
                self._deliver(self._batch())
            else:
                self._reachable()
        while self._waiting:
            self._deliver(self._batch())

    def _batch(self) -> list[Asked]:
        with self._changed:
            taken = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            self._held = len(taken)
        return taken

    def _deliver(self, batch: list[Asked]) -> None:
        """Write a batch, however long it takes; the last one, at a stop, has one attempt."""
        refused = 0
        while not self._written(batch):
            refused += self._reachable()
            if refused >= REFUSED or self._stopping.wait(PAUSE):
                self.dropped += len(batch)
                log.warning("rows dropped: %d", len(batch))
                break
        self._held = 0

    def _written(self, batch: list[Asked]) -> bool:
        try:
            kept = self._write(batch)
        except HttpError:
            self.up = False
            return False
        except Exception as error:
            log.error("unforeseen error", exc_info=error)
            return False
        self.up = True
        self.written += kept
        self.dropped += len(batch) - kept
        return True

    def _reachable(self) -> bool:
        try:
            self._probe()
        except HttpError:
            self.up = False
            return False
        self.up = True
        return True
