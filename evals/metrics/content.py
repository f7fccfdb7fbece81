"""What an answer says in, what it had to say and must not say out; and whether all of it is good.

Words are looked for in the text of the answer, as a person reads it; not in what it cites.
"""

from evals.case import Case
from evals.given import Given
from evals.metrics.citation import all_cited
from evals.metrics.claims import says
from evals.metrics.states import right_state


def mentions(case: Case, given: Given) -> float | None:
    """Share of the expected facts that the answer mentions; none where none is expected."""
    if not case.mentions:
        return None
    return sum(says(given.answer, fact) for fact in case.mentions) / len(case.mentions)


def clean(case: Case, given: Given) -> float | None:
    """1 where the answer makes none of the forbidden claims, else 0; none where none is named.

    A missing answer scores 0, as everywhere.
    """
    if not case.forbidden:
        return None
    return float(not given.failure and not any(says(given.answer, c) for c in case.forbidden))


def fully_good(case: Case, given: Given) -> float:
    """1 where nothing is wrong: state, needs cited, facts mentioned, no forbidden claim; else 0."""
    parts = (right_state(case, given), all_cited(case, given))
    return float(
        all(part in (None, 1.0) for part in (*parts, mentions(case, given), clean(case, given)))
    )


def good_answer(case: Case, given: Given) -> float | None:
    """The same, of the questions that are to be answered, in whole or in part."""
    return fully_good(case, given) if case.answerable else None
