"""``list``: every document, where it comes from, and what the published version holds of it."""

from argparse import Namespace
from collections.abc import Iterator

from assistant.index import current
from assistant.settings import Settings
from ingest import shelves
from ingest.commands import messages
from ingest.commands.ahead import otherwise
from ingest.commands.options import Commands
from ingest.made import Published
from ingest.manifest import Entry
from ingest.report import versions
from ingest.say import complain, say


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("list", help=messages.LIST)
    parser.set_defaults(look=look)


def look(settings: Settings, options: Namespace) -> int:
    """Exit status: 0, or 1 where a file is refused."""
    held = shelves.holdings(settings)
    published = Published(current(settings))
    say("\n".join(_lines(settings, published)))
    reasons = [error.message for error in held.refused]
    return complain("\n".join(reasons)) if reasons else 0


def _lines(settings: Settings, published: Published) -> Iterator[str]:
    withdrawn = shelves.added(settings).withdrawn
    shipped = shelves.shipped(settings)
    for entry in [*shipped.values(), *shelves.added(settings).document]:
        where = messages.SHIPPED if entry.id in shipped else messages.ADDED
        yield _line(entry, where if entry.id not in withdrawn else messages.WITHDRAWN, published)
    yield published.folder.name if published.folder else messages.NO_VERSION


def _line(entry: Entry, where: str, published: Published) -> str:
    passages = len(published.passages_of(entry.id))
    state = messages.SERVED.format(passages=passages) if passages else messages.NOT_SERVED
    line = f"{entry.id}\n  {entry.title} — {entry.publisher}, {entry.date} ({where}, {state})"
    return "\n    ".join(
        [line, *otherwise(entry, published), *versions(published.sources_of(entry.id))]
    )
