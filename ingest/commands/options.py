"""What several commands share: their types, their options, the question before they write."""

import sys
from argparse import SUPPRESS, ArgumentParser, _SubParsersAction
from typing import Protocol, TypeAlias

from assistant.errors import CorpusError
from assistant.settings import Settings
from ingest.commands import messages
from ingest.shelves import Holdings

Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"


class Run(Protocol):
    """The run of flow 1, :func:`ingest.__main__.run`."""

    def __call__(
        self, settings: Settings, *, dry: bool = ..., held: Holdings | None = ...
    ) -> tuple[str, tuple[CorpusError, ...]]:
        """The report, and why each refused file was left out."""


def with_dry_run(parser: ArgumentParser) -> None:
    """The option of the door, accepted after the command too."""
    parser.add_argument("--dry-run", action="store_true", default=SUPPRESS, help=messages.DRY_RUN)


def confirmed(question: str, *, yes: bool) -> bool | None:
    """Whether the person agrees; None where there is nobody to ask."""
    if yes:
        return True
    if not sys.stdin.isatty():
        return None
    return input(f"{question} [o/N] ").strip().lower() in {"o", "oui", "y", "yes"}
