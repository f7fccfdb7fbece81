"""A file of answers, from any assistant: JSON lines in, what was given for each case out.

A line is an answer of the HTTP contract with the ``id`` of its question, as ``python -m assistant
--jsonl`` writes it; ``status``, ``answer`` and ``citations`` (``source_id``, ``quote``) are enough.
A null is read as a field that is not there, a state whatever its case.
"""

import json
from collections import Counter
from math import inf
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.given import Given
from evals.messages import FROM_FILE, NOT_IN_FILE, SYSTEMS


class NoAnswer(Exception):
    """The file has no answer to a question, or an error in its place."""


class Recorded:
    """The answers of a file, by the id of their question.

    ``left_out`` counts, by reason, what was not read: lines without id, lines of an id that came
    before, times that are no time.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError, or ValueError with the number of a line that is no answer."""
        # a file named like a system is not that system
        taken = path.stem in SYSTEMS
        self.name = FROM_FILE.format(name=path.stem) if taken else path.stem
        self.left_out: Counter[str] = Counter()
        self._lines: dict[str, dict[str, Any]] = {}
        for row in _read(path):
            self._add(row)
        self.ranks = any("ranked" in line for line in self._lines.values())

    @property
    def ids(self) -> set[str]:
        """The questions that the file has a line for."""
        return set(self._lines)

    def answer(self, case: Case) -> Given:
        """What the file gives. Raises NoAnswer, and ValueError where a field does not fit."""
        line = self._lines.get(case.id)
        if line is None:
            raise NoAnswer(NOT_IN_FILE)
        if line.get("error"):
            raise NoAnswer(str(line["error"])[:200])
        return Given.model_validate(line)

    def _add(self, row: dict[str, Any]) -> None:
        """Keeps the first line of an id, with what is harmless in it mended."""
        line = {name: value for name, value in row.items() if value is not None}
        if "id" not in line or str(line["id"]) in self._lines:
            self.left_out["duplicate" if "id" in line else "no_id"] += 1
            return
        if isinstance(line.get("status"), str):
            line["status"] = line["status"].strip().lower()
        elapsed = line.get("elapsed_ms", 0)
        if isinstance(elapsed, float | int) and not 0 <= elapsed < inf:
            self.left_out["no_time"] += 1
            del line["elapsed_ms"]
        self._lines[str(line["id"])] = line


def _read(path: Path) -> list[dict[str, Any]]:
    """The objects of the lines; only a line feed ends one, since texts may hold U+2028."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), start=1):
        if line.strip():
            try:
                rows.append(dict(json.loads(line)))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path.name}:{number}: {error!r}") from error
    return rows
