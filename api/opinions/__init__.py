"""From an untrusted opinion on an answer to one dated row of the database of opinions.

No address and no cookie is written. SQLAlchemy takes most of a second to import: it waits until
the database is first opened.
"""

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from api.errors import HttpError
from api.messages import FEEDBACK
from api.wire import Feedback
from assistant.settings import SQLITE

if TYPE_CHECKING:
    from api.opinions.store import Store


def parse_feedback(payload: object) -> Feedback:
    """The opinion in a decoded JSON value. Raises HttpError feedback_malformed."""
    try:
        return Feedback.model_validate(payload)
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        field = str(where[0]) if where else "other"
        detail = FEEDBACK.get(field, FEEDBACK["other"])
        raise HttpError("feedback_malformed", detail=detail) from error


class Opinions:
    """The opinions kept in a database; threads may share one.

    Every method raises HttpError ``feedback_unavailable`` when the database cannot be written;
    the next call tries again, so that nothing needs a restart once the cause is mended.
    """

    def __init__(self, folder: Path, url: str = SQLITE) -> None:
        self._folder = folder
        self._url = url

    @cached_property
    def _store(self) -> "Store":
        from api.opinions.store import Store

        return Store(self._folder, self._url)

    def add(self, feedback: Feedback, now: datetime | None = None) -> None:
        """Keep one opinion, after dropping what is too old once a day."""
        self._store.add(feedback, now or datetime.now(UTC))

    def purge(self, now: datetime | None = None) -> None:
        """Drop what is older than the retention."""
        self._store.purge(now or datetime.now(UTC))
