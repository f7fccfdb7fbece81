"""What was measured in; one HTML page out, which opens offline and asks nothing of any address."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from evals import messages
from evals.calibration import curve, reliability
from evals.case import HALVES, KINDS, Half
from evals.given import holds
from evals.intervals import Figure, figure
from evals.metrics import HEADLINE, TARGETS
from evals.report import plots
from evals.report.measured import Measured
from evals.report.numbers import counts, interval, number
from evals.report.table import change, change_title, title
from evals.run import Graded, figures


def page(measured: Measured) -> str:
    """The page of the first run, the others beside it."""
    environment = Environment(
        loader=PackageLoader("evals.report", "html"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "interval": interval, "counts": counts}
    environment.filters |= {
        "name": title,
        "part": messages.PARTS.__getitem__,
        "metric": lambda name: messages.METRICS[name][0],
    }
    environment.tests["holding"] = holds
    return environment.get_template("report.html").render(**_told(measured))


def _told(measured: Measured) -> dict[str, Any]:
    first = measured.runs[0]
    halves = [half for half in HALVES if first.of(half)]
    return {
        "words": messages.PAGE,
        "table": messages.TABLE,
        "metric_names": messages.METRICS,
        "kind_names": messages.KINDS,
        "half_names": messages.HALVES,
        "state_names": messages.STATES,
        "no_answer": messages.NO_ANSWER,
        "cold": messages.COLD,
        "made": measured.made.strftime("%d/%m/%Y"),
        "version": measured.index_version,
        "runs": measured.runs,
        "halves": halves,
        "metrics": measured.metrics,
        "headline": [m for m in measured.metrics if m.name in HEADLINE],
        "targets": TARGETS,
        "figures": {
            half: {r.system: figures(r.of(half), measured.metrics) for r in measured.runs}
            for half in halves
        },
        "changes": [(change_title(c), change(c), c) for c in measured.changes],
        "kinds": (kinds := {half: _kinds(first.of(half)) for half in halves}),
        "kind_order": KINDS,
        "plots": _plots(measured, kinds),
        "failures": {half: [row for row in first.of(half) if not row.good] for half in halves},
        "middle": lambda held: held[len(held) // 2],
    }


def _kinds(rows: Sequence[Graded]) -> dict[str, Figure]:
    """Wholly good answers, by kind."""
    found = {k: [row.scores.get("fully_good") for row in rows if row.case.kind == k] for k in KINDS}
    return {kind: figure(scores, "share") for kind, scores in found.items() if scores}


def _plots(measured: Measured, kinds: plots.Kinds) -> dict[str, str]:
    """Each plot that there is something to draw of, by name."""
    by_half: dict[Half, Any] = {
        half: [j for j in measured.calibration if j.half == half] for half in HALVES
    }
    curves = {half: points for half, held in by_half.items() if (points := curve(held))}
    bins = {half: found for half, held in by_half.items() if (found := reliability(held))}
    times = {title(run.system): held for run in measured.runs if (held := _times(run.rows))}
    drawn = {
        "kinds": partial(plots.kinds, kinds) if any(kinds.values()) else None,
        "thresholds": partial(plots.thresholds, curves) if curves else None,
        "trade": partial(plots.trade, curves) if curves else None,
        "reliability": partial(plots.reliability, bins) if bins else None,
        "times": partial(plots.times, times) if times else None,
    }
    return {name: draw() for name, draw in drawn.items() if draw}


def _times(rows: Sequence[Graded]) -> list[float]:
    told = (row.given.elapsed_ms for row in rows if not row.given.failure)
    return [elapsed for elapsed in told if elapsed is not None]
