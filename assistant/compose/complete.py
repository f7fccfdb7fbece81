"""A draft in; the same out, where no sentence announces a list that does not follow it."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.compose.draft import Draft, Part, Quote, whole
from assistant.compose.materials import Case
from assistant.compose.structure import Block
from assistant.types import Passage

NUMBERS = ("count", "amount", "percent", "date", "duration")  # a list after a number says no more


def complete(case: Case, draft: Draft) -> Draft:
    """The draft with each list that one of its quotations announces, unless a number is asked."""
    if case.query.ask.wanted in NUMBERS:
        return draft
    told = {q.passage.id for part in draft.parts if part.listed for q in part.quotes}
    plain = [part for part in draft.parts if not part.listed]
    announced = [_announced(case, q) for part in plain for q in part.quotes]
    items = {item.id for block in announced for item in _items(case, block)}
    parts = (_without(part, items) for part in draft.parts)
    kept = tuple(p for part in parts for p in _with_lists(case, part, told))
    return replace(draft, parts=kept)


def _without(part: Part, items: set[str]) -> Part:
    """A part without the items of lists that are given whole elsewhere."""
    quotes = tuple(q for q in part.quotes if part.listed or q.passage.id not in items)
    return replace(part, quotes=quotes)


def _with_lists(case: Case, part: Part, told: set[str]) -> Iterator[Part]:
    """A part cut after each quotation that announces a list, the list after it, told once."""
    if part.listed:
        yield part
        return
    begun: list[Quote] = []
    heading = part.heading
    for quote in part.quotes:
        begun.append(quote)
        items = _announced(case, quote)
        if items and not any(item.id in told for item in items):
            told |= {item.id for item in items}
            yield replace(part, quotes=tuple(begun), heading=heading)
            listed = tuple(map(whole, _items(case, items)))
            yield Part(listed, listed=True, led=True)
            begun, heading = [], None
    if begun:
        yield replace(part, quotes=tuple(begun), heading=heading)


def _announced(case: Case, quote: Quote) -> Block:
    """The list that the last sentence of a quotation is the lead-in of; empty when none."""
    units = case.materials.ground.units(quote.passage)
    return case.materials.structure.introduced(units[quote.last])


def _items(case: Case, block: Block) -> list[Passage]:
    """The items of a list, with what they hold."""
    return case.materials.structure.unfolded(block)
