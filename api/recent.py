"""The answers given last, for what is asked of them right after: which questions may follow.

A question and its answer in, the answer out for a moment. A question is a digest here, under a
salt of this process: its words are not held.
"""

import secrets
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock

from assistant.types import Answer, Question

HELD = 64  # answers, some ten kilobytes each; twice as many as are made at once


class Recent:
    """Holds so many answers; the oldest goes first. Threads may share it."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._held: OrderedDict[bytes, Answer] = OrderedDict()
        self._lock = Lock()

    def hold(self, question: Question, answer: Answer) -> None:
        """Hold the answer to a question."""
        with self._lock:
            self._held[self._digest(question)] = answer
            if len(self._held) > HELD:
                self._held.popitem(last=False)

    def find(self, question: Question, version: str) -> Answer | None:
        """The answer to the same question from the same version of the index, where it is held."""
        with self._lock:
            answer = self._held.get(self._digest(question))
        return answer if answer is not None and answer.index_version == version else None

    def _digest(self, question: Question) -> bytes:
        return blake2b(question.model_dump_json().encode(), key=self._salt).digest()
