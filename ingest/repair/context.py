"""Which small word a place calls for, from the words around it.

Comes in: the tokens before and after a place. Goes out: log probabilities of what may stand
there: ``a``, ``à`` or ``et``; or the letter of an elision. A multinomial logistic regression
(Berger, Della Pietra and Della Pietra, Computational Linguistics 22(1), 1996) whose weights
``learn.py`` makes and ``context.toml`` holds.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

TOKEN = re.compile(r"[^\W_]+[’']?|[^\w\s]")
Weights = Mapping[str, Sequence[float]]


def tokens(text: str) -> list[str]:
    """Words (an elided one keeps its apostrophe) and marks, in order."""
    return TOKEN.findall(text)


def features(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """What is looked at: two tokens on each side, and how the words end."""
    ahead = [*after[:2], "", ""][:2]
    behind = ["", "", *before[-2:]][-2:]
    yield "bias"
    for name, token in (("p", behind[1]), ("pp", behind[0]), ("n", ahead[0]), ("nn", ahead[1])):
        yield from _views(name, token)


def _views(name: str, token: str) -> Iterator[str]:
    word = token.lower().replace("’", "'")
    yield f"{name}={_shape(token) or word}"
    if token.isalpha() and len(token) > 3:
        yield f"{name}~{word[-3:]}"
        yield f"{name}~~{word[-2:]}"


def _shape(token: str) -> str:
    """A class for tokens too various to learn one by one."""
    if token.isdigit():
        return "0"
    if len(token) > 1 and token.isupper():
        return "AA"
    return "Aa" if len(token) > 1 and token[:1].isupper() and token.isalpha() else ""


@cache
def _model() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("context.toml").read_text("utf-8"))


def classes(task: str) -> list[str]:
    """What may stand in the place that a task is about."""
    found: list[str] = _model()[task]["classes"]
    return found


def likely(task: str, before: Sequence[str], after: Sequence[str]) -> dict[str, float]:
    """Log probability of each class at a place between tokens."""
    weights: Weights = _model()[task]["weights"]
    names = classes(task)
    totals = [0.0] * len(names)
    for feature in features(before, after):
        for i, weight in enumerate(weights.get(feature, ())):
            totals[i] += weight
    highest = max(totals)
    norm = highest + math.log(sum(math.exp(t - highest) for t in totals))
    return {name: total - norm for name, total in zip(names, totals, strict=True)}
