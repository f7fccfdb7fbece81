"""Questions by the thousand, none like another, leave nothing behind in memory."""

import gc
import sys
from itertools import cycle, islice

import pytest

from assistant.ask import ask
from assistant.index import Index
from assistant.types import Question
from tests.load.process import memory_of
from tests.load.users import questions

SLACK = 12.0  # MB, what an allocator may keep, however many questions were asked


# Each question brings a word that nobody wrote: the largest cache holds 20,000 before it forgets.
@pytest.mark.parametrize(
    ("count", "warm"), [(600, 200), pytest.param(50_000, 22_000, marks=pytest.mark.full)]
)
def test_memory_does_not_grow_with_questions(index: Index, count: int, warm: int) -> None:
    asked = islice(cycle(questions()), count)
    for number, text in enumerate(asked):
        ask(Question(text=f"{text} {number}"), index)
        if number == warm:
            gc.collect()
            before = memory_of("self")
    gc.collect()
    after = memory_of("self")
    sys.stdout.write(f"\n{count} questions: {before:.0f} then {after:.0f} MB\n")
    assert after - before < SLACK
