"""The state of an answer in, whether it is the one expected out.

Three states: answered, partial, refused. A missing answer is in none of them: it is never right,
and where an answer was due it counts as a wrong refusal.
"""

from evals.case import Case
from evals.given import Given


def right_state(case: Case, given: Given) -> float:
    """Three-state accuracy: 1 where the state is the one expected, else 0."""
    return float(given.status == case.status)


def right_refusal(case: Case, given: Given) -> float | None:
    """Of the questions to refuse: 1 where refused, else 0 (recall of the unanswerable, SQuAD 2)."""
    return None if case.answerable else float(given.status == "refused")


def wrong_refusal(case: Case, given: Given) -> float | None:
    """Of the questions to answer: 1 where refused or left without answer, else 0. Low is good."""
    return float(given.status in ("refused", None)) if case.answerable else None
