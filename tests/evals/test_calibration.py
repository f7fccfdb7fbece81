"""The curve of refusals is worked by hand; the probability is the one that decides."""

import pytest

from assistant.ask import ask
from assistant.index import Index
from evals.calibration import IN_USE, Judged, curve, judged, probability, reliability
from evals.case import half, question

CASES = half("development")[::4]


def one(answerable: bool, told: float | None) -> Judged:
    return Judged(half="test", answerable=answerable, probability=told)


FOUND = [one(True, 0.9), one(True, 0.4), one(True, None), one(False, 0.2), one(False, 0.6)]


def test_the_curve_by_hand() -> None:
    at = {point.threshold: (point.wrong, point.right) for point in curve(FOUND)}
    assert at[0.0] == (0, 0)
    assert at[0.5] == (pytest.approx(1 / 3), 0.5)
    assert at[1.0] == (pytest.approx(2 / 3), 1)


def test_a_higher_threshold_never_refuses_less() -> None:
    points = curve(FOUND)
    for name in ("wrong", "right"):
        shares = [getattr(point, name) for point in points]
        assert shares == sorted(shares)


def test_a_curve_wants_both_sorts_of_questions() -> None:
    assert curve([one(True, 0.9)]) == curve([]) == []


def test_reliability_by_hand() -> None:
    bins = reliability(
        [one(True, 0.91), one(False, 0.99), one(True, 1.0), one(False, 0.0), FOUND[2]]
    )
    assert [(b.told, b.true.value, b.true.n) for b in bins] == [
        (0.0, 0.0, 1),
        (pytest.approx(0.9667, abs=1e-4), pytest.approx(2 / 3), 3),
    ]


def test_what_is_refused_is_what_is_under_the_threshold_in_use(index: Index) -> None:
    for case in CASES:
        told = probability(case, index)
        refused = ask(question(case), index).status == "refused"
        assert refused == (told is not None and told <= IN_USE), case.id


def test_every_case_is_judged(index: Index) -> None:
    found = judged("development", CASES, index)
    assert [j.answerable for j in found] == [case.answerable for case in CASES]
