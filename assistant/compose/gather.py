"""Examples asked for as such: every experience that the documents tell, in their order."""

from collections import defaultdict

from assistant import places
from assistant.compose.draft import Draft, Part, whole
from assistant.compose.materials import Case
from assistant.compose.scope import is_broad
from assistant.places import same_area
from assistant.types import Passage
from assistant.understand import Query

EXAMPLES = "@exemple"
MOST = 40  # examples of one answer: nobody reads more


def gather(case: Case) -> Draft | None:
    """The experiences of the place and échelon asked about; None when something else is asked."""
    query = case.query
    if not asks_examples(query) or query.ask.strict or not is_broad(query):
        return None
    found = experiences(case)
    near = {p.id for p in found if query.place and _near(query.place, p)}
    kept = sorted((p for p in found if _concerns(case, p)), key=lambda p: p.id not in near)
    if not kept:
        return None
    away = query.place and not near
    missing = case.words["elsewhere"].format(place=_name(query)) if away else None
    parts = (Part(tuple(map(whole, kept[:MOST])), heading=case.words["examples"], listed=True),)
    return Draft("partial" if missing else "answered", parts, missing)


def experiences(case: Case) -> list[Passage]:
    """Every experience that the documents tell, in their order, with the items that end one."""
    told = list(case.of_kind("experience"))
    alone: dict[str, list[Passage]] = defaultdict(list)
    for passage in told:
        if not passage.list_id:
            alone[passage.source_id].append(passage)
    return [p for p in told if not p.list_id or any(_leads(q, p) for q in alone[p.source_id])]


def _leads(passage: Passage, item: Passage) -> bool:
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


def _near(place: str, passage: Passage) -> bool:
    return any(same_area(place, code) for code in passage.places)


def _concerns(case: Case, passage: Passage) -> bool:
    places = [t for t in case.query.about("place") if t.code]
    levels = {k.removeprefix("@") for t in case.query.about("echelon") for k in t.keys}
    here = all(_near(t.code or "", passage) for t in places)
    return here and (not levels or bool(levels & set(passage.echelons)))
