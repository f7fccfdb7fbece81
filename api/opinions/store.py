"""Opinions in, rows out: bounded in number, dropped when they are old, in short transactions."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.errors import HttpError
from api.messages import OPINIONS
from api.opinions import earlier
from api.opinions.database import PATIENCE, engine_of, migrate
from api.opinions.table import Opinion
from api.wire import Feedback

RETENTION_DAYS = 180
MAX_ROWS = 20_000
FAILURES = (SQLAlchemyError, CommandError, OSError, ImportError)
log = logging.getLogger("api")


class Store:
    """The database of opinions. Every method raises HttpError ``feedback_unavailable``."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        self._url = url
        self._lock = threading.Lock()
        self._ready = False
        self._purged: date | None = None

    def add(self, feedback: Feedback, now: datetime) -> None:
        """Keep one opinion, unless the table is full; drop what is too old once a day.

        It takes the place of an earlier one on the same answer, which a person completes or mends.
        """
        if self._purged != now.date():
            self.purge(now)
        with self._transaction() as session:
            session.execute(delete(Opinion).where(Opinion.answer_id == feedback.answer_id))
            if (session.scalar(select(func.count(Opinion.id))) or 0) >= MAX_ROWS:
                log.warning(OPINIONS["full"].format(limit=MAX_ROWS))
                raise HttpError("feedback_unavailable")
            session.add(_row(now, feedback))

    def purge(self, now: datetime) -> None:
        """Drop what is more than RETENTION_DAYS old, by whole days."""
        oldest = datetime.combine(now.date() - timedelta(days=RETENTION_DAYS), time())
        with self._transaction() as session:
            session.execute(delete(Opinion).where(Opinion.date < oldest))
        self._purged = now.date()

    @cached_property
    def _engine(self) -> Engine:
        return engine_of(self._folder, self._url)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """One transaction on tables that are ready; after a failure they are made ready anew."""
        # SQLite wakes those who wait in no order: among many threads, some would wait for ever
        if not self._lock.acquire(timeout=PATIENCE):
            raise HttpError("feedback_unavailable")
        try:
            if not self._ready:
                migrate(self._engine)
                self._take_over(self._folder / earlier.FILE)
                self._ready = True
            with Session(self._engine) as session, session.begin():
                yield session
        except FAILURES as error:
            self._ready = False
            cause = f"{type(error).__name__}: {error}".split("\n")[0]
            log.warning(OPINIONS["unavailable"].format(cause=cause))
            raise HttpError("feedback_unavailable") from error
        finally:
            self._lock.release()

    def _take_over(self, file: Path) -> None:
        """The opinions of an older version become rows, once, and their file goes.

        Killed between the two, the next start finds the rows that are already there.
        """
        if not file.exists():
            return
        with Session(self._engine) as session, session.begin():
            columns = Opinion.date, Opinion.answer_id, Opinion.rating, Opinion.reason
            known = {tuple(row) for row in session.execute(select(*columns))}
            rows = [_row(when, given) for when, given in earlier.read(file)]
            new = [r for r in rows if (r.date, r.answer_id, r.rating, r.reason) not in known]
            session.add_all(new)
        file.unlink(missing_ok=True)


def _row(when: datetime, feedback: Feedback) -> Opinion:
    """A row to the second, in UTC."""
    date = when.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return Opinion(date=date, **feedback.model_dump())
