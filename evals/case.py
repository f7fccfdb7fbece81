"""The question sets: JSON lines in, cases out, in two halves that are two files.

``development.jsonl`` may be read and tuned on; ``test.jsonl`` was written from the documents alone
and is only ever scored. A question stays in the file that it was written for.
"""

import json
from pathlib import Path
from typing import Literal, get_args

from assistant.types import Frozen, Language, Question, Status, Turn

FOLDER = Path(__file__).parent / "questions"
Half = Literal["development", "test"]
HALVES: tuple[Half, ...] = get_args(Half)
# What a question is a sample of. The last four are refused, premise and now are partial.
Kind = Literal[
    "echelon", "howto", "figure", "law", "definition", "experience", "contact", "study",
    "comparison", "acronym", "english", "followup", "typo", "keyword", "injection_around",
    "premise", "now",
    "near_miss", "other_topic", "injection_only", "smalltalk",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


class Expected(Frozen):
    """A quotation that a good answer cites, verbatim in the normalised text of its source."""

    source: str
    quote: str


class Case(Frozen):
    """One question and what is expected of its answer; ``need`` is of the quotes."""

    id: str
    kind: Kind
    question: str
    history: tuple[str, ...]
    language: Language
    status: Status
    need: Literal["all", "one"]
    quotes: tuple[Expected, ...]
    mentions: tuple[str, ...]
    forbidden: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents say something of it: it is not to be refused."""
        return self.status != "refused"


def load(path: Path) -> list[Case]:
    """The cases of a JSON-lines file. Raises pydantic's ValidationError on a bad line."""
    return [Case.model_validate(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def half(name: Half) -> list[Case]:
    """The cases of one half."""
    return load(FOLDER / f"{name}.jsonl")


def question(case: Case) -> Question:
    """The case as it is asked."""
    return Question(text=case.question, history=tuple(Turn(content=t) for t in case.history))
