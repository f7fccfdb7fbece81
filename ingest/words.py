"""The French words that a layout is read by, as ready patterns, from ``words.toml``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Words:
    """Patterns and word lists; ``callouts`` pairs a label's pattern with its passage kind."""

    callouts: tuple[tuple[Pattern, str], ...]
    courtesies: Pattern
    numbered: Pattern
    levels: Mapping[str, int]
    announcing: Pattern
    phrases: Pattern
    date: Pattern
    reference: Pattern
    law_announced: Pattern
    not_infinitives: frozenset[str]
    prepositions: frozenset[str]
    list_announced: Pattern


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of ``words.toml``, read once."""
    data = tomllib.loads((files("ingest") / "words.toml").read_text("utf-8"))
    headings, law, shapes = data["headings"], data["law"], data["shapes"]
    return Words(
        callouts=tuple((_pattern(f"({p})"), kind) for p, kind in data["callouts"].items()),
        courtesies=_any(headings["courtesies"]),
        numbered=_pattern(
            rf"^({_whole(headings['levels'])})\W*(?:n\W*)?(?:\d|[IVX]+(?:er)?\b|premi|uni)"
        ),
        levels=headings["levels"],
        announcing=_pattern(rf"(?<![\w-])(?:{_whole(headings['announcing'])})(?![\w-])"),
        phrases=_any(headings["phrases"]),
        date=_pattern(
            rf"^\W*(?:\d{{1,2}}(?:er)?\s+)?(?:{_whole(headings['months'])})?\s*\d{{4}}\W*$"
        ),
        reference=_pattern(law["reference"]),
        law_announced=_pattern(law["announced"]),
        not_infinitives=frozenset(shapes["not_infinitives"]),
        prepositions=frozenset(shapes["prepositions"]),
        list_announced=_pattern(data["lists"]["announcing"]),
    )


def _pattern(text: str) -> Pattern:
    return re.compile(text, re.IGNORECASE)


def _any(patterns: Iterable[str]) -> Pattern:
    return _pattern("|".join(patterns))


def _whole(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in names)
