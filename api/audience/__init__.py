"""What is known of the audience: opinions and questions in, dated rows and a report out.

No address and no cookie is written, and by default no question. SQLAlchemy takes most of a second
to import: it waits until the database is first opened.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from pydantic import ValidationError

from api.audience.asked import Asked, Channel
from api.audience.writer import Writer
from api.errors import HttpError
from api.messages import FEEDBACK
from api.wire import Feedback

if TYPE_CHECKING:  # at run time they bring SQLAlchemy
    from api.audience.report import Report
    from api.audience.store import Store
    from assistant.settings import Settings
    from assistant.types import Answer, Question


def parse_feedback(payload: object) -> Feedback:
    """The opinion in a decoded JSON value. Raises HttpError feedback_malformed."""
    try:
        return Feedback.model_validate(payload)
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        field = str(where[0]) if where else "other"
        detail = FEEDBACK.get(field, FEEDBACK["other"])
        raise HttpError("feedback_malformed", detail=detail) from error


GIVEN = 10_000  # ids of answers held in memory, until the database surely has them


class Audience:
    """The database of these settings; threads may share one.

    Methods that need the database at once raise HttpError when it is away; the next call tries
    again, so that nothing needs a restart once the cause is mended. ``keep`` never fails.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # the store is made in the thread of the writer, once there is something to write
        self.writer = Writer(lambda batch: self.store.keep(batch), lambda: self.store.check())
        self._given: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()
        self.refused = 0  # opinions on answers that nobody was given

    @cached_property
    def store(self) -> Store:
        """The rows."""
        from api.audience.store import Store

        kept = self._settings
        return Store(
            kept.data_dir, kept.database_url, kept.retention_days, keep_text=kept.keep_questions
        )

    def keep(self, question: Question, answer: Answer, channel: Channel) -> None:
        """Have a question kept, soon, if the database takes it; returns at once."""
        self.give(answer.id)
        self.writer.put(Asked(datetime.now(UTC).date(), question, answer, channel))

    def give(self, answer_id: str) -> None:
        """Hold the id of an answer that goes out: opinions on it will be taken."""
        with self._lock:
            self._given[answer_id] = None
            if len(self._given) > GIVEN:
                self._given.popitem(last=False)

    def receive(self, feedback: Feedback) -> None:
        """Keep an opinion on an answer that was given, here or by another server of this database.

        Raises HttpError ``answer_unknown`` or ``feedback_unavailable``.
        """
        if not self._gave(feedback.answer_id):
            self.refused += 1
            raise HttpError("answer_unknown")
        self.add(feedback)

    def _gave(self, answer_id: str) -> bool:
        with self._lock:
            if answer_id in self._given:
                return True
        try:
            return self.store.knows(answer_id)
        except HttpError as error:
            raise HttpError("feedback_unavailable") from error

    def add(self, feedback: Feedback, now: datetime | None = None) -> None:
        """Keep one opinion, after dropping what is too old once a day.

        Raises HttpError ``feedback_unavailable``.
        """
        try:
            self.store.add(feedback, now or datetime.now(UTC))
        except HttpError as error:
            raise HttpError("feedback_unavailable") from error

    def purge(self, now: datetime | None = None) -> None:
        """Drop what is older than the retention. Raises HttpError ``database_unavailable``."""
        self.store.purge(now or datetime.now(UTC))

    def report(self) -> Report:
        """What the team reads. Raises HttpError ``database_unavailable``."""
        from api.audience.report import report

        return report(self.store)
