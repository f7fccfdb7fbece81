"""``python -m api export`` and ``python -m api erase``: what is kept, taken out or dropped."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TextIO

from api.audience import Audience
from api.messages import AUDIENCE, DOOR

Say = Callable[[str], None]


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the two commands to the door."""
    commands = parser.add_subparsers(dest="command", required=False, metavar="")
    export = commands.add_parser("export", help=DOOR["export"], description=DOOR["export"])
    export.add_argument("file", nargs="?", type=Path, help=DOOR["export_file"])
    erase = commands.add_parser("erase", help=DOOR["erase"], description=DOOR["erase"])
    which = erase.add_mutually_exclusive_group(required=True)
    which.add_argument("--before", metavar="DATE", type=_day, help=DOOR["erase_before"])
    which.add_argument("--id", metavar="ID", help=DOOR["erase_id"])
    which.add_argument("--all", action="store_true", help=DOOR["erase_all"])
    erase.add_argument("--yes", action="store_true", help=DOOR["erase_yes"])


def run(options: argparse.Namespace, audience: Audience, say: Say) -> int:
    """Exit status: 0 when done or not confirmed, 1 when a file or the database refuses.

    Raises HttpError ``database_unavailable``.
    """
    return (_export if options.command == "export" else _erase)(options, audience, say)


def _export(options: argparse.Namespace, audience: Audience, say: Say) -> int:
    from api.audience.export import lines

    count, file = 0, options.file
    try:
        with _output(file) as out:
            for line in lines(audience.store):
                out.write(f"{line}\n")
                count += 1
    except OSError as error:
        say(AUDIENCE["unwritable"].format(file=file, cause=error.strerror))
        return 1
    say(AUDIENCE["exported"].format(count=count))
    return 0


def _erase(options: argparse.Namespace, audience: Audience, say: Say) -> int:
    what = AUDIENCE["all"] if options.all else AUDIENCE["id"].format(id=options.id)
    if options.before:
        what = AUDIENCE["before"].format(day=options.before)
    if not options.yes and not _confirmed(what):
        say(AUDIENCE["kept"])
        return 0
    store = audience.store
    gone = store.drop_answer(options.id) if options.id else store.drop(options.before or date.max)
    say(AUDIENCE["erased"].format(count=gone))
    return 0


def _confirmed(what: str) -> bool:
    try:
        return input(AUDIENCE["confirm"].format(what=what)).strip().lower() == AUDIENCE["yes"]
    except EOFError:
        return False


def _output(file: Path | None) -> AbstractContextManager[TextIO]:
    if file is None:
        return nullcontext(sys.stdout)
    return open(file, "x", encoding="utf-8", opener=_private)


def _private(path: str, flags: int) -> int:
    """Readable by its owner only, as the database is."""
    return os.open(path, flags, 0o600)


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(AUDIENCE["date"].format(given=given)) from error
