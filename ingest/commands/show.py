"""``show ID``: the manifest entry of a document, and the passages that are served of it."""

from argparse import Namespace
from collections.abc import Iterator

from assistant.errors import CorpusError
from assistant.index import current
from assistant.settings import Settings
from ingest import messages, shelves
from ingest.commands.options import Commands
from ingest.made import Published
from ingest.manifest import Entry
from ingest.say import say


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("show", help=messages.SHOW)
    parser.add_argument("id", metavar="ID")
    parser.set_defaults(look=look)


def look(settings: Settings, options: Namespace) -> int:
    """Exit status 0. Raises CorpusError ``document_unknown``."""
    entry = shelves.announced(settings, options.id)
    if entry is None:
        raise CorpusError("document_unknown", messages.UNKNOWN_ID.format(id=options.id))
    return say("\n".join([*_fields(entry), "", *_passages(entry, Published(current(settings)))]))


def _fields(entry: Entry) -> Iterator[str]:
    for name, value in entry.model_dump(exclude_none=True, exclude={"pages"}).items():
        yield f"{name:<10} {value}"


def _passages(entry: Entry, published: Published) -> Iterator[str]:
    found = published.passages_of(entry.id)
    yield messages.SERVED.format(passages=len(found)) if found else messages.NOT_SERVED
    for p in found:
        page = messages.PAGE.format(page=p.page) if p.page else ""
        yield f"\n[{p.kind}{page}] {' > '.join(p.section)}".rstrip()
        yield f"{p.text}"
