"""``add FILE|URL``: a document in; its entry proposed, its passages shown, then it is published."""

import hashlib
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.errors import CorpusError
from assistant.settings import Settings
from ingest import messages as room
from ingest import shelves
from ingest.commands import folder, messages
from ingest.commands.options import Commands, Run, confirmed, with_dry_run
from ingest.fetch import Visitor
from ingest.guess import Guess, Obtained, about, entry_of, propose
from ingest.made import Part, part
from ingest.manifest import Entry, Received, check_size, understand
from ingest.read.reading import Reading
from ingest.report import first_words, versions
from ingest.say import complain, say, told
from ingest.shelves import Holdings

SHOWN = 12  # passages of a preview


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("add", help=messages.ADD)
    parser.add_argument("source", metavar="FICHIER|ADRESSE", help=messages.ADD_SOURCE)
    for field, help in messages.ADD_FIELDS.items():
        parser.add_argument(f"--{field}", metavar="VALEUR", help=help)
    parser.add_argument("--yes", action="store_true", help=messages.YES)
    with_dry_run(parser)
    parser.set_defaults(change=change)


def change(settings: Settings, options: Namespace, run: Run) -> int:
    """Exit status: 0 added, 1 refused, 2 not confirmed."""
    held = shelves.holdings(settings)
    file = obtained(options.source, settings)
    readings = understand(file.content, file.name)
    reading = about(readings)
    found = proposed(file, reading, vars(options), held)
    found |= _before(held, vars(options))
    entry = announced(found, file, reading)
    _admit(entry, held, settings)
    say(_shown(found, entry, part(entry, readings), replaces=held.find(entry.id) is not None))
    new = held.plus(Received(entry, held.folder, readings))
    if options.dry_run:
        return told(*run(settings, dry=True, held=new))
    agreed = confirmed(messages.ADD_CONFIRM, yes=options.yes)
    if not agreed:
        return complain(messages.NOBODY if agreed is None else messages.NOT_ADDED, 2)
    with shelves.undone(settings):
        shelves.keep(settings, entry, file.content)
        done = run(settings, held=new)
    shelves.tidy(settings)
    return told(*done)


def obtained(source: str, settings: Settings) -> Obtained:
    """The file of a path or of an address.

    Raises CorpusError: ``corpus_missing_file``, ``corpus_unreadable_file`` when it is too big, or
    what :class:`ingest.fetch.Visitor` raises.
    """
    plain = source.startswith("http://")
    if plain or (source.startswith("www.") and not Path(source).is_file()):
        address = f"https://{source.removeprefix('http://')}"
        message = messages.NO_HTTPS.format(url=source, address=address)
        raise CorpusError("corpus_missing_file", message)
    if "://" in source:
        return Visitor(settings.fetch_hosts).get(source).file()
    path = Path(source)
    if path.exists() and (text := folder.of_text(path)):
        content = folder.packed(text)
        check_size(path.name, len(content))
        return Obtained(content, f"{path.stem}.zip")
    if path.is_dir():
        raise CorpusError("corpus_missing_file", messages.IS_FOLDER.format(file=source))
    if not path.is_file():
        raise CorpusError("corpus_missing_file", messages.NO_FILE.format(file=source))
    check_size(path.name, path.stat().st_size)
    return Obtained(path.read_bytes(), path.name, modified=path.stat().st_mtime)


def proposed(
    file: Obtained, reading: Reading, given: Mapping[str, str | None], held: Holdings
) -> dict[str, Guess]:
    """The fields of the entry; a guessed id is one that no document bears."""
    publishers = {one.entry.publisher for one in held.received}
    found = propose(file, reading, given, publishers)
    if not given.get("id"):
        id, rank = found["id"].value, 1
        while held.find(found["id"].value):
            rank += 1
            found["id"] = Guess(f"{id}-{rank}", room.BY_TITLE)
    return found


def _before(held: Holdings, given: Mapping[str, str | None]) -> dict[str, Guess]:
    """What the entry that is replaced says, where nothing else is given; not a date it guessed."""
    old = held.find(given.get("id") or "")
    if old is None:
        return {}
    guessed = {"date"} if old.entry.date_note else set()
    fields = {"kind", "title", "publisher", "date"} - guessed
    known = old.entry.model_dump(include=fields)
    return {k: Guess(v, room.BY_ENTRY) for k, v in known.items() if not given.get(k)}


def announced(found: Mapping[str, Guess], file: Obtained, reading: Reading) -> Entry:
    """The entry of the proposal, its file named after its id and its content."""
    name = shelves.file_name(found["id"].value, file.content, Path(file.name).suffix.lower())
    digest = hashlib.sha256(file.content).hexdigest()
    return entry_of(found, file, reading, name, digest)


def _admit(entry: Entry, held: Holdings, settings: Settings) -> None:
    """Raises CorpusError for a file that is here already, or an id that a shipped document has."""
    same = next((o for o in held.received if o.entry.sha256 == entry.sha256), None)
    if same and same.entry.id != entry.id:
        message = messages.KNOWN_FILE.format(id=same.entry.id, title=same.entry.title)
        raise CorpusError("document_known", message)
    if entry.id in shelves.shipped(settings):
        raise CorpusError("document_known", messages.SHIPPED_ID.format(id=entry.id))


def _shown(found: Mapping[str, Guess], entry: Entry, made: Part, *, replaces: bool) -> str:
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
