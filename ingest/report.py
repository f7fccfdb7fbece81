"""What an ingest did, or would do, as a person reads it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.compose.write import validity
from assistant.types import Document, Passage, Source
from ingest import messages
from ingest.made import Part, Published

FIRST = 90  # characters of a passage that are shown


def report(name: str, found: Sequence[Part], before: Published, embedded: int, gone: int) -> str:
    """The French report of a published version: what it holds, and what was made anew and why."""
    documents = sum(len(p.documents) for p in found)
    passages = sum(len(p.passages) for p in found)
    return "\n".join(
        [
            messages.DONE.format(version=name, documents=documents, passages=passages),
            messages.EMBEDDED.format(embedded=embedded, kept=passages - embedded, gone=gone),
            *_states(found, before),
        ]
    )


def difference(found: Sequence[Part], before: Published) -> str:
    """What a run would change, passage by passage, nothing being written."""
    lines = [messages.DRY]
    for part in found:
        if not part.kept:
            lines += _compared(part.entry.id, before.passages_of(part.entry.id), part.passages)
    for id in _removed(found, before):
        lines += _compared(id, before.passages_of(id), ())
    kept = [p for p in found if p.kept]
    count = sum(len(p.passages) for p in kept)
    return "\n".join([*lines, messages.DRY_KEPT.format(documents=len(kept), passages=count)])


def _compared(id: str, old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[str]:
    """The passages of one entry: how many of each sort, then each that comes or goes."""
    had, has = {p.id for p in old}, {p.id for p in new}
    gone, come = [p for p in old if p.id not in has], [p for p in new if p.id not in had]
    # An id hashes the headings too: a title that changed makes every passage below it another.
    moved = Counter(p.text for p in gone) & Counter(p.text for p in come)
    gone, come = _without(gone, moved), _without(come, moved)
    counts = {"added": len(come), "kept": len(has & had), "removed": len(gone)}
    yield messages.DIFFERENCE.format(id=id, **counts)
    if moved:
        yield messages.MOVED.format(count=moved.total())
    yield from (f"  - {first_words(p)}" for p in gone)
    yield from (f"  + {first_words(p)}" for p in come)


def _without(passages: Sequence[Passage], texts: Counter[str]) -> list[Passage]:
    """The passages but for so many of each text, the first ones."""
    left = Counter(texts)
    kept = []
    for passage in passages:
        if left[passage.text]:
            left[passage.text] -= 1
        else:
            kept.append(passage)
    return kept


def versions(sources: Iterable[Source]) -> Iterator[str]:
    """A line for each version of an article of law: its id and the days it is in force."""
    for source in sources:
        if source.in_force_from is None:
            continue
        said, until = validity(source, "fr"), source.in_force_to
        if until and until <= date.today().isoformat():
            said = messages.ENDED_FORCE.format(validity=said)
        yield f"{source.id} : {said}"


def first_words(passage: Passage) -> str:
    """Its beginning, on one line."""
    text = " ".join(passage.text.split())
    return text if len(text) <= FIRST else f"{text[: FIRST - 1].rstrip()}…"


def _states(found: Sequence[Part], before: Published) -> Iterator[str]:
    """A line for each document that came, changed or went; the others are counted."""
    for part in found:
        if not part.kept:
            changed = part.entry.id in before.records
            state = messages.STATE_CHANGED if changed else messages.STATE_ADDED
            yield _line(part, state)
    yield from (messages.REMOVED.format(id=id) for id in _removed(found, before))
    kept = sum(part.kept for part in found)
    if kept:
        yield messages.KEPT.format(documents=kept)


def _removed(found: Sequence[Part], before: Published) -> list[str]:
    return [id for id in before.records if id not in {p.entry.id for p in found}]


def _line(part: Part, state: str) -> str:
    return messages.DOCUMENT.format(
        id=part.entry.id,
        state=state,
        passages=len(part.passages),
        units=sum(len(p.units) for p in part.passages),
        repairs=sum(repairs(d) for d in part.documents),
    )


def repairs(document: Document) -> int:
    """How many stretches have other words in the normalised text than in the received one."""
    return sum(
        _words(document.raw[p.raw_start : p.raw_end]) != _words(document.text[p.start : p.end])
        for p in document.pieces
    )


def _words(text: str) -> str:
    """Without what sets lists and tables out, which is written anew and repairs nothing."""
    return re.sub(r"[^\w'’]+", "", text)
