"""Systems and cases in; what each gave, every metric judged on it, and the figures out."""

import argparse
import logging
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel
from tqdm import tqdm

from assistant.errors import AssistantError
from assistant.index import Index, Reader
from assistant.settings import load_settings
from evals.case import Case, Half
from evals.given import Given, failed
from evals.intervals import Figure, figure
from evals.markers import unmarked
from evals.messages import EMPTY
from evals.metrics import PARTS, Metric
from evals.systems import System

log = logging.getLogger(__name__)


class Graded(BaseModel):
    """One answer with its scores; a metric that failed is in ``errors``, and has no score."""

    half: Half
    case: Case
    given: Given
    scores: dict[str, float | None]
    errors: dict[str, str]

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.scores.get("fully_good") == 1.0

    @property
    def wrong(self) -> list[str]:
        """Which parts of a wholly good answer it lacks, in their order."""
        return [part for part in PARTS if self.scores.get(part) not in (None, 1.0)]


class Run(BaseModel):
    """All that one system gave, with its cold starts in seconds where they were measured."""

    system: str
    rows: list[Graded]
    cold: list[float] = []

    @property
    def silent(self) -> bool:
        """Whether no question has an answer: there is nothing to measure."""
        return all(row.given.failure is not None for row in self.rows)

    def of(self, half: Half) -> list[Graded]:
        """The rows of one half."""
        return [row for row in self.rows if row.half == half]


def opened(parser: argparse.ArgumentParser) -> Index:
    """The published index; where there is none to measure, the program ends and says why."""
    try:
        return Reader(load_settings()).current()
    except AssistantError as error:
        parser.exit(1, f"{error.message}\n")


def run(system: System, halves: Mapping[Half, Sequence[Case]], metrics: Sequence[Metric]) -> Run:
    """Every case put to a system, one after the other, and judged."""
    asked = [(half, case) for half, cases in halves.items() for case in cases]
    rows = [
        graded(half, case, answered(system, case), metrics)
        for half, case in tqdm(asked, desc=system.name, unit="question", disable=None)
    ]
    return Run(system=system.name, rows=rows)


def answered(system: System, case: Case) -> Given:
    """What a system gives; whatever goes wrong, no state and no text are an answer missing."""
    try:
        given = system.answer(case)
    except Exception as error:
        log.debug("%s: %s", system.name, case.id, exc_info=True)
        return failed(f"{type(error).__name__}: {error}"[:300], ranks=system.ranks)
    if given.status is None or not unmarked(given.answer).strip():
        return failed(EMPTY, ranks=system.ranks)
    return given


def graded(half: Half, case: Case, given: Given, metrics: Iterable[Metric]) -> Graded:
    """An answer judged by every metric; one that fails is recorded apart, not as zero."""
    scores: dict[str, float | None] = {}
    errors: dict[str, str] = {}
    for metric in metrics:
        try:
            scores[metric.name] = metric.judge(case, given)
        except Exception as error:
            log.debug("%s: %s", metric.name, case.id, exc_info=True)
            errors[metric.name] = f"{type(error).__name__}: {error}"[:300]
    return Graded(half=half, case=case, given=given, scores=scores, errors=errors)


def figures(rows: Sequence[Graded], metrics: Iterable[Metric]) -> dict[str, Figure]:
    """The figure of each metric over some answers."""
    return {
        metric.name: figure(
            [row.scores[metric.name] for row in rows if metric.name in row.scores],
            metric.kind,
            failed=sum(metric.name in row.errors for row in rows),
        )
        for metric in metrics
    }
