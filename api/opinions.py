"""From an untrusted opinion on an answer to one JSON line of ``feedback.jsonl``, dated.

No address is written. Lines are dropped once they are older than RETENTION_DAYS, and the file
never grows beyond MAX_FILE.
"""

import json
import os
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from api.errors import HttpError
from api.messages import FEEDBACK
from api.wire import Feedback

RETENTION_DAYS = 180
MAX_FILE = 10 * 1024 * 1024  # bytes


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
    """The file of opinions; one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "feedback.jsonl"
        self._lock = threading.Lock()
        self._purged: date | None = None

    def add(self, feedback: Feedback, now: datetime | None = None) -> None:
        """Append one line, after dropping what is too old once a day.

        Raises HttpError feedback_unavailable when the file is full or cannot be written.
        """
        now = now or datetime.now(UTC)
        line = {"date": now.isoformat(timespec="seconds"), **feedback.model_dump()}
        try:
            with self._lock:
                self._purge(now.date())
                self._append(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise HttpError("feedback_unavailable") from error

    def _append(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with open(handle, "a", encoding="utf-8") as file:
            if os.fstat(handle).st_size > MAX_FILE:
                raise OSError("the file of opinions is full")
            file.write(line)

    def purge(self) -> None:
        """Drop what is older than the retention, today."""
        with self._lock:
            self._purge(datetime.now(UTC).date())

    def _purge(self, today: date) -> None:
        if self._purged == today or not self.path.exists():
            return
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        oldest = (today - timedelta(days=RETENTION_DAYS)).isoformat()
        kept = [line for line in lines if _day(line) >= oldest]
        if len(kept) < len(lines):
            aside = self.path.with_suffix(".new")
            aside.write_text("".join(kept), encoding="utf-8")
            aside.chmod(0o600)
            os.replace(aside, self.path)
        self._purged = today


def _day(line: str) -> str:
    """The day of a line, as ISO 8601 orders it; empty for a line that is none of ours."""
    try:
        return str(json.loads(line)["date"])
    except (ValueError, KeyError, TypeError):
        return ""
