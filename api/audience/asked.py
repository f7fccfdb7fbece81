"""A question with its answer, on their way to the database; light, for every answer makes one."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.types import Answer, Question

Channel = Literal["page", "api", "widget"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Held in memory, whole, until what is kept of it is written."""

    day: date
    question: Question
    answer: Answer
    channel: Channel
