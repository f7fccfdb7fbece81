"""The time that an answer took in, milliseconds out; medians and tails are taken over a set."""

from evals.case import Case
from evals.given import Given


def elapsed(case: Case, given: Given) -> float | None:
    """Milliseconds from question to answer, as its caller waits; none where no answer came."""
    return None if given.failure else given.elapsed_ms
