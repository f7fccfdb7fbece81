"""What the program logs in; lines on standard error out, JSON or text, without personal data.

What a record says is its message and the fields beside it. Of an exception it says the types and
the places in the code, never the message: that may quote a question.
"""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
OURS = ("api", "ui", "assistant")


def install(form: Literal["auto", "json", "text"]) -> None:
    """Log to standard error from now on: JSON from INFO up, text from WARNING up."""
    text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(Lines() if not text else Plain("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.WARNING if text else logging.INFO)


class Plain(logging.Formatter):
    """One line for people, the places of an exception below it."""

    def formatException(self, ei: object) -> str:
        """Types and places."""
        return "\n".join(_places(ei))


class Lines(logging.Formatter):
    """One JSON object a record: time (UTC), level, logger, message, request, fields, exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST.get():
            line["request"] = request
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = _places(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _places(raised: object) -> list[str]:
    """An exception and those behind it: the type of each, then the places it went through."""
    error = raised[1] if isinstance(raised, tuple) else raised
    found: list[str] = []
    while isinstance(error, BaseException):
        found.append(type(error).__name__)
        for frame in traceback.extract_tb(error.__traceback__):
            found.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found
