"""``rollback [VERSION]``: an older version serves again, by one rename, once it was found whole.

The server opens it at its next question. What is in the corpus stays as it is.
"""

from argparse import Namespace

from assistant.embedding import Embedder
from assistant.index import current, load, root
from assistant.settings import Settings
from ingest.commands import messages
from ingest.commands.options import Commands, Run
from ingest.commands.versions import kept
from ingest.publish import point
from ingest.say import complain, say


def declare(commands: Commands) -> None:
    """The options of the command."""
    parser = commands.add_parser("rollback", help=messages.ROLLBACK)
    parser.add_argument("version", metavar="VERSION", nargs="?", help=messages.ROLLBACK_VERSION)
    parser.set_defaults(change=change)


def change(settings: Settings, options: Namespace, run: Run) -> int:
    """Exit status: 0 it serves, 1 there is no such version.

    Raises IndexUnavailable or ModelMismatch when it cannot be opened; nothing changes then.
    """
    serving = current(settings)
    others = {folder.name: folder for folder in kept(settings) if folder != serving}
    if not others:
        return complain(messages.NO_OTHER)
    name = options.version or next(iter(others))
    if name not in others:
        listed = ", ".join(others)
        return complain(messages.UNKNOWN_VERSION.format(name=name, kept=listed))
    load(others[name], Embedder(settings.embedding_model))
    point(root(settings), name)
    return say(messages.ROLLED_BACK.format(name=name))
