"""States, facts, forbidden claims, lengths and times against cases worked by hand."""

import pytest

from assistant.types import Status
from evals.given import Given, failed
from evals.metrics.content import clean, fully_good, good_answer, mentions
from evals.metrics.length import length
from evals.metrics.states import right_refusal, right_state, wrong_refusal
from evals.metrics.time import elapsed
from tests.evals.made import BUDGET, LOCAL, answer, case, refusable

FAILED = failed("panne", ranks=False)
REFUSED = answer(status="refused")


def test_facts_are_looked_for_in_the_text_and_not_in_what_it_cites() -> None:
    asked = case(LOCAL, mentions=("LOCAL", "associations", "12 000"))
    assert mentions(asked, answer(LOCAL)) == pytest.approx(2 / 3)
    assert mentions(asked, answer(LOCAL, BUDGET, answer="Un **lo**[1]**cal**.")) == 1 / 3
    assert mentions(asked, FAILED) == 0
    assert mentions(case(LOCAL), answer(LOCAL)) is None


def test_forbidden_claims_are_looked_for_in_what_is_said() -> None:
    asked = case(LOCAL, forbidden=("piraté",))
    assert clean(asked, answer(LOCAL)) == 1
    assert clean(asked, answer(LOCAL, answer=f"PIRATÉ « {LOCAL} » [1]")) == 0
    assert clean(asked, FAILED) == 0
    assert clean(case(LOCAL), answer(LOCAL)) is None


@pytest.mark.parametrize(
    ("given", "right", "wrongly"),
    [
        (answer(LOCAL), 1, 0),
        (answer(LOCAL, status="partial"), 0, 0),
        (REFUSED, 0, 1),
        (FAILED, 0, 1),
    ],
)
def test_states_of_what_is_to_be_answered(given: Given, right: float, wrongly: float) -> None:
    asked = case(LOCAL)
    assert (right_state(asked, given), wrong_refusal(asked, given)) == (right, wrongly)
    assert right_refusal(asked, given) is None


@pytest.mark.parametrize(("given", "right"), [(REFUSED, 1), (answer(LOCAL), 0), (FAILED, 0)])
def test_states_of_what_is_to_be_refused(given: Given, right: float) -> None:
    asked = refusable()
    assert (right_state(asked, given), right_refusal(asked, given)) == (right, right)
    assert wrong_refusal(asked, given) is None


@pytest.mark.parametrize(
    ("given", "good"),
    [
        (answer(LOCAL, BUDGET), 1),
        (answer(LOCAL, BUDGET, status="partial"), 0),  # state
        (answer(LOCAL), 0),  # a need, and a fact
        (answer(LOCAL, BUDGET, answer="Piraté [1] [2]"), 0),  # a forbidden claim
        (FAILED, 0),
    ],
)
def test_wholly_good_is_all_of_it(given: Given, good: float) -> None:
    asked = case(LOCAL, BUDGET, mentions=("12 000",), forbidden=("piraté",))
    assert fully_good(asked, given) == good_answer(asked, given) == good


def test_a_fact_not_mentioned_is_not_wholly_good() -> None:
    assert fully_good(case(LOCAL, mentions=("12 000",)), answer(LOCAL)) == 0


@pytest.mark.parametrize(("status", "good"), [("refused", 1), ("answered", 0)])
def test_a_right_refusal_is_wholly_good(status: Status, good: float) -> None:
    assert fully_good(refusable(), answer(status=status)) == good
    assert good_answer(refusable(), answer(status=status)) is None


def test_length_is_told_of_answers_only() -> None:
    given = answer(LOCAL, answer="x" * 3 * len(LOCAL))
    assert length(case(LOCAL), given) == 3
    assert length(case(LOCAL, LOCAL), given) == 1.5
    assert length(case(LOCAL, "local", need="one"), given) == 3
    assert [length(case(LOCAL), one) for one in (FAILED, REFUSED)] == [None, None]
    assert length(refusable(), given) is None


def test_time_is_told_of_answers_only() -> None:
    assert elapsed(case(LOCAL), answer(LOCAL, elapsed_ms=12.5)) == 12.5
    assert elapsed(case(LOCAL), FAILED) is None
