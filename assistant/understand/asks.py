"""A folded question in; what kind of answer it wants out, from the patterns of asks.toml."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from assistant.types import Language

Wanted = Literal[
    "phone", "email", "postal", "time", "url", "where", "enumeration", "percent", "duration",
    "amount", "count", "names", "contact", "person", "actor", "date", "compare", "definition",
    "why", "list", "how", "prose",
]  # fmt: skip
Spans = tuple[tuple[int, int], ...]


class Ask(NamedTuple):
    """What is wanted; ``strict`` when only a value of that kind answers; where it was said."""

    wanted: Wanted
    strict: bool
    spans: Spans


def asks(folded: str, language: Language) -> tuple[Ask, ...]:
    """Every ask of a folded question, the most telling first; ``prose`` where none is said."""
    found = [
        Ask(wanted, strict, spans)
        for wanted, strict, rules in _rules()[language]
        if (spans := _spans(rules, folded))
    ]
    return tuple(found) or (Ask("prose", False, ()),)


def about_now(folded: str, language: Language) -> bool:
    """Whether the question asks what holds today."""
    return bool(_spans(_marks("now")[language], folded))


def about_may(folded: str, language: Language) -> bool:
    """Whether the question is of what one may do, rather than of what somebody does."""
    return bool(_spans(_marks("may")[language], folded))


def about_self(folded: str, language: Language) -> Spans:
    """Where the person says who they are, which is not what they ask."""
    return _spans(_marks("self")[language], folded)


def claims(folded: str, language: Language) -> Spans:
    """Where a text says that something is forbidden, due or reserved."""
    return _spans(_marks("claims")[language], folded)


def leans(folded: str, language: Language) -> bool:
    """Whether the turn leans on what was said before."""
    return bool(_spans(_marks("follow")[language], folded))


def functions(folded: str) -> tuple[tuple[str, ...], ...]:
    """The functions by which a folded question asks for a person, each with its other names."""
    groups = [tuple(group) for group in _data()["functions"]["groups"]]
    return tuple(g for g in groups if any(re.search(rf"\b{name}\b", folded) for name in g))


@lru_cache(maxsize=1)
def bodies() -> frozenset[str]:
    """The concepts that name organisations rather than people."""
    return frozenset(f"@{c}" for c in _data()["bodies"]["concepts"])


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """The keys of what is asked of a thing as it stands now: open, to be applied for."""
    listed = _data()["states"]
    return frozenset(f"@{c}" for c in listed["concepts"]) | frozenset(listed["stems"])


@lru_cache(maxsize=1)
def contrasted() -> dict[str, frozenset[str]]:
    """Each concept with those that take its place when a follow-up turns to them."""
    groups = [frozenset(f"@{c}" for c in group) for group in _data()["contrasts"]["groups"]]
    return {key: group - {key} for group in groups for key in group}


def _spans(rules: tuple[re.Pattern[str], ...], folded: str) -> Spans:
    return tuple(m.span() for rule in rules for m in rule.finditer(folded))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("assistant") / "data" / "asks.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _rules() -> dict[Language, list[tuple[Wanted, bool, tuple[re.Pattern[str], ...]]]]:
    listed = _data()["asks"]
    languages: tuple[Language, ...] = ("fr", "en")
    return {
        code: [(a["wanted"], a.get("strict", False), _compiled(a[code])) for a in listed]
        for code in languages
    }


@lru_cache(maxsize=8)
def _marks(name: str) -> dict[Language, tuple[re.Pattern[str], ...]]:
    table = _data()[name]
    return {"fr": _compiled(table["fr"]), "en": _compiled(table["en"])}


def _compiled(rules: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule) for rule in rules)
