"""An answer in; how long it is against what it needed to quote out."""

from evals.case import Case
from evals.given import Given


def length(case: Case, given: Given) -> float | None:
    """Characters of the answer over characters of the quotations needed; 1 is just what it takes.

    Where any one quotation is enough, over the longest of them. None where nothing is needed, and
    where nothing was answered: a missing answer is not a short one.
    """
    if not case.quotes or given.failure or given.status == "refused":
        return None
    sizes = [len(expected.quote) for expected in case.quotes]
    return len(given.answer) / (max(sizes) if case.need == "one" else sum(sizes))
