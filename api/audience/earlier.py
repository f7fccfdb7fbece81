"""The JSON lines in which an older version kept opinions; dated opinions out."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from api.wire import Feedback

FILE = "feedback.jsonl"


def read(file: Path) -> Iterator[tuple[datetime, Feedback]]:
    """Each opinion with its date; a line that holds none is left out. Raises OSError."""
    # str.splitlines would also cut at separators that a reason may hold
    for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            given = json.loads(line)
            yield datetime.fromisoformat(given.pop("date")), Feedback.model_validate(given)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
