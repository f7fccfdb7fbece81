"""What is proposed for a file: its entry, where each value comes from, and what it resembles.

Comes in: a file, what the person gave, the documents already here. Goes out: the entry, and the
text that a person reads before agreeing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.words import fold
from ingest import messages as room
from ingest import shelves
from ingest.commands import messages
from ingest.guess import Guess, Obtained, entry_of, propose, slug
from ingest.made import Part, Published
from ingest.manifest import Entry
from ingest.read.reading import Reading
from ingest.report import first_words, versions
from ingest.shelves import Holdings

SHOWN = 12  # passages of a preview
KEPT = ("kind", "title", "publisher", "date")  # what the next version of a document inherits


def proposed(
    file: Obtained, reading: Reading, given: Mapping[str, str | None], held: Holdings
) -> dict[str, Guess]:
    """The fields of the entry; a guessed id is one that no document bears."""
    publishers = {one.entry.publisher for one in held.received}
    found = propose(file, reading, given, publishers)
    if not given.get("id") and held.find(found["id"].value):
        found["id"] = Guess(_free(found["id"].value, reading, held), room.BY_TITLE)
    return found


def _free(id: str, reading: Reading, held: Holdings) -> str:
    """An id like this one: of another version of an article the day it begins, else a rank."""
    if reading.article and reading.article.start:
        id = f"{id}-{reading.article.start}"
    free, rank = id, 1
    while held.find(free):
        rank += 1
        free = f"{id}-{rank}"
    return free


def inherited(
    found: Mapping[str, Guess], held: Holdings, given: Mapping[str, str | None]
) -> dict[str, Guess]:
    """What a person said of the entry that is replaced; what was guessed then is guessed anew."""
    old = held.find(given.get("id") or "")
    if old is None:
        return {}
    guessed = {*old.entry.guessed, *(["date"] if old.entry.date_note else [])}
    kept: dict[str, Guess] = {}
    for field in KEPT:
        if field in guessed or given.get(field):
            continue
        value, new = str(getattr(old.entry, field)), found[field].value
        origin = room.BY_ENTRY if new == value else room.BY_ENTRY_NOT_FILE.format(value=new)
        kept[field] = Guess(value, origin, True)
    return kept


def announced(found: Mapping[str, Guess], file: Obtained, reading: Reading) -> Entry:
    """The entry of the proposal, its file named after its id and its content."""
    name = shelves.file_name(found["id"].value, file.content, Path(file.name).suffix.lower())
    digest = hashlib.sha256(file.content).hexdigest()
    return entry_of(found, file, reading, name, digest)


def alike(entry: Entry, made: Part, held: Holdings, served: Published) -> Entry | None:
    """A document that this one may be the next version of; versions of the law stand together."""
    if held.find(entry.id) or any(source.article for source in made.sources):
        return None
    texts = {p.text for p in made.passages}
    for other in (one.entry for one in held.received):
        named = fold(other.title) == fold(entry.title) or other.id == slug(entry.title)
        there = texts & {p.text for p in served.passages_of(other.id)}
        if named or (entry.url and entry.url == other.url) or 2 * len(there) > len(texts):
            return other
    return None


def shown(found: Mapping[str, Guess], entry: Entry, made: Part, *, replaces: bool) -> str:
    """The proposal and the preview, as text."""
    lines = [messages.PROPOSED, *(_field(name, guess) for name, guess in found.items())]
    lines += [f"  {name:<10} {value}" for name, value in _others(entry)]
    lines += [f"  {line}" for line in versions(made.sources)]
    if replaces:
        lines.append(messages.REPLACES.format(id=entry.id))
    return "\n".join([*lines, "", *preview(made)])


def _field(name: str, guess: Guess) -> str:
    return f"  {name:<10} {guess.value}  ({guess.origin})"


def _others(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from ((k, v) for k in ("url", "obtained", "file") if (v := getattr(entry, k)))


def preview(made: Part, shown: int = SHOWN) -> Iterator[str]:
    """How many passages of each kind a document has, and the first words of some, with the page."""
    kinds = Counter(p.kind for p in made.passages)
    listed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    yield messages.PREVIEW.format(passages=len(made.passages), kinds=listed)
    for p in made.passages[:shown]:
        page = messages.PAGE.format(page=p.page) if p.page else ""
        yield f"  - [{p.kind}{page}] {first_words(p)}"
    if len(made.passages) > shown:
        yield messages.AND_MORE.format(count=len(made.passages) - shown)
