"""A text in; the words of it that change what it claims, out: negations, modals, scope, causes.

The forms are data, ``check.toml``. They are matched on folded words, so that « d'après » and
« d’apres » are one, and each match says where it stands among the words of the text.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from assistant.types import Language
from assistant.words import fold

Kind = Literal[
    "negation", "obligation", "advice", "possibility", "intention", "all", "only", "some",
    "cause", "example", "more", "less", "aim",
    "purpose", "means", "need", "condition", "merely",
]  # fmt: skip
FAR = 5  # words between « ne » and its « que »
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"\bn\s?[°º]", re.IGNORECASE)  # « n° 3 » denies nothing
_BORN = re.compile(r"\bné(?:e|s|es)?\b", re.IGNORECASE)  # folded, it would deny what follows


@dataclass(frozen=True, slots=True)
class Mark:
    """A form of a kind, at a place among the folded words of its text."""

    kind: Kind
    at: int
    size: int


def plain(text: str) -> list[str]:
    """The folded words of a text, elided ones apart: « n'est » is n, est."""
    return _WORD.findall(fold(_NUMBERED.sub("numero ", _BORN.sub("naitre", text))))


def marks(text: str, language: Language) -> list[Mark]:
    """The marks of a text in its order; of two that overlap, both."""
    words = plain(text)
    found = [
        Mark(kind, i, len(form))
        for i in range(len(words))
        for kind, form in _starting(words[i], language)
        if all(fits(part, words[i + j]) for j, part in enumerate(form) if i + j < len(words))
        and i + len(form) <= len(words)
    ]
    return _restricted(words, found) if language == "fr" else found


def _restricted(words: list[str], found: list[Mark]) -> list[Mark]:
    """The marks of French words where « ne… que » denies nothing: it says only, or merely."""
    listed = data()["restriction"]
    made = []
    for mark in found:
        after = words[mark.at + 1 : mark.at + 2 + FAR]
        that = next((i for i, word in enumerate(after) if word in listed["that"].split()), 0)
        if words[mark.at] not in ("ne", "n") or not that or _denies(after[:that], listed):
            made.append(mark)
        else:
            little = _merely(after[that + 1 : that + 2], listed)
            made.append(Mark("merely" if little else "only", mark.at, 1))
    return made


def _denies(between: list[str], listed: dict[str, str]) -> bool:
    return any(word in listed["denies"].split() for word in between)


def _merely(after: list[str], listed: dict[str, str]) -> bool:
    return any(word.isdigit() or word in listed["merely"].split() for word in after)


@lru_cache(maxsize=2)
def data(name: str = "check") -> dict[str, Any]:
    """The lexicon of the check, or its words (check_words)."""
    return tomllib.loads((files("assistant") / "data" / f"{name}.toml").read_text("utf-8"))


def opposed(claim: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a claim holds a word whose opposite, and not itself, its evidence holds."""
    return any(
        _only(claim, mine, theirs) and _only(told, theirs, mine)
        for one, other in _opposites()
        for mine, theirs in ((one, other), (other, one))
    )


def _only(words: frozenset[str], forms: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return _holds(words, forms) and not _holds(words, others)


def _holds(words: frozenset[str], forms: tuple[str, ...]) -> bool:
    return any(fits(form, word) for form in forms for word in words)


def fits(form: str, word: str) -> bool:
    """Whether a word is of a form; a * at either end stands for any letters."""
    if form.startswith("*"):
        return word.endswith(form[1:]) and len(word) > len(form)
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


@lru_cache(maxsize=50_000)
def _starting(word: str, language: Language) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    """The forms whose first word a word may be."""
    return tuple(one for one in _forms(language) if fits(one[1][0], word))


@lru_cache(maxsize=2)
def _forms(language: Language) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    listed = data()[language]["marks"].items()
    return tuple(
        (cast("Kind", kind), tuple(form.split()))
        for kind, forms in listed
        for form in forms.split("|")
    )


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (tuple(one.split()), tuple(other.split())) for one, other in data()["opposites"]["pairs"]
    )
