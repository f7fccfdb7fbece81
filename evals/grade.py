"""A question with what it expects, and an answer; what the answer got right out.

A quotation is found when the cited quotes of its source hold it, white space, case and the form
of apostrophes aside. A missing answer fails everything it should have held.
"""

import json
import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.types import Answer, Language, Status


class Expected(BaseModel):
    """A quotation that a good answer cites."""

    model_config = ConfigDict(extra="forbid")
    source: str
    quote: str


class Case(BaseModel):
    """One question and what is expected of its answer; ``need`` is of the quotes."""

    model_config = ConfigDict(extra="forbid")
    id: str
    kind: str
    question: str
    history: list[str]
    language: Language
    status: Status
    need: Literal["all", "one"]
    quotes: list[Expected]
    mentions: list[str]
    forbidden: list[str]


class Grade(BaseModel):
    """What one answer got right. ``cited`` and ``precise`` are None where nothing was to cite."""

    case: Case
    status: Status
    cited: bool | None
    precise: float | None
    mentioned: bool
    clean: bool

    @property
    def right_state(self) -> bool:
        """Whether the answer is in the state expected of it."""
        return self.status == self.case.status


def load(path: Path) -> list[Case]:
    """The cases of a JSON-lines file. Raises pydantic's ValidationError on a bad line."""
    return [Case.model_validate(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def held_out(case_id: str) -> bool:
    """The fixed rule of the split: odd numbers are the test half, never tuned on."""
    return int(re.sub(r"\D", "", case_id)) % 2 == 1


def grade(case: Case, answer: Answer) -> Grade:
    """What the answer to a case got right."""
    cited = [(c.source_id, plain(c.quote)) for c in answer.citations]
    found = [any(s == e.source and _holds(q, e.quote) for s, q in cited) for e in case.quotes]
    useful = [any(s == e.source and _holds(q, e.quote) for e in case.quotes) for s, q in cited]
    shown = plain(answer.answer + " " + " ".join(c.quote for c in answer.citations))
    enough = all if case.need == "all" else any
    return Grade(
        case=case,
        status=answer.status,
        cited=enough(found) if case.quotes else None,
        precise=sum(useful) / len(useful) if case.quotes and useful else None,
        mentioned=all(plain(m) in shown for m in case.mentions),
        clean=not any(plain(f) in plain(answer.answer) for f in case.forbidden),
    )


def plain(text: str) -> str:
    """Lower case, straight apostrophes and quotes, single plain spaces."""
    straight = text.replace("’", "'").replace("«", '"').replace("»", '"')
    return " ".join(straight.split()).casefold()


def _holds(quote: str, expected: str) -> bool:
    wanted = plain(expected)
    return wanted in quote or (len(quote) >= 25 and quote in wanted)
