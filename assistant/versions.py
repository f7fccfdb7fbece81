"""Which versions of the law may answer: those in force today, unless others are asked for.

Comes in: a query and an index. Goes out: the same query, its sources narrowed to those in force;
sources that bear no dates of validity are never concerned.
"""

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files

from assistant.index import Index
from assistant.slots import years
from assistant.types import Language, Source
from assistant.understand import Query
from assistant.words import fold


def in_force(query: Query, index: Index, today: date | None = None) -> Query:
    """The query kept from what is not in force today, or was not in the years it asks about.

    Sources that the person names one by one are taken at their word.
    """
    dated = _dated(index)
    if query.sources or not dated:
        return query
    asked = _asked(query.text, query.language)
    if asked is None:
        day = (today or date.today()).isoformat()
        out = {s.id for s in dated if not _in_force(s, day, day)}
    else:
        spans = [(f"{year}-01-01", f"{year}-12-31") for year in asked]
        out = {s.id for s in dated if spans and not any(_in_force(s, a, b) for a, b in spans)}
    if not out:
        return query
    return replace(query, sources=tuple(id for id in index.documents if id not in out))


@lru_cache(maxsize=2)
def _dated(index: Index) -> tuple[Source, ...]:
    """The sources that are versions of law."""
    sources = (d.source for d in index.documents.values())
    return tuple(s for s in sources if s.in_force_from or s.in_force_to)


def _in_force(source: Source, first: str, last: str) -> bool:
    """Whether a source was in force on some day from the first to the last."""
    begun = source.in_force_from is None or source.in_force_from <= last
    return begun and (source.in_force_to is None or source.in_force_to > first)


def _asked(text: str, language: Language) -> frozenset[str] | None:
    """The years whose law is asked for; empty for any time; None when only today's is."""
    folded = fold(text).replace("’", "'")
    found = [m.group() for pattern in _patterns()[language] if (m := pattern.search(folded))]
    return frozenset().union(*map(years, found)) if found else None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    data = tomllib.loads((files("assistant") / "data/versions.toml").read_text("utf-8"))
    return {language: tuple(map(re.compile, forms)) for language, forms in data.items()}
