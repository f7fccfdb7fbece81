"""Opinions and questions in, rows out: bounded in number, dropped when old, briefly locked."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import ColumnElement, Engine, delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.audience import earlier
from api.audience.asked import Asked
from api.audience.database import PATIENCE, engine_of, migrate
from api.audience.mask import mask
from api.audience.row import clean, row_of
from api.audience.table import Answered, Opinion
from api.errors import HttpError
from api.messages import AUDIENCE
from api.wire import Feedback

MAX_ROWS = 20_000
MAX_ANSWERED = 500_000
FAILURES = (SQLAlchemyError, CommandError, OSError, ImportError)
log = logging.getLogger("api")


class Store:
    """The database. Every method raises HttpError ``database_unavailable`` when it is away."""

    def __init__(self, folder: Path, url: str, days: int, *, keep_text: bool) -> None:
        self._folder = folder
        self._url = url
        self._days = days
        self._keep_text = keep_text
        self._lock = threading.Lock()
        self._ready = False
        self._purged: date | None = None
        self.displaced = 0  # opinions that made room for newer ones

    def add(self, feedback: Feedback, now: datetime) -> None:
        """Keep one opinion; drop what is too old once a day, the oldest where there are too many.

        It takes the place of an earlier one on the same answer, which a person completes or mends.
        """
        opened = self._ready
        try:
            self._add(feedback, now)
        except HttpError:
            if not opened:
                raise
            self._add(feedback, now)  # its tables, gone since they were opened, are made anew

    def _add(self, feedback: Feedback, now: datetime) -> None:
        if self._purged != now.date():
            self.purge(now)
        with self.transaction() as session:
            session.execute(delete(Opinion).where(Opinion.answer_id == feedback.answer_id))
            beyond = (session.scalar(select(func.count(Opinion.id))) or 0) + 1 - MAX_ROWS
            oldest = select(Opinion.id).order_by(Opinion.id).limit(max(0, beyond))
            displaced = _dropped(session, Opinion, Opinion.id.in_(oldest))
            session.add(_opinion(now, feedback))
        self.displaced += displaced

    def knows(self, answer_id: str) -> bool:
        """Whether an answer of this id is among the questions kept."""
        with self.transaction() as session:
            found = select(Answered.id).where(Answered.answer_id == answer_id).limit(1)
            return session.scalar(found) is not None

    def keep(self, batch: Sequence[Asked]) -> int:
        """Write the rows of a batch, as many as the table has room for; says how many."""
        rows = [row_of(asked, keep_text=self._keep_text) for asked in batch]
        with self.transaction() as session:
            # the ends of the primary key: counting half a million rows would take its time
            first, last = session.execute(
                select(func.min(Answered.id), func.max(Answered.id))
            ).one()
            held = 0 if last is None else last - first + 1
            kept = rows[: max(0, MAX_ANSWERED - held)]
            session.add_all(kept)
        return len(kept)

    def purge(self, now: datetime) -> None:
        """Drop what is older than the days it is kept, by whole days."""
        self.drop(now.date() - timedelta(days=self._days))
        self._purged = now.date()

    def drop(self, before: date) -> int:
        """Drop what is dated before a day; the number of rows."""
        start = datetime.combine(before, time())
        with self.transaction() as session:
            return _dropped(session, Opinion, Opinion.date < start) + _dropped(
                session, Answered, Answered.day < before
            )

    def drop_answer(self, answer_id: str) -> int:
        """Drop all that is known of one answer; the number of rows."""
        with self.transaction() as session:
            tables = Opinion, Answered
            return sum(_dropped(session, table, table.answer_id == answer_id) for table in tables)

    def check(self) -> None:
        """Nothing, when the database can be reached and its tables are ready."""
        with self.transaction() as session:
            session.execute(text("SELECT 1"))

    @cached_property
    def _engine(self) -> Engine:
        return engine_of(self._folder, self._url)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction on tables that are ready; after a failure they are made ready anew."""
        # SQLite wakes those who wait in no order: among many threads, some would wait for ever
        if not self._lock.acquire(timeout=PATIENCE):
            raise HttpError("database_unavailable")
        try:
            if not self._ready:
                migrate(self._engine)
                self._take_over(self._folder / earlier.FILE)
                self._ready = True
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except FAILURES as error:
            self._ready = False
            cause = f"{type(error).__name__}: {error}".split("\n")[0]
            log.warning(AUDIENCE["unavailable"].format(cause=cause))
            raise HttpError("database_unavailable") from error
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
            rows = [_opinion(when, given) for when, given in earlier.read(file)]
            new = [r for r in rows if (r.date, r.answer_id, r.rating, r.reason) not in known]
            session.add_all(new)
        file.unlink(missing_ok=True)


def _dropped(session: Session, table: type[Opinion | Answered], which: ColumnElement[bool]) -> int:
    return len(session.scalars(delete(table).where(which).returning(table.id)).all())


def _opinion(when: datetime, given: Feedback) -> Opinion:
    """A row to the second, in UTC; names and addresses in its reason are masked."""
    date = when.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    reason = None if given.reason is None else clean(mask(given.reason))[:1_000]
    return Opinion(date=date, **given.model_dump(exclude={"reason"}), reason=reason)
