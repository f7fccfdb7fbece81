"""Which versions of the law may answer: those in force today, unless others are asked for.

Comes in: a query and an index. Goes out: the same query, its sources narrowed to those in force;
sources that bear no dates of validity are never concerned.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files

from assistant.index import Index
from assistant.messages import MONTHS
from assistant.types import Language, Source
from assistant.understand import Query
from assistant.words import fold

Days = tuple[str, str]  # the first and the last, as 2014-08-02


@dataclass(frozen=True)
class Wish:
    """The time whose law is asked for: days that are named, what is past, or every version."""

    days: tuple[Days, ...] = ()
    past: bool = False
    every: bool = False


def in_force(query: Query, index: Index, today: date | None = None) -> Query:
    """The query kept from what is not in force today, or was not in the days it asks about.

    Sources that the person names one by one are taken at their word.
    """
    dated = _dated(index)
    if query.sources or not dated:
        return query
    wish = wish_of(query)
    if wish and (wish.past or wish.every):
        return query
    kept = {source.id for source in chosen(dated, wish, today)}
    out = {source.id for source in dated} - kept
    if not out:
        return query
    return replace(
        query, sources=tuple(id for id in index.documents if id not in out), in_force=True
    )


def chosen(sources: Iterable[Source], wish: Wish | None, today: date | None = None) -> list[Source]:
    """The versions that a wish means; without one, those in force today."""
    day = (today or date.today()).isoformat()
    known = list(sources)
    if wish is None:
        return [s for s in known if _in_force(s, (day, day))]
    if wish.every:
        return known
    then = [s for s in known if any(_in_force(s, days) for days in wish.days)]
    if then or not wish.past:
        return then
    return [s for s in known if s.in_force_to and s.in_force_to <= day]


@lru_cache(maxsize=2)
def _dated(index: Index) -> tuple[Source, ...]:
    """The sources that are versions of law."""
    sources = (d.source for d in index.documents.values())
    return tuple(s for s in sources if s.in_force_from or s.in_force_to)


def _in_force(source: Source, days: Days) -> bool:
    """Whether a source was in force on some day from the first to the last."""
    first, last = days
    begun = source.in_force_from is None or source.in_force_from <= last
    return begun and (source.in_force_to is None or source.in_force_to > first)


def wish_of(query: Query) -> Wish | None:
    """The time whose law a query asks for; None when it is today's."""
    folded = fold(query.text).replace("’", "'")
    patterns = _patterns()[query.language]
    met = {
        kind: [m.group() for pattern in forms if (m := pattern.search(folded))]
        for kind, forms in patterns.items()
    }
    days = tuple(dict.fromkeys(d for said in met["dated"] for d in _days(said, query.language)))
    wish = Wish(days, past=not all(map(_to_come, met["past"])), every=bool(met["every"]))
    return wish if wish != Wish() else None


def _to_come(said: str) -> bool:
    """Whether the time named is not past yet: « avant 2030 »."""
    named = re.search(r"\b(?:19|20)\d\d\b", said)
    return named is not None and int(named.group()) > date.today().year


def _days(said: str, language: Language) -> Iterator[Days]:
    """The days, months or years that a folded text names, each from its first to its last day."""
    months = [fold(month) for month in MONTHS[language]]
    named = rf"(?:(?:(\d{{1,2}})(?:er)? )?({'|'.join(months)}) )?\b((?:19|20)\d\d)\b"
    for day, month, year in re.findall(named, said):
        if not month:
            yield f"{year}-01-01", f"{year}-12-31"
            continue
        start = f"{year}-{months.index(month) + 1:02}"
        yield f"{start}-{int(day or 1):02}", f"{start}-{int(day or 31):02}"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, dict[str, tuple[re.Pattern[str], ...]]]:
    data = tomllib.loads((files("assistant") / "data/versions.toml").read_text("utf-8"))
    return {
        language: {kind: tuple(map(re.compile, forms)) for kind, forms in kinds.items()}
        for language, kinds in data.items()
    }
