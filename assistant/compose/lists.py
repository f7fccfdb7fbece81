"""A question that a whole list answers: all its items, with the call-outs that illustrate them."""

from collections.abc import Sequence

from assistant.compose.draft import Draft, Part, whole
from assistant.compose.materials import Materials
from assistant.compose.structure import Block
from assistant.messages import ANSWERS
from assistant.retrieve import Hit
from assistant.types import Passage
from assistant.understand import Query

MANY = 30  # a larger number does not count the items of a list
HEADED = 0.8  # the share of the question that what introduces the list names


def whole_list(query: Query, hits: Sequence[Hit], materials: Materials) -> Draft | None:
    """The list that the question asks for; None when an item or a sentence answers better."""
    if query.ask.strict and query.ask.wanted != "enumeration":
        return None
    if not query.wants("list", "how", "why", "prose", "enumeration"):
        return None
    best, head = _best(query, hits, materials)
    if best is None:
        return None
    found = materials.candidates(query, hits)
    if (
        found
        and not _introduces(found[0].verdict.unit.passage, best)
        and found[0].verdict.own >= head
    ):
        return None
    missing = _miscounted(query, best)
    part = Part(tuple(whole(p) for p in best), listed=True)
    return Draft("partial" if missing else "answered", (part,), missing)


def _miscounted(query: Query, block: Block) -> str | None:
    """What to say of a number of items that the question takes for granted and is not theirs."""
    said = [t for t in query.about("number") if t.text.isdigit() and 1 < int(t.text) <= MANY]
    wrong = [t for t in said if int(t.text) != len(block)]
    if not wrong or len(wrong) < len(said):
        return None
    return ANSWERS[query.language]["number"].format(said=wrong[0].text, told=len(block))


def _best(query: Query, hits: Sequence[Hit], materials: Materials) -> tuple[Block | None, float]:
    """The list whose introduction names most of the question, and that share."""
    terms = tuple(t for t in query.terms if t.role != "self" and t.kind != "number")
    best: tuple[Block | None, float] = (None, HEADED)
    for block in materials.structure.lists.values():
        if query.sources and block[0].source_id not in query.sources:
            continue
        share = materials.structure.heads(block, query, terms)
        if terms and share >= best[1] and (best[0] is None or share > best[1]):
            best = block, share
    return best


def _introduces(passage: Passage, block: Block) -> bool:
    """Whether a passage is of the list, or holds its lead-in."""
    lead = block[0].lead
    holds = lead is not None and passage.start <= lead.start and lead.end <= passage.end
    return passage.source_id == block[0].source_id and (holds or passage in block)
