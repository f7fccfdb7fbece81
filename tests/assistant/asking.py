"""Questions to ask the real index in one line, and what a person compares of two answers."""

import unicodedata
from pathlib import Path
from typing import Any

from assistant.ask import ask
from assistant.index import Index
from assistant.types import Answer, Echelon, Question, Turn
from evals.case import load

Place = tuple[str, int, int]

QUESTIONS = sorted((Path(__file__).parents[2] / "evals" / "questions").glob("*.jsonl"))
CASES = [case for file in QUESTIONS for case in load(file)]
BROAD = "Comment un département peut-il soutenir un PTCE ?"
LEVELS: dict[Echelon, str] = {
    "commune": "une commune",
    "intercommunalite": "une intercommunalité",
    "departement": "un département",
    "region": "une région",
}


def asked(index: Index, text: str, *history: str, **given: Any) -> Answer:
    """The answer to a question after these turns of the person, oldest first."""
    turns = tuple(Turn(content=turn) for turn in history)
    return ask(Question(text=text, history=turns, **given), index)


def cited(answer: Answer) -> list[Place]:
    """Where each citation stands, in order."""
    return [(c.source_id, c.start, c.end) for c in answer.citations]


def quoted(answer: Answer) -> str:
    """All that is quoted, on one line, with straight apostrophes."""
    return " ".join(" ".join(c.quote.split()) for c in answer.citations).replace("’", "'")


def unaccented(text: str) -> str:
    """The text as typed on a keyboard without accents."""
    apart = unicodedata.normalize("NFD", text.replace("œ", "oe"))
    return "".join(c for c in apart if not unicodedata.combining(c))
