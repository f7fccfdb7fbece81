"""``fetch``: the documents that the manifests name at an address, brought when they changed."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.errors import CorpusError
from assistant.index import current
from assistant.settings import Settings
from ingest import messages as room
from ingest import shelves
from ingest.commands import messages
from ingest.commands.ahead import ahead
from ingest.commands.options import Commands, Run, with_dry_run
from ingest.commands.proposal import announced, proposed
from ingest.fetch import Stamp, Visitor
from ingest.fetch.stamps import recall, remember
from ingest.guess import Guess, about
from ingest.made import Published, part
from ingest.manifest import Entry, Received, Remote, understand
from ingest.say import say, told
from ingest.shelves import Holdings


@dataclass
class Round:
    """What one round of the sites gave."""

    held: Holdings
    stamps: dict[str, Stamp]
    brought: list[tuple[Entry, bytes]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    refused: list[CorpusError] = field(default_factory=list)


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("fetch", help=messages.FETCH)
    parser.add_argument("ids", metavar="ID", nargs="*", help=messages.FETCH_IDS)
    parser.add_argument("--list", action="store_true", help=messages.FETCH_LIST)
    with_dry_run(parser)
    parser.set_defaults(change=change)


def change(settings: Settings, options: Namespace, run: Run) -> int:
    """Exit status: 0 all is in step with the sites, 1 an address or a file is refused."""
    listed = {remote.id: remote for remote in shelves.remotes(settings)}
    if options.list:
        return say("\n".join(_listing(settings, listed.values())))
    chosen = _chosen(settings, listed, options.ids)
    visitor = Visitor(settings.fetch_hosts)
    done = bring(visitor, chosen, Round(shelves.holdings(settings), recall(settings)))
    if options.dry_run:
        report, refused = run(settings, dry=True, held=done.held)
        return told("\n".join([*done.lines, report]), [*refused, *done.refused])
    names = {entry.id for entry, _ in done.brought}
    done.lines += ahead(done.held, Published(current(settings)), names)
    with shelves.undone(settings):
        for entry, content in done.brought:
            shelves.keep(settings, entry, content)
        report, refused = run(settings, held=done.held)
    remember(settings, done.stamps)
    shelves.tidy(settings)
    return told("\n".join([*done.lines, report]), [*refused, *done.refused])


def bring(visitor: Visitor, chosen: Sequence[Remote], done: Round) -> Round:
    """The round with what each address gave; one that is refused does not keep the others."""
    if not chosen:
        done.lines.append(messages.REMOTE_NONE)
    for remote in chosen:
        try:
            done.lines.append(_brought(visitor, remote, done))
        except CorpusError as error:
            done.refused.append(error)
    return done


def _brought(visitor: Visitor, remote: Remote, done: Round) -> str:
    """One address asked; the line that says what came of it."""
    old = done.held.find(remote.id)
    brought = visitor.get(remote.url, done.stamps.get(remote.id) if old else None)
    same = messages.REMOTE_SAME.format(id=remote.id)
    if brought.content is None:
        return same
    file = brought.file()
    readings = understand(file.content, file.name)
    given = remote.model_dump(include={"id", "kind", "title", "publisher", "date"})
    reading = about(readings)
    found = proposed(file, reading, given, done.held)
    found |= {k: Guess(v, room.BY_CATALOGUE, True) for k, v in given.items() if v}
    entry = announced(found, file, reading).model_copy(update={"url": remote.url})
    done.stamps[remote.id] = brought.stamp
    if old and old.entry == entry:
        return same
    done.brought.append((entry, file.content))
    done.held = done.held.plus(Received(entry, done.held.folder, readings))
    passages = len(part(entry, readings).passages)
    return messages.REMOTE_NEW.format(id=remote.id, passages=passages)


def _chosen(settings: Settings, listed: dict[str, Remote], ids: Sequence[str]) -> list[Remote]:
    """Those named; else those that are enabled, or were brought once and not removed since.

    Raises CorpusError ``document_unknown`` for an id that no manifest has at an address.
    """
    for id in ids:
        if id not in listed:
            raise CorpusError("document_unknown", messages.REMOTE_UNKNOWN.format(id=id))
    here = {entry.id for entry in shelves.added(settings).document}
    return [r for r in listed.values() if r.id in ids or (not ids and (r.enabled or r.id in here))]


def _listing(settings: Settings, listed: Iterable[Remote]) -> Iterator[str]:
    here = {entry.id for entry in shelves.added(settings).document}
    for remote in listed:
        state = messages.REMOTE_ON if remote.enabled else messages.REMOTE_OFF
        state = messages.REMOTE_BROUGHT if remote.id in here else state
        title = remote.title or remote.url
        yield messages.REMOTE_LINE.format(id=remote.id, state=state, title=title, url=remote.url)
        if remote.note:
            yield f"  {remote.note}"
