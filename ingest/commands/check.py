"""``check``: whether manifests, files and the published version are in step; nothing is written."""

from argparse import Namespace
from collections.abc import Iterator

from assistant.embedding import Embedder
from assistant.errors import AssistantError
from assistant.index import current, load
from assistant.settings import Settings
from assistant.whole import damaged
from ingest import shelves
from ingest.commands import messages
from ingest.commands.options import Commands
from ingest.made import Published, digest
from ingest.say import complain, say
from ingest.shelves import Holdings


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("check", help=messages.CHECK)
    parser.add_argument("--quick", action="store_true", help=messages.CHECK_QUICK)
    parser.set_defaults(look=look)


def look(settings: Settings, options: Namespace) -> int:
    """Exit status: 0 all in step, 1 something is not, which is told."""
    if options.quick:
        return _whole(settings)
    held = shelves.holdings(settings)
    wrong = [error.message for error in held.refused]
    wrong += _behind(settings, held)
    if wrong:
        return complain("\n".join(wrong))
    folder = current(settings)
    version = folder.name if folder else ""
    return say(messages.IN_STEP.format(documents=len(held.received), version=version))


def _whole(settings: Settings) -> int:
    """The sizes of the files that are published, and nothing else."""
    folder = current(settings)
    if folder is None:
        return complain(messages.NO_VERSION)
    lost = damaged(folder)
    if lost is not None:
        return complain(messages.DAMAGED.format(version=folder.name, file=lost))
    return say(messages.WHOLE.format(version=folder.name))


def _behind(settings: Settings, held: Holdings) -> Iterator[str]:
    """What the published version lacks, has too much of, or cannot give."""
    folder = current(settings)
    if folder is None:
        yield messages.NO_VERSION
        return
    try:
        load(folder, Embedder(settings.embedding_model), thorough=True)
    except AssistantError as error:
        yield error.message
        return
    lost = damaged(folder)
    if lost is not None:
        yield messages.DAMAGED.format(version=folder.name, file=lost)
    records = Published(folder).records
    announced = {one.entry.id: one.entry for one in held.received}
    for id, entry in announced.items():
        if id not in records:
            yield messages.NOT_INDEXED.format(id=id)
        elif records[id].digest != digest(entry):
            yield messages.OUT_OF_STEP.format(id=id)
    yield from (messages.TOO_MUCH.format(id=id) for id in records if id not in announced)
