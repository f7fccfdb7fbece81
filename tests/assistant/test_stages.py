"""The stages of an answer are told to whoever asks, and to nobody else."""

import threading
import time
from contextvars import copy_context
from functools import partial

import pytest

from assistant.ask import ask
from assistant.index import Index
from assistant.stages import stage, timed
from assistant.types import Question


def test_an_answer_tells_its_stages_in_order(index: Index) -> None:
    before = time.time_ns()
    with timed() as stages:
        answer = ask(Question(text="Comment une commune peut-elle soutenir un PTCE ?"), index)
    assert [s.name for s in stages] == ["understand", "retrieve", "compose"]
    assert all(s.seconds > 0 and s.began >= before for s in stages)
    assert sum(s.seconds for s in stages) * 1000 <= answer.elapsed_ms + 0.1  # rounded


def test_a_stage_that_fails_is_told_too() -> None:
    with timed() as stages, pytest.raises(ValueError, match="bad"), stage("model"):
        raise ValueError("bad")
    assert [s.name for s in stages] == ["model"]


def test_a_thread_that_copies_the_context_is_timed_and_another_is_not() -> None:
    def work() -> None:
        with stage("retrieve"):
            pass

    with timed() as stages:
        for target in (partial(copy_context().run, work), work):
            thread = threading.Thread(target=target)
            thread.start()
            thread.join()
    work()
    assert [s.name for s in stages] == ["retrieve"]
