"""``add FILE|URL…``: documents in; each proposed and shown, then those agreed to are published."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import CorpusError
from assistant.index import current
from assistant.settings import Settings
from ingest import shelves
from ingest.commands import folder, messages
from ingest.commands.ahead import ahead
from ingest.commands.options import Commands, Run, confirmed, with_dry_run
from ingest.commands.proposal import alike, announced, inherited, proposed, shown
from ingest.fetch import Visitor
from ingest.guess import Obtained, about
from ingest.made import Part, Published, part
from ingest.manifest import Entry, Received, check_size, understand
from ingest.say import complain, say, told
from ingest.shelves import Holdings

ALONE = ("id", "title")  # what is true of one document alone


@dataclass
class Pile:
    """The documents agreed to so far, on top of those held; and the files refused."""

    held: Holdings
    served: Published
    taken: list[tuple[Entry, bytes]] = field(default_factory=list)
    refused: list[CorpusError] = field(default_factory=list)


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("add", help=messages.ADD)
    parser.add_argument("source", metavar="FICHIER|ADRESSE", nargs="+", help=messages.ADD_SOURCE)
    for name, help in messages.ADD_FIELDS.items():
        parser.add_argument(f"--{name}", metavar="VALEUR", help=help)
    parser.add_argument("--yes", action="store_true", help=messages.YES)
    with_dry_run(parser)
    parser.set_defaults(change=change)


def change(settings: Settings, options: Namespace, run: Run) -> int:
    """Exit status: 0 added, 1 one or all refused, 2 not confirmed."""
    sources = list(_each(options.source))
    if len(sources) > 1 and any(getattr(options, name) for name in ALONE):
        return complain(messages.ONE_ALONE)
    pile = Pile(shelves.holdings(settings), Published(current(settings)))
    for source in sources:
        try:
            if not _piled(source, settings, options, pile):
                return complain(messages.NOBODY, 2)
        except CorpusError as error:
            if len(sources) == 1:
                raise
            pile.refused.append(error)
    if options.dry_run:
        report, wrong = run(settings, dry=True, held=pile.held)
        return told(report, [*wrong, *pile.refused])
    if not pile.taken:
        reasons = [error.message for error in pile.refused]
        return complain("\n".join([*reasons, messages.NOT_ADDED]), 1 if reasons else 2)
    return _published(settings, pile, run)


def _piled(source: str, settings: Settings, options: Namespace, pile: Pile) -> bool:
    """One document shown, and put on the pile once agreed to; False where nobody can agree.

    Raises CorpusError when it is refused.
    """
    file = obtained(source, settings)
    readings = understand(file.content, file.name)
    reading, given = about(readings), vars(options)
    found = proposed(file, reading, given, pile.held)
    found |= inherited(found, pile.held, given)
    entry = announced(found, file, reading)
    _admit(entry, pile.held, settings)
    made = part(entry, readings)
    say(shown(found, entry, made, replaces=pile.held.find(entry.id) is not None))
    for line in _warned(entry, made, pile, settings):
        say(line)
    agreed = options.dry_run or confirmed(messages.ADD_CONFIRM, yes=options.yes)
    if agreed:
        pile.held = pile.held.plus(Received(entry, pile.held.folder, readings))
        pile.taken.append((entry, file.content))
    return agreed is not None


def _warned(entry: Entry, made: Part, pile: Pile, settings: Settings) -> Iterator[str]:
    """What to know before agreeing: a document that is much like it, and what else would change."""
    if other := alike(entry, made, pile.held, pile.served):
        shipped = other.id in shelves.shipped(settings)
        form = messages.ALIKE_SHIPPED if shipped else messages.ALIKE
        yield form.format(title=other.title, id=other.id)
    yield from ahead(pile.held, pile.served, {entry.id, *(e.id for e, _ in pile.taken)})


def _published(settings: Settings, pile: Pile, run: Run) -> int:
    with shelves.undone(settings):
        for entry, content in pile.taken:
            shelves.keep(settings, entry, content)
        report, wrong = run(settings, held=pile.held)
    shelves.tidy(settings)
    return told(report, [*wrong, *pile.refused])


def _each(sources: Sequence[str]) -> Iterator[str]:
    """Each source; of a folder that is no text of law, each of its files."""
    for source in sources:
        path = Path(source)
        if path.is_dir() and not folder.of_text(path):
            yield from (str(file) for file in folder.files_of(path))
        else:
            yield source


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
    if not path.is_file():
        raise CorpusError("corpus_missing_file", messages.NO_FILE.format(file=source))
    check_size(path.name, path.stat().st_size)
    return Obtained(path.read_bytes(), path.name, modified=path.stat().st_mtime)


def _admit(entry: Entry, held: Holdings, settings: Settings) -> None:
    """Raises CorpusError for a file that is here already, or an id that a shipped document has."""
    same = next((o for o in held.received if o.entry.sha256 == entry.sha256), None)
    if same and same.entry.id != entry.id:
        message = messages.KNOWN_FILE.format(id=same.entry.id, title=same.entry.title)
        raise CorpusError("document_known", message)
    if entry.id in shelves.shipped(settings):
        raise CorpusError("document_known", messages.SHIPPED_ID.format(id=entry.id))
