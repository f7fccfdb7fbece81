"""How wide a question is: whether what it names narrows it down.

What it names is checked against ``broad.toml``: the concepts that do not narrow a question down.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files

from assistant.understand import Query

FRAME = ("echelon", "ask", "place", "number")


def is_broad(query: Query) -> bool:
    """Whether all that is named beside échelons and places narrows nothing down."""
    others = [t for t in query.terms if t.role != "self" and t.kind not in FRAME]
    named = [t for t in others if t.kind != "word"]
    plain = [t for t in others if t.kind == "word"]
    if not others:
        return bool(query.about("echelon"))
    return bool(named) and len(plain) < 2 and all(t.keys & _concepts("general") for t in named)


def asks_how(query: Query) -> bool:
    """Whether ways to act are asked for."""
    return any(t.keys & _concepts("ways") for t in query.terms)


@lru_cache(maxsize=2)
def _concepts(name: str) -> frozenset[str]:
    data = tomllib.loads((files("assistant") / "data" / "broad.toml").read_text("utf-8"))
    return frozenset(f"@{concept}" for concept in data[name])
