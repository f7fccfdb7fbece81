"""Intervals against published numbers and against what must hold of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.intervals import figure, share, spread


def test_wilson_by_hand() -> None:
    """The worked example of Newcombe (Statistics in Medicine, 1998): 81 of 263."""
    assert share([1.0] * 81 + [0.0] * 182) == pytest.approx((0.3080, 0.2553, 0.3662), abs=5e-5)


def test_none_of_ten_is_not_surely_none() -> None:
    value, low, high = share([0.0] * 10)
    assert (value, low) == (0, pytest.approx(0, abs=1e-12))
    assert high == pytest.approx(1.96**2 / (10 + 1.96**2), abs=1e-3)


def test_the_mean_lies_in_its_interval_which_narrows_with_more() -> None:
    few, many = spread([0.0, 0.5, 1.0] * 5, "mean"), spread([0.0, 0.5, 1.0] * 100, "mean")
    widths = []
    for value, low, high in (few, many):
        assert low is not None and high is not None
        assert value == pytest.approx(0.5) and low < value < high
        widths.append(high - low)
    assert widths[1] < widths[0]


def test_equal_values_have_no_interval_and_equal_samples_have_equal_ones() -> None:
    assert spread([0.3] * 4, "mean") == (0.3, None, None)
    assert spread([1.0], "p95") == (1, None, None)
    assert spread([1.0, 2.0, 9.0], "p95") == spread([1.0, 2.0, 9.0], "p95")


def test_quantiles_by_hand() -> None:
    times = [float(i) for i in range(101)]
    assert [spread(times, kind)[0] for kind in ("p50", "p95")] == [50, 95]


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=50))
def test_a_share_is_in_its_interval(judged: list[float]) -> None:
    value, low, high = share(judged)
    assert -1e-9 <= low <= value + 1e-9 and value - 1e-9 <= high <= 1 + 1e-9


def test_nothing_to_judge_is_counted_apart() -> None:
    found = figure([1.0, None, 0.0], "share", failed=2)
    assert (found.value, found.n, found.none, found.failed) == (0.5, 2, 1, 2)
    empty = figure([None, None], "mean")
    assert (empty.value, empty.low, empty.n, empty.none) == (None, None, 0, 2)
