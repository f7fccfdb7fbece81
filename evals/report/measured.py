"""All that one call of ``python -m evals`` measured, and its form for machines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assistant.types import Checked
from evals.baseline import Change
from evals.calibration import Judged, curve, reliability
from evals.case import HALVES, KINDS
from evals.metrics import TARGETS, Metric
from evals.run import Graded, Run, figures

FALLBACK = "extractive-fallback"  # as the product calls an answer that its model could not word


@dataclass
class Measured:
    """The runs, the first of them the one that is reported on; what stands beside it."""

    runs: Sequence[Run]
    metrics: Sequence[Metric]
    index_version: str
    calibration: Sequence[Judged] = ()
    changes: Sequence[Change] = ()
    left_out: int = 0  # questions of the baseline that are not asked, or not as they were
    notes: Sequence[str] = ()  # what was left out of a file of answers
    made: datetime = field(default_factory=lambda: datetime.now(UTC))


def as_json(measured: Measured) -> dict[str, Any]:
    """Figures by system, half and kind; the scores of every question, without its text."""
    return {
        "made": measured.made.isoformat(timespec="seconds"),
        "index_version": measured.index_version,
        "targets": TARGETS,
        "systems": {run.system: _run(run, measured.metrics) for run in measured.runs},
        "changes": [{**c.model_dump(), "loss": c.loss} for c in measured.changes],
        "left_out": measured.left_out,
        "calibration": {
            half: {
                "curve": [point.model_dump() for point in curve(found)],
                "reliability": [one.model_dump() for one in reliability(found)],
            }
            for half in HALVES
            if (found := [j for j in measured.calibration if j.half == half])
        },
    }


def _run(run: Run, metrics: Sequence[Metric]) -> dict[str, Any]:
    return {
        "cold_start_s": run.cold,
        "checked": _checked(run.rows),
        "halves": {half: _rows(run.of(half), metrics) for half in HALVES if run.of(half)},
        "questions": [_question(row) for row in run.rows],
    }


def _checked(rows: Sequence[Graded]) -> dict[str, int] | None:
    """Sentences of a language model kept, replaced and removed, and answers that fell back."""
    worded = [row.given.checked for row in rows if row.given.checked]
    fallbacks = sum(row.given.generator == FALLBACK for row in rows)
    if not worded and not fallbacks:
        return None
    totals = {name: sum(getattr(c, name) for c in worded) for name in Checked.model_fields}
    return totals | {"worded": len(worded), "fallbacks": fallbacks}


def _rows(rows: Sequence[Graded], metrics: Sequence[Metric]) -> dict[str, Any]:
    by_kind = {kind: [row for row in rows if row.case.kind == kind] for kind in KINDS}
    return {
        "figures": _dumped(rows, metrics),
        "kinds": {kind: _dumped(held, metrics) for kind, held in by_kind.items() if held},
    }


def _dumped(rows: Sequence[Graded], metrics: Sequence[Metric]) -> dict[str, Any]:
    return {name: found.model_dump() for name, found in figures(rows, metrics).items()}


def _question(row: Graded) -> dict[str, Any]:
    return {
        "id": row.case.id,
        "half": row.half,
        "kind": row.case.kind,
        "status": row.given.status,
        "elapsed_ms": row.given.elapsed_ms,
        "generator": row.given.generator,
        "checked": row.given.checked.model_dump() if row.given.checked else None,
        "failure": row.given.failure,
        "scores": row.scores,
        "errors": row.errors,
    }
