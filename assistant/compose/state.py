"""What an answer must say that it does not say: now, a place, a false premise."""

import re
from collections.abc import Sequence

from assistant import slots
from assistant.compose.materials import Case
from assistant.compose.select import Candidate
from assistant.compose.write import dated
from assistant.naming import named
from assistant.slots import dates
from assistant.understand import Query
from assistant.words import fold

# What changes with time: a question about now is not settled by what held at a date.
PREMISES = ("amount", "year", "person", "percent")
WIDE = ("departement", "region", "etat")  # asked about, they are of the area of a town
CHANGING = ("count", "amount", "percent", "person", "names", "actor", "date")


def doubt(case: Case, chosen: Sequence[Candidate]) -> str | None:
    """What the chosen sentences leave unsaid, in the language of the question; None if nothing."""
    query = case.query
    false = _false(query, chosen)
    if false:
        return case.words["premise"].format(said=false)
    away = _away(query, chosen)
    if away:
        return case.words["elsewhere"].format(place=away)
    if query.now and _ages(query, chosen):
        return case.words["now"].format(date=_date(case, chosen))
    return None


def _false(query: Query, chosen: Sequence[Candidate]) -> str | None:
    """A sum, a year or a name that the question takes for granted and the answer contradicts."""
    text = " ".join(c.verdict.unit.text for c in chosen)
    for kind in PREMISES:
        said, stated = slots.find(kind, query.text), slots.find(kind, text)
        apart = [s for s in said if _plain(s) not in {_plain(t) for t in stated}]
        if apart and stated:
            return apart[0]
    return None


def _away(query: Query, chosen: Sequence[Candidate]) -> str | None:
    """A town asked about that no chosen sentence names: they are of the area around it."""
    if query.ask.wanted == "contact" or query.echelon in WIDE:
        return None
    keys = frozenset().union(*(c.verdict.unit.keys for c in chosen))
    towns = [t for t in query.about("city") if t.role != "carried"]
    return next((t.text for t in towns if not named(t, keys)), None)


def _plain(value: str) -> str:
    """A value as it compares: « 100 000 € » and « 100 000 euros » are one."""
    folded = fold(value).replace("€", "euro").replace("\u202f", "").replace("\u00a0", "")
    return re.sub(r"\s|d'|(?<=euro)s|(?<=million)s", "", folded)


def _ages(query: Query, chosen: Sequence[Candidate]) -> bool:
    return query.wants(*CHANGING) or any(dates(c.verdict.unit.text) for c in chosen)


def _date(case: Case, chosen: Sequence[Candidate]) -> str:
    source = case.materials.document(chosen[0].verdict.unit.passage.source_id).source
    return dated(source.date, case.query.language)
