"""What a person reads in the terminal: results on one stream, refusals on the other."""

import sys
from collections.abc import Iterable

from assistant.errors import CorpusError


def say(message: str) -> int:
    """Exit status 0, the message on the standard output."""
    print(message)  # noqa: T201
    return 0


def complain(message: str, status: int = 1) -> int:
    """The exit status, the message on the standard error."""
    print(message, file=sys.stderr)  # noqa: T201
    return status


def told(report: str, refused: Iterable[CorpusError]) -> int:
    """Exit status of a run: 1 where a file was refused; each is named."""
    say(report)
    reasons = [error.message for error in refused]
    return complain("\n".join(reasons)) if reasons else 0
