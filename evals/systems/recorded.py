"""A file of answers, from any assistant: JSON lines in, what was given for each case out.

A line is an answer of the HTTP contract with the ``id`` of its question, as ``python -m assistant
--jsonl`` writes it; ``status``, ``answer`` and ``citations`` (``source_id``, ``quote``) are enough.
"""

import json
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.given import Given


class NoAnswer(Exception):
    """The file has no answer to a question, or an error in its place."""


class Recorded:
    """The answers of a file, by the id of their question."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, or ValueError with the number of a line that is no answer."""
        self.name = path.stem
        self._lines = dict(_read(path))
        self.ranks = any("ranked" in line for line in self._lines.values())

    def answer(self, case: Case) -> Given:
        """What the file gives. Raises NoAnswer, and ValueError where a field does not fit."""
        line = self._lines.get(case.id)
        if line is None:
            raise NoAnswer(case.id)
        if "error" in line:
            raise NoAnswer(str(line["error"])[:200])
        return Given.model_validate(line)


def _read(path: Path) -> list[tuple[str, dict[str, Any]]]:
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                rows.append((str(row["id"]), row))
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{path.name}:{number}: {error!r}") from error
    return rows
