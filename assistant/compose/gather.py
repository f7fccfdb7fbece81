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
MOST = 40  # examples of one answer: nobody reads more


def gather(case: Case) -> Draft | None:
    """The experiences of the place and échelon asked about; None when something else is asked."""
    query = case.query
    if not asks_examples(query) or query.ask.strict or not is_broad(query):
        return None
    found = experiences(case)
    near = _near(case, query.place or "")
    concerned = found.flagged(_concerned(case))
    kept = list(islice(chain(concerned.flagged(near), concerned.flagged(~near)), MOST))
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
    if any(EXAMPLES in t.keys for t in query.terms):
        return True
    return bool(query.about("place")) and query.wants("list", "prose") and not query.may


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
