"""``remove ID``: a document is taken off the shelf, or switched off if it is a shipped one."""

from argparse import Namespace

from assistant.errors import CorpusError
from assistant.index import current
from assistant.settings import Settings
from ingest import shelves
from ingest.commands import messages
from ingest.commands.ahead import ahead
from ingest.commands.options import Commands, Run, confirmed, with_dry_run
from ingest.made import Published
from ingest.manifest import Entry
from ingest.say import complain, say, told


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("remove", help=messages.REMOVE)
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--yes", action="store_true", help=messages.YES)
    parser.add_argument("--undo", action="store_true", help=messages.UNDO)
    with_dry_run(parser)
    parser.set_defaults(change=change)


def change(settings: Settings, options: Namespace, run: Run) -> int:
    """Exit status: 0 removed, 1 refused, 2 not confirmed."""
    held = shelves.holdings(settings)
    if options.undo:
        return _undo(settings, options.id, run)
    served = Published(current(settings))
    one = _named(settings, options.id, served)
    if one is None or one.id in held.gone:
        raise CorpusError("document_unknown", messages.UNKNOWN_ID.format(id=options.id))
    new = held.minus(one.id)
    if options.dry_run:
        return told(*run(settings, dry=True, held=new))
    for line in ahead(new, served, {one.id}):
        say(line)
    question = messages.REMOVE_CONFIRM.format(id=one.id, title=one.title)
    agreed = confirmed(question, yes=options.yes)
    if not agreed:
        return complain(messages.NOBODY if agreed is None else messages.NOT_REMOVED, 2)
    with shelves.undone(settings):
        shelves.drop(settings, one.id)
        done = run(settings, held=new)
    shelves.tidy(settings)
    return told(*done)


def _named(settings: Settings, id: str, served: Published) -> Entry | None:
    """The entry of an id, or of an article that is alone in its file.

    Raises CorpusError ``document_unknown`` for one article of several: only all can be removed.
    """
    if entry := shelves.announced(settings, id):
        return entry
    for of, record in served.records.items():
        if id in (names := [source.id for source in record.sources]):
            if len(names) > 1:
                raise CorpusError("document_unknown", messages.ONE_ARTICLE.format(id=id, of=of))
            return shelves.announced(settings, of)
    return None


def _undo(settings: Settings, id: str, run: Run) -> int:
    """A shipped document that was switched off is on again."""
    if id not in shelves.added(settings).withdrawn:
        raise CorpusError("document_unknown", messages.NOT_WITHDRAWN.format(id=id))
    with shelves.undone(settings):
        shelves.restore(settings, id)
        done = run(settings)
    return told(*done)
