"""From an untrusted JSON value to a Question, or to an InvalidQuestion that says what to change.

The web and the command line both come in through :func:`parse`; nothing else makes a Question
out of what a stranger sent.
"""

import unicodedata
from collections.abc import Mapping
from typing import Protocol, get_args

from assistant.errors import InvalidQuestion, UnknownSource
from assistant.messages import DETAILS, ERRORS
from assistant.types import Echelon, Question, Turn

MAX_QUESTION = 1_000
MAX_TURNS = 50
MAX_TURN = 4_000
MAX_PLACE = 60
MAX_SOURCES = 100
MAX_ID = 200
FIELDS = ("question", "history", "echelon", "place", "sources")
ROLES = ("user", "assistant")


class HasDocuments(Protocol):
    """Whatever knows its documents by id; an Index does."""

    @property
    def documents(self) -> Mapping[str, object]:
        """The documents, by source id."""


def parse(payload: object) -> Question:
    """The question in a decoded JSON value; texts are stripped and freed of control characters.

    Raises InvalidQuestion: request_malformed (shape, echelon, place, sources, unknown fields),
    question_empty, question_not_text, question_too_long (over 1,000 characters), or
    history_malformed (over 50 turns, over 4,000 characters in a turn, another shape).
    """
    fields = _fields(payload)
    return Question(
        text=_text(fields.get("question", "")),
        history=_history(fields.get("history")),
        echelon=_echelon(fields.get("echelon")),
        place=_place(fields.get("place")),
        sources=_sources(fields.get("sources")),
    )


def check_sources(question: Question, index: HasDocuments) -> None:
    """Raises UnknownSource naming the first id asked for that no document bears."""
    for source_id in question.sources:
        if source_id not in index.documents:
            message = ERRORS["source_unknown"].format(id=shown(source_id))
            raise UnknownSource("source_unknown", message)


def shown(name: str) -> str:
    """A stranger's word, short and printable, fit to be repeated in a message."""
    printable = "".join(c if c.isprintable() else "�" for c in name)
    return printable if len(printable) <= 60 else printable[:59] + "…"


def _fields(payload: object) -> Mapping[str, object]:
    if not isinstance(payload, dict):
        raise _malformed("object")
    unknown = [str(name) for name in payload if name not in FIELDS]
    if unknown:
        names = ", ".join(f"« {shown(name)} »" for name in unknown[:5])
        raise _malformed("unknown", names=names, known=", ".join(FIELDS))
    return payload


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _refusal("question_not_text")
    text = _clean(value)
    if not value.strip():
        raise _refusal("question_empty")
    if not any(c.isalnum() for c in text) or _broken(text):
        raise _refusal("question_not_text")
    if len(text) > MAX_QUESTION:
        raise _refusal("question_too_long", length=len(text), limit=MAX_QUESTION)
    return text


def _history(value: object) -> tuple[Turn, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_TURNS:
        raise _bad_history("turns", limit=MAX_TURNS)
    turns = (_turn(item, position) for position, item in enumerate(value, start=1))
    return tuple(turn for turn in turns if turn.content)


def _turn(item: object, position: int) -> Turn:
    fields = {"content": item} if isinstance(item, str) else item
    if not isinstance(fields, dict) or not fields.keys() <= {"role", "content"}:
        raise _bad_history("turn", position=position)
    role, content = fields.get("role", "user"), fields.get("content")
    if role not in ROLES or not isinstance(content, str) or _broken(content):
        raise _bad_history("turn", position=position)
    if len(content) > MAX_TURN:
        raise _bad_history("turn_length", position=position, limit=MAX_TURN)
    return Turn(role=role, content=_clean(content))


def _echelon(value: object) -> Echelon | None:
    if value is None:
        return None
    for echelon in get_args(Echelon):
        if value == echelon:
            return echelon  # type: ignore[no-any-return]
    raise _malformed("echelon", known=", ".join(f"« {name} »" for name in get_args(Echelon)))


def _place(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > MAX_PLACE or _broken(value):
        raise _malformed("place", limit=MAX_PLACE)
    return _clean(value) or None


def _sources(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_SOURCES or not all(map(_is_id, value)):
        raise _malformed("sources", limit=MAX_SOURCES)
    return tuple(dict.fromkeys(value))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_ID and not _broken(value)


def _clean(text: str) -> str:
    """The text without control characters, line ends and tabs apart, and stripped."""
    kept = (c if c in "\n\t" or unicodedata.category(c) != "Cc" else " " for c in text)
    return "".join(kept).strip()


def _broken(text: str) -> bool:
    """Whether it holds half a surrogate pair, which JSON lets through and UTF-8 refuses."""
    return any("\ud800" <= c <= "\udfff" for c in text)


def _refusal(code: str, **values: object) -> InvalidQuestion:
    return InvalidQuestion(code, ERRORS[code].format(**values))


def _malformed(detail: str, **values: object) -> InvalidQuestion:
    return _refusal("request_malformed", detail=DETAILS[detail].format(**values))


def _bad_history(detail: str, **values: object) -> InvalidQuestion:
    return _refusal("history_malformed", detail=DETAILS[detail].format(**values))
