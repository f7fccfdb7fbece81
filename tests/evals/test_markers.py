"""Markers are read in every form that people and models write them in."""

import pytest

from evals.markers import MOST, marked, unmarked


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Un [2][1]. Deux [2].", [2, 1]),
        ("Un [1, 3].", [1, 3]),
        ("Un [1-3] et [5–6].", [1, 2, 3, 5, 6]),
        ("Un [2 - 1].", []),
        ("Rien [a] ni [] ni (1).", []),
    ],
)
def test_every_form(text: str, numbers: list[int]) -> None:
    assert marked(text) == numbers


def test_an_endless_range_ends() -> None:
    assert marked("[1-999999]") == list(range(1, MOST + 1))
    assert marked("[" + "9" * 5_000 + "]") == []


def test_the_text_is_what_a_person_reads() -> None:
    assert unmarked("**Un** mot [1, 2], puis un autre [3].") == "Un mot, puis un autre."
