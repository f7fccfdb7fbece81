"""Every metric, by name: a case and what was given in, a number or nothing to judge out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from evals.case import Case
from evals.given import Given
from evals.metrics import citation, content, length, retrieval, states, time

Judge = Callable[[Case, Given], float | None]
Kind = Literal["share", "mean", "p50", "p95"]


@dataclass(frozen=True, slots=True)
class Metric:
    """How one figure is judged on a question, and how it is summed up over many.

    A share is of questions, judged 0 or 1; a mean is of values; p50 and p95 are quantiles.
    """

    name: str
    judge: Judge
    kind: Kind = "share"
    low_is_good: bool = False


HEADLINE = ("fully_good", "right_refusal", "wrong_refusal", "precision")
PARTS = ("right_state", "all_cited", "mentions", "clean")  # what a wholly good answer is made of
# What the project aims at on the test half, in the headline figures.
TARGETS = {"fully_good": 0.92, "right_refusal": 0.95, "wrong_refusal": 0.03, "precision": 0.75}


def metrics(texts: Mapping[str, str]) -> tuple[Metric, ...]:
    """All of them, in the order of the report; ``texts`` are the normalised sources by id."""
    return (
        Metric("fully_good", content.fully_good),
        Metric("right_refusal", states.right_refusal),
        Metric("wrong_refusal", states.wrong_refusal, low_is_good=True),
        Metric("precision", citation.precision, "mean"),
        Metric("good_answer", content.good_answer),
        Metric("right_state", states.right_state),
        Metric("all_cited", citation.all_cited),
        Metric("completeness", citation.completeness, "mean"),
        Metric("support", citation.support, "mean"),
        Metric("verbatim", lambda case, given: citation.verbatim(case, given, texts), "mean"),
        Metric("mentions", content.mentions, "mean"),
        Metric("clean", content.clean),
        Metric("recall_4", retrieval.recall_4, "mean"),
        Metric("recall_10", retrieval.recall_10, "mean"),
        Metric("mrr", retrieval.mrr, "mean"),
        Metric("ndcg_10", retrieval.ndcg_10, "mean"),
        Metric("length", length.length, "p50", low_is_good=True),
        Metric("elapsed_p50", time.elapsed, "p50", low_is_good=True),
        Metric("elapsed_p95", time.elapsed, "p95", low_is_good=True),
    )
