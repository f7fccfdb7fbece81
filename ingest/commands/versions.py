"""``versions``: the versions of the index that are kept, and which one serves; writes nothing."""

from argparse import Namespace
from pathlib import Path

from assistant.index import current, root
from assistant.settings import Settings
from assistant.whole import VERSION, version
from ingest.commands import messages
from ingest.commands.options import Commands
from ingest.say import complain, say


def declare(commands: Commands) -> None:
    """The options of the command."""
    commands.add_parser("versions", help=messages.VERSIONS).set_defaults(look=look)


def look(settings: Settings, options: Namespace) -> int:
    """Exit status: 0, or 1 where there is none."""
    lines = [_line(folder, serves=folder == current(settings)) for folder in kept(settings)]
    return say("\n".join(lines)) if lines else complain(messages.NO_VERSION)


def kept(settings: Settings) -> list[Path]:
    """The folders of the versions, the newest first."""
    return sorted((made.parent for made in root(settings).glob(f"[!.]*/{VERSION}")), reverse=True)


def _line(folder: Path, *, serves: bool) -> str:
    state = "serves" if serves else "kept"
    try:
        model = version(folder).model
    except (OSError, ValueError):
        state, model = "unreadable", "?"
    said = messages.VERSION_STATES[state]
    return messages.VERSION_LINE.format(name=folder.name, state=said, model=model)
