"""Examples asked for as such: every experience that the documents tell, in their order."""

from itertools import chain, islice

import numpy as np

from assistant import places
from assistant.columns import Flags
from assistant.compose.draft import Draft, Part, whole
from assistant.compose.materials import Case
from assistant.compose.scope import is_broad
from assistant.passages import Chosen
from assistant.places import same_area
from assistant.understand import Query

EXAMPLES = "@exemple"
SAID = 0.9  # the share of the question that such a sentence names
MOST = 40  # examples of one answer: nobody reads more


def gather(case: Case) -> Draft | None:
    """The experiences of the place and échelon asked about; None when something else is asked."""
    query = case.query
    if not asks_examples(query) or not (is_broad(query) or _only_place(query)):
        return None
    if query.ask.strict and query.ask.wanted != "enumeration":
        return None
    if not _wished(query) and _told(case):
        return None
    found = experiences(case)
    near = _near(case, query.place or "")
    concerned = found.flagged(_concerned(case))
    here = concerned.flagged(near) or found.flagged(near)
    kept = list(islice(chain(here, concerned.flagged(~near)), MOST))
    if not kept:
        return None
    away = query.place and not found.flagged(near)
    missing = case.words["elsewhere"].format(place=_name(query)) if away else None
    parts = (Part(tuple(map(whole, kept)), heading=case.words["examples"], listed=True),)
    return Draft("partial" if missing else "answered", parts, missing)


def experiences(case: Case) -> Chosen:
    """Every experience that the documents tell, in their order, with the items that end one."""
    told = case.materials.structure.experiences
    return told.where(case.reads) if case.query.sources else told


def asks_examples(query: Query) -> bool:
    """Whether examples are asked for, or simply what there is in a place."""
    if _wished(query):
        return True
    plain = query.wants("list", "prose", "enumeration")
    plain = plain and (_only_place(query) or not query.may)
    return bool(query.about("place")) and plain


def _wished(query: Query) -> bool:
    """Whether the question names examples."""
    return any(EXAMPLES in t.keys for t in query.terms)


def _only_place(query: Query) -> bool:
    """Whether a place is all that is asked about."""
    named = {t.kind for t in query.terms if t.role != "self"}
    return "place" in named and named <= {"place", "ask"}


def _told(case: Case) -> bool:
    """Whether one sentence that is no experience says all that is asked of a place."""
    best = case.found[0].verdict if case.found else None
    return best is not None and best.own >= SAID and best.unit.passage.kind != "experience"


def _name(query: Query) -> str:
    """The place as the person named it, or the name of the one given beside the question."""
    named = query.about("place", "city")
    known = places.load().place(query.place or "")
    return named[0].text if named else known.name if known else query.place or ""


def _near(case: Case, place: str) -> Flags:
    """Which passages are on a place, on what it lies in or on what lies in it."""
    columns = case.materials.index.columns
    return columns.by_places(lambda code: float(same_area(place, code))) > 0


def _concerned(case: Case) -> Flags:
    """Which passages are on every place that is asked about, and on one of the échelons."""
    columns, about = case.materials.index.columns, case.query.about
    levels = {k.removeprefix("@") for t in about("echelon") for k in t.keys}
    flags = np.full(len(case.materials.index.order), not levels)
    for level in levels:
        flags |= columns.on_echelon(level)
    for place in about("place"):
        flags &= _near(case, place.code) if place.code else True
    return flags
