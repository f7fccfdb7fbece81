"""The command line in, what it asks for out: the commands beside ``python -m ingest`` itself.

Each has a file: ``declare`` says its options; ``look`` reads and changes nothing; ``change`` is
called under the lock of the door, with the run that publishes.
"""

from argparse import Namespace
from collections.abc import Sequence

from ingest.commands import add, check, fetch, messages, overview, remove, rollback, show, versions
from ingest.commands.parser import Parser


def asked(arguments: Sequence[str] | None = None) -> Namespace:
    """What was asked for: ``look`` or ``change`` is the function of the command, else None."""
    parser = Parser(prog="python -m ingest", description=messages.ABOUT)
    parser.add_argument("--fresh", action="store_true", help=messages.FRESH)
    parser.add_argument("--dry-run", action="store_true", help=messages.DRY_RUN)
    parser.set_defaults(look=None, change=None)
    commands = parser.add_subparsers(title=messages.COMMANDS, metavar="COMMANDE")
    for command in (add, remove, fetch, overview, show, check, versions, rollback):
        command.declare(commands)
    return parser.parse_args(arguments)
