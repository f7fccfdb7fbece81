"""What can be measured: a case in, what a system gives for it out.

Adding a system is one module with a class that has ``name``, ``ranks`` and ``answer``, and one
line in ``MADE``.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from assistant.index import Index
from evals.case import Case
from evals.given import Given


class System(Protocol):
    """A system under measure. ``ranks`` says whether it tells what it retrieved."""

    @property
    def name(self) -> str:
        """How the report and ``--system`` call it."""

    @property
    def ranks(self) -> bool:
        """Whether it tells its passages, best first."""

    def answer(self, case: Case) -> Given:
        """What it gives for a case. Raises whatever it raises: that is no answer."""


# Each module is imported when its system is wanted: some bring heavy libraries.
MADE = {
    "product": "Product",
    "tutorial": "Tutorial",
    "bm25": "Bm25",
    "dense": "Dense",
    "model": "Model",
    "worded": "Worded",
}
SIDE_BY_SIDE = ("product", "tutorial", "bm25", "dense")


def make(name: str, index: Index) -> System:
    """The system of a name, ready to answer. Raises KeyError for a name that is not in ``MADE``."""
    made = getattr(import_module(f"evals.systems.{name}"), MADE[name])
    return cast(Callable[[Index], System], made)(index)
