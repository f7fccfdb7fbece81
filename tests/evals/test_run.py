"""What goes wrong in a system is a missing answer; what goes wrong in a judge is no score."""

import pytest

from evals.case import Case
from evals.given import Given
from evals.messages import EMPTY
from evals.metrics import HEADLINE, TARGETS, Metric, metrics
from evals.run import answered, figures, run
from tests.evals.made import LOCAL, TEXTS, answer, case, refusable


class Half:
    """Answers every other question, and fails on the others."""

    name, ranks = "half", True

    def __init__(self) -> None:
        self.asked = 0

    def answer(self, case: Case) -> Given:
        self.asked += 1
        if self.asked % 2:
            raise RuntimeError("panne")
        return answer(LOCAL, ranked=(), elapsed_ms=4.0)


def test_a_failure_of_the_system_is_a_missing_answer() -> None:
    given = answered(Half(), case(LOCAL))
    assert (given.failure, given.status, given.ranked) == ("RuntimeError: panne", None, ())


@pytest.mark.parametrize(
    "changed",
    [
        {"answer": " "},
        {"answer": "** ** [1]"},
        {"status": None},
        {"status": "refused", "answer": ""},
    ],
)
def test_no_text_or_no_state_is_a_missing_answer(changed: dict[str, object]) -> None:
    class Mute(Half):
        def answer(self, case: Case) -> Given:
            return answer(LOCAL, **changed)

    given = answered(Mute(), case(LOCAL))
    assert (given.failure, given.citations) == (EMPTY, ())


def test_a_missing_answer_scores_zero_and_stays_in_the_mean() -> None:
    wanted = metrics(TEXTS)
    asked = [case(LOCAL, id="t001", mentions=("local",)), case(LOCAL, id="t002")]
    found = figures(run(Half(), {"test": asked}, wanted).rows, wanted)
    halved = ("fully_good", "right_state", "all_cited", "completeness", "precision", "verbatim")
    assert {name: (found[name].value, found[name].n) for name in halved} == dict.fromkeys(
        halved, (0.5, 2)
    )
    assert (found["wrong_refusal"].value, found["wrong_refusal"].n) == (0.5, 2)
    assert (found["mentions"].value, found["mentions"].n, found["mentions"].none) == (0, 1, 1)
    assert (found["mrr"].value, found["mrr"].n) == (0, 2)
    assert (found["elapsed_p50"].value, found["elapsed_p50"].n) == (4, 1)
    assert (found["right_refusal"].value, found["right_refusal"].none) == (None, 2)


def test_a_judge_that_fails_is_recorded_apart_and_never_as_zero() -> None:
    def fails(asked: Case, given: Given) -> float:
        if asked.id == "t001":
            raise ValueError("illisible")
        return 1.0

    wanted = [Metric("broken", fails)]
    asked = [case(id="t001"), case(id="t002"), case(id="t003")]
    ran = run(Half(), {"test": asked}, wanted)
    assert [row.errors for row in ran.rows] == [{"broken": "ValueError: illisible"}, {}, {}]
    found = figures(ran.rows, wanted)["broken"]
    assert (found.value, found.n, found.failed) == (1, 2, 1)


def test_every_figure_tells_what_became_of_every_question() -> None:
    wanted = metrics(TEXTS)
    asked = [case(LOCAL, id="t001"), refusable(id="t002"), case(LOCAL, id="t003", status="partial")]
    for found in figures(run(Half(), {"test": asked}, wanted).rows, wanted).values():
        assert found.n + found.none + found.failed == len(asked)
        assert (found.value is None) == (found.n == 0)
        assert (found.low is None) == (found.high is None)


def test_the_rows_are_told_apart_by_half() -> None:
    ran = run(Half(), {"development": [case(id="t001")], "test": [case(id="t002")]}, ())
    assert [row.case.id for row in ran.of("test")] == ["t002"]


@pytest.mark.parametrize("name", HEADLINE)
def test_every_headline_figure_has_a_target_and_a_metric(name: str) -> None:
    assert 0 < TARGETS[name] < 1
    assert name in {metric.name for metric in metrics(TEXTS)}
