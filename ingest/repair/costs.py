"""The costs and thresholds of ``confusions.toml``, typed.

Comes in: the data file. Goes out: one frozen :class:`Costs`, read once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Row = tuple[str, str, float]  # printed, read, cost
Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Costs:
    """Negative log shares of OCR confusions, and the proof that a repair needs (nats)."""

    letters: tuple[Row, ...]
    starts: tuple[Row, ...]
    suffixes: tuple[str, ...]
    accents: Numbers
    strokes: Numbers
    words: Numbers
    damage: Numbers
    alone: Numbers
    elision: Numbers


def _rows(table: list[list[Any]]) -> tuple[Row, ...]:
    return tuple((str(printed), str(read), float(cost)) for printed, read, cost in table)


@cache
def costs() -> Costs:
    """The data file, read once."""
    data: dict[str, Any] = tomllib.loads(
        files(__package__).joinpath("confusions.toml").read_text("utf-8")
    )
    letters, starts = _rows(data.pop("letters")), _rows(data.pop("starts"))
    suffixes = tuple(data.pop("suffixes"))
    return Costs(letters=letters, starts=starts, suffixes=suffixes, **data)
