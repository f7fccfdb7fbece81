"""``show ID``: the entry of a document, or the article that a citation names, and its passages."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from assistant.errors import CorpusError
from assistant.index import current
from assistant.settings import Settings
from assistant.types import Passage, Source
from ingest import shelves
from ingest.commands import messages
from ingest.commands.ahead import otherwise
from ingest.commands.options import Commands
from ingest.made import Published
from ingest.manifest import Entry
from ingest.report import versions
from ingest.say import say


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("show", help=messages.SHOW)
    parser.add_argument("id", metavar="ID")
    parser.set_defaults(look=look)


def look(settings: Settings, options: Namespace) -> int:
    """Exit status 0. Raises CorpusError ``document_unknown``."""
    published = Published(current(settings))
    entry = shelves.announced(settings, options.id)
    if entry:
        sources, found = published.sources_of(entry.id), published.passages_of(entry.id)
        return say(
            "\n".join(
                [
                    *_fields(entry),
                    *otherwise(entry, published),
                    *versions(sources),
                    "",
                    *_passages(found),
                ]
            )
        )
    document = published.documents.get(options.id)
    if document is None:
        raise CorpusError("document_unknown", messages.UNKNOWN_ID.format(id=options.id))
    source, found = document.source, published.passages[options.id]
    return say("\n".join([*_fields(source), *versions([source]), "", *_passages(found)]))


def _fields(entry: Entry | Source) -> Iterator[str]:
    for name, value in entry.model_dump(exclude_none=True, exclude={"pages"}).items():
        yield f"{name:<10} {value}"


def _passages(found: Sequence[Passage]) -> Iterator[str]:
    yield messages.SERVED.format(passages=len(found)) if found else messages.NOT_SERVED
    for p in found:
        page = messages.PAGE.format(page=p.page) if p.page else ""
        yield f"\n[{p.kind}{page}] {' > '.join(p.section)}".rstrip()
        yield f"{p.text}"
