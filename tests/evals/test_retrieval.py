"""Retrieval figures against hand-worked numbers, then against the library on the same ranks."""

from math import log2

import pytest

from evals.given import Given, failed
from evals.metrics.retrieval import mrr, ndcg_10, recall_4, recall_10
from tests.evals.made import BUDGET, LOCAL, OTHER, answer, case, places

ALL = (recall_4, recall_10, mrr, ndcg_10)


def ranked(*quotes: str) -> Given:
    return answer(ranked=places(*quotes))


def test_first_and_third_by_hand() -> None:
    given, asked = ranked(LOCAL, OTHER, BUDGET), case(LOCAL, BUDGET)
    assert [m(asked, given) for m in ALL] == pytest.approx(
        [1, 1, 1, (1 + 1 / 2) / (1 + 1 / log2(3))]
    )


def test_second_of_two_needs_by_hand() -> None:
    given, asked = ranked(OTHER, LOCAL), case(LOCAL, BUDGET)
    assert [m(asked, given) for m in ALL] == pytest.approx(
        [0.5, 0.5, 0.5, (1 / log2(3)) / (1 + 1 / log2(3))]
    )


def test_beyond_the_cut_is_not_found() -> None:
    noise = [f"{OTHER} {i}" for i in range(4)]
    assert recall_4(case(LOCAL), ranked(*noise, LOCAL)) == 0
    assert recall_10(case(LOCAL), ranked(*noise, LOCAL)) == 1
    assert mrr(case(LOCAL), ranked(*noise, LOCAL)) == pytest.approx(1 / 5)


def test_what_was_found_already_is_noise() -> None:
    given = ranked(LOCAL, f"{OTHER} {LOCAL}", BUDGET)
    assert ndcg_10(case(LOCAL, BUDGET), given) == pytest.approx(1.5 / (1 + 1 / log2(3)))


def test_needs_met_together_share_one_rank() -> None:
    asked = case(LOCAL, BUDGET, OTHER, "12 000 euros", "par des bénévoles")
    given = ranked(f"{LOCAL} {BUDGET} {OTHER}")
    assert [m(asked, given) for m in ALL] == [1, 1, 1, 1]


def test_needs_met_together_late_by_hand() -> None:
    given = ranked(OTHER, f"{LOCAL} {BUDGET}")
    assert [m(case(LOCAL, BUDGET), given) for m in ALL] == pytest.approx([1, 1, 1 / 2, 1 / log2(3)])


def test_a_need_never_met_counts_in_what_could_have_been() -> None:
    given = ranked(f"{LOCAL} {BUDGET}")
    asked = case(LOCAL, BUDGET, "jamais")
    assert [m(asked, given) for m in ALL] == pytest.approx([2 / 3, 2 / 3, 1, 2 / (2 + 1 / log2(3))])


def test_one_of_several_is_one_need() -> None:
    given = ranked(OTHER, BUDGET, LOCAL)
    assert [m(case(LOCAL, BUDGET, need="one"), given) for m in ALL] == pytest.approx(
        [1, 1, 0.5, 1 / log2(3)]
    )


@pytest.mark.parametrize("metric", ALL)
def test_a_missing_answer_is_zero_and_nothing_to_judge_is_none(metric: object) -> None:
    assert callable(metric)
    assert metric(case(LOCAL), ranked()) == 0
    assert metric(case(LOCAL), failed("panne", ranks=True)) == 0
    assert metric(case(LOCAL), answer(LOCAL)) is None  # its ranking is not told
    assert metric(case(status="refused"), ranked(LOCAL)) is None
