"""Scores of today and of a kept file in; question by question, what changed and if it is real out.

Only questions that are in both, unchanged, are compared. Shares are tested by McNemar's test, exact
(1947); means by Wilcoxon's signed ranks (1945). A loss is real when it is that unlikely by chance.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from evals import messages
from evals.case import HALVES, Case, Half
from evals.metrics import HEADLINE, Metric
from evals.run import Graded, Run

KEPT = Path(__file__).parent / "baseline.json"
UNLIKELY = 0.05
Kept = Mapping[str, Mapping[str, Any]]
FORM = TypeAdapter(dict[str, dict[str, str | float]])


class Change(BaseModel):
    """One headline figure on the pairs of one half, before and after."""

    half: Half
    metric: str
    n: int
    before: float
    after: float
    better: int
    worse: int
    p: float

    @property
    def real(self) -> bool:
        """Whether chance alone would rarely do as much."""
        return self.p < UNLIKELY

    @property
    def loss(self) -> bool:
        """Whether it is a real loss."""
        return self.real and self.worse > self.better


def keep(run: Run) -> str:
    """The headline scores of a run, as JSON with one line a question."""
    lines = [f"{json.dumps(row.case.id)}: {json.dumps(_kept(row))}" for row in run.rows]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read(path: Path) -> Kept:
    """What :func:`keep` told. Raises OSError or ValueError when unreadable, or empty."""
    try:
        kept = FORM.validate_json(path.read_text("utf-8"))
    except ValidationError as error:
        raise ValueError(messages.NO_BASELINE) from error
    if not kept:
        raise ValueError(messages.NO_BASELINE)
    return kept


def paired(cases: Iterable[Case], kept: Kept) -> int:
    """How many questions are kept as they are asked; the others were changed, added or removed."""
    return sum(kept.get(case.id, {}).get("case") == _digest(case) for case in cases)


def unjudged(run: Run) -> int:
    """Answers on which a headline metric failed: nothing can be said of them."""
    return sum(any(name in row.errors for name in HEADLINE) for row in run.rows)


def compare(run: Run, kept: Kept, metrics: Iterable[Metric]) -> list[Change]:
    """The change of each headline figure in each half that has pairs."""
    headline = [metric for metric in metrics if metric.name in HEADLINE]
    found = (_change(half, run.of(half), kept, m) for half in HALVES for m in headline)
    return [change for change in found if change is not None]


def _kept(row: Graded) -> dict[str, Any]:
    scores = {name: row.scores.get(name) for name in HEADLINE}
    return {
        "case": _digest(row.case),
        **{k: round(v, 4) for k, v in scores.items() if v is not None},
    }


def _digest(case: Case) -> str:
    """What tells a question, or what is expected of it, from another."""
    return digest([case])


def digest(cases: Iterable[Case]) -> str:
    """What tells a set of questions, or what is expected of them, from another."""
    told = "".join(case.model_dump_json() for case in cases)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _change(half: Half, rows: Sequence[Graded], kept: Kept, metric: Metric) -> Change | None:
    pairs = _pairs(rows, kept, metric.name)
    if not pairs:
        return None
    sign = -1 if metric.low_is_good else 1
    gains = [sign * (after - before) for before, after in pairs]
    return Change(
        half=half,
        metric=metric.name,
        n=len(pairs),
        before=sum(before for before, _ in pairs) / len(pairs),
        after=sum(after for _, after in pairs) / len(pairs),
        better=sum(gain > 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
        p=probability(gains, metric.kind == "share"),
    )


def _pairs(rows: Sequence[Graded], kept: Kept, name: str) -> list[tuple[float, float]]:
    pairs = []
    for row in rows:
        before, after = kept.get(row.case.id, {}), row.scores.get(name)
        if before.get("case") == _digest(row.case) and name in before and after is not None:
            pairs.append((float(before[name]), round(after, 4)))
    return pairs


def probability(gains: Sequence[float], binary: bool) -> float:
    """How likely such gains and losses are by chance, two-sided, in [0, 1]."""
    from scipy.stats import binomtest, wilcoxon

    moved = [gain for gain in gains if gain]
    if not moved:
        return 1.0
    if binary:
        return float(binomtest(sum(gain > 0 for gain in moved), len(moved)).pvalue)
    return float(wilcoxon(moved).pvalue)
