"""Examples asked for as such: every experience that the documents tell, in their order."""

from collections import defaultdict
from functools import lru_cache
from itertools import chain, islice

from assistant import places
from assistant.compose.draft import Draft, Part, whole
from assistant.compose.materials import Case
from assistant.compose.scope import is_broad
from assistant.passages import Chosen, Line
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
    near = {p.id for p in found.lines if query.place and _near(query.place, p.places)}
    concerned = found.where(lambda p: _concerns(case, p))
    first = concerned.where(lambda p: p.id in near)
    then = concerned.where(lambda p: p.id not in near)
    kept = list(islice(chain(first, then), MOST))
    if not kept:
        return None
    away = query.place and not near
    missing = case.words["elsewhere"].format(place=_name(query)) if away else None
    parts = (Part(tuple(map(whole, kept)), heading=case.words["examples"], listed=True),)
    return Draft("partial" if missing else "answered", parts, missing)


def experiences(case: Case) -> Chosen:
    """Every experience that the documents tell, in their order, with the items that end one."""
    told = case.of_kind("experience")
    alone: dict[str, list[Line]] = defaultdict(list)
    for line in told.lines:
        if not line.list_id:
            alone[line.source_id].append(line)
    return told.where(lambda p: not p.list_id or any(_leads(q, p) for q in alone[p.source_id]))


def _leads(passage: Line, item: Line) -> bool:
    """Whether a passage holds the lead-in of a list item of its source."""
    return item.lead is not None and passage.start < item.lead.end <= passage.end


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


@lru_cache(maxsize=10_000)
def _near(place: str, codes: tuple[str, ...]) -> bool:
    return any(same_area(place, code) for code in codes)


def _concerns(case: Case, passage: Line) -> bool:
    places = [t for t in case.query.about("place") if t.code]
    levels = {k.removeprefix("@") for t in case.query.about("echelon") for k in t.keys}
    here = all(_near(t.code or "", passage.places) for t in places)
    return here and (not levels or bool(levels & set(passage.echelons)))
