"""Cases in; the probability that the documents answer, as this project judges it, out.

An answer found by a single sentence is accepted when this probability is over one half
(``assistant/compose/select.py``). Broad questions, definitions and lists are accepted otherwise:
for them it is None. Computed by the functions that answer, so that it is what they decide on.
"""

import math
from collections.abc import Sequence

from pydantic import BaseModel

from assistant.ask import desk_of
from assistant.compose import WAYS, Case
from assistant.compose.narrow import narrow
from assistant.compose.rest import rest
from assistant.compose.select import confidence, eligible
from assistant.index import Index
from assistant.retrieve import search
from assistant.understand import understand
from evals.case import Case as Asked
from evals.case import Half, question
from evals.intervals import Figure, figure

IN_USE = 0.5
STEPS = 100
BINS = 10


class Judged(BaseModel):
    """One question, whether the documents answer it, and how sure the project is of that."""

    half: Half
    answerable: bool
    probability: float | None


class Point(BaseModel):
    """What refusals would be at one threshold, each a share in [0, 1]."""

    threshold: float
    wrong: float
    right: float


class Bin(BaseModel):
    """The questions of one tenth of the probabilities: the mean told, and the share answerable."""

    told: float
    true: Figure


def probability(asked: Asked, index: Index) -> float | None:
    """In [0, 1]: 0 where nothing may answer; None where it is not decided by a threshold."""
    desk = desk_of(index)
    query = understand(question(asked), desk.speller)
    if query.empty:
        return 0.0
    case = Case(query, search(query, index, index.weights), desk.materials)
    if any(way(case) for way in WAYS if way is not narrow):
        return None
    other = None if narrow(case) else rest(case)
    if other and any(way(other) for way in WAYS):  # of two questions in one, the other is told
        return None
    odds = [confidence(query, c.verdict) for c in case.found if eligible(query, c.verdict)]
    if not odds or (max(odds) > 0 and narrow(case) is None):  # likely, and yet no answer
        return 0.0
    return 1 / (1 + math.exp(-max(odds)))


def judged(half: Half, cases: Sequence[Asked], index: Index) -> list[Judged]:
    """Every case with its probability."""
    return [
        Judged(half=half, answerable=c.answerable, probability=probability(c, index)) for c in cases
    ]


def curve(found: Sequence[Judged]) -> list[Point]:
    """Wrong and right refusals at each hundredth; empty without questions of both sorts."""
    sorts = [[j for j in found if j.answerable], [j for j in found if not j.answerable]]
    if not all(sorts):
        return []
    return [
        Point(threshold=t, wrong=_refused(sorts[0], t), right=_refused(sorts[1], t))
        for t in (step / STEPS for step in range(STEPS + 1))
    ]


def _refused(found: Sequence[Judged], threshold: float) -> float:
    refused = [j.probability is not None and j.probability <= threshold for j in found]
    return sum(refused) / len(refused)


def reliability(found: Sequence[Judged]) -> list[Bin]:
    """For each tenth that has questions: the probability told, and how often it was so."""
    bins: dict[int, list[Judged]] = {}
    for one in found:
        if one.probability is not None:
            bins.setdefault(min(int(one.probability * BINS), BINS - 1), []).append(one)
    return [
        Bin(
            told=sum(one.probability or 0.0 for one in held) / len(held),
            true=figure([float(one.answerable) for one in held], "share"),
        )
        for _, held in sorted(bins.items())
    ]
