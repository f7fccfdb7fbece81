"""Where the time of an answer goes: named stages in, their seconds out to whoever asked for them.

A core that nobody times pays one look-up a stage. Stages nest without being summed twice by their
reader: each is told with when it began and ended, on the clock of ``time.time_ns``.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Name = Literal["understand", "retrieve", "compose", "model"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one answer; ``began`` is in nanoseconds since 1970, ``seconds`` is ≥ 0."""

    name: Name
    began: int
    seconds: float


# a list is shared with the threads that an answer is made in, which copy the context
_timed: ContextVar[list[Stage] | None] = ContextVar("timed", default=None)


@contextmanager
def timed() -> Iterator[list[Stage]]:
    """The stages that end inside, in the order of their ends."""
    stages: list[Stage] = []
    token = _timed.set(stages)
    try:
        yield stages
    finally:
        _timed.reset(token)


@contextmanager
def stage(name: Name) -> Iterator[None]:
    """Time what is inside, if anybody asked; also when it fails."""
    stages = _timed.get()
    if stages is None:
        yield
        return
    began, started = time.time_ns(), time.perf_counter()
    try:
        yield
    finally:
        stages.append(Stage(name, began, time.perf_counter() - started))
