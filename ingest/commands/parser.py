"""A command line in; what it asks for out, or what is wrong with it in French.

argparse speaks English, and of some languages by files of the system; its few sentences are said
again here from :mod:`ingest.commands.messages`.
"""

import re
import sys
from argparse import Action, ArgumentParser, HelpFormatter
from collections.abc import Iterable
from typing import Any, NoReturn

from ingest.commands import messages
from ingest.say import complain


class Parser(ArgumentParser):
    """A parser whose help and refusals are French; the parsers of its commands are too."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields, add_help=False, formatter_class=_French)
        self.add_argument("-h", "--help", action="help", help=messages.HELP)

    def error(self, message: str) -> NoReturn:
        """Exit status 2: the usage and what is wrong on the standard error."""
        self.print_usage(sys.stderr)
        told = messages.SEE_HELP.format(program=self.prog)
        sys.exit(complain(f"{_said(message)} {told}", 2))


class _French(HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Action], groups: Any, prefix: str | None = None
    ) -> None:
        said = messages.USAGE if prefix is None else prefix  # none for a command
        super().add_usage(usage, actions, groups, said)

    def start_section(self, heading: str | None) -> None:
        super().start_section(messages.SECTIONS.get(heading or "", heading))


def _said(message: str) -> str:
    """A sentence of argparse in French; one that is not known, in general terms."""
    for pattern, french in messages.WRONG:
        if found := re.fullmatch(pattern, message):
            return french.format(*found.groups())
    return messages.WRONG_LINE
