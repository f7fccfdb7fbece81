"""Examples asked for as such: every experience that the documents tell, in their order."""

from assistant.compose.draft import Draft, Part, whole
from assistant.compose.materials import Case
from assistant.compose.scope import is_broad
from assistant.places import same_area
from assistant.types import Passage

EXAMPLES = "@exemple"


def gather(case: Case) -> Draft | None:
    """The experiences of the place and échelon asked about; None when something else is asked."""
    query = case.query
    asked = any(EXAMPLES in t.keys for t in query.terms)
    if not asked or query.ask.strict or not is_broad(query):
        return None
    found = [p for p in case.passages() if p.kind == "experience" and not p.list_id]
    near = {p.id for p in found if query.place and _near(query.place, p)}
    kept = sorted((p for p in found if _concerns(case, p)), key=lambda p: p.id not in near)
    return Draft("answered", (Part(tuple(map(whole, kept)), listed=True),)) if kept else None


def _near(place: str, passage: Passage) -> bool:
    return any(same_area(place, code) for code in passage.places)


def _concerns(case: Case, passage: Passage) -> bool:
    places = [t for t in case.query.about("place") if t.code]
    levels = {k.removeprefix("@") for t in case.query.about("echelon") for k in t.keys}
    here = all(_near(t.code or "", passage) for t in places)
    return here and (not levels or bool(levels & set(passage.echelons)))
