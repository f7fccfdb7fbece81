"""Runs in, the table of the terminal out: one row a figure, one column a system and half."""

from collections import Counter
from collections.abc import Mapping, Sequence

from evals.baseline import Change
from evals.case import HALVES
from evals.intervals import Figure
from evals.messages import COLD, METRICS, PARTS, STATES, SYSTEMS, TABLE
from evals.messages import HALVES as HALF_NAMES
from evals.metrics import TARGETS, Metric
from evals.report.numbers import counts, interval, number
from evals.run import Graded, Run, figures

LABEL, CELL = 32, 35
REASONS = 3


def table(runs: Sequence[Run], metrics: Sequence[Metric]) -> str:
    """Each figure with its interval and its n; what is aimed at on the test half beside."""
    blocks = [_block(run, metrics) for run in runs if run.rows]
    return "\n\n".join(blocks)


def title(system: str) -> str:
    """How people call a system."""
    return SYSTEMS.get(system, system)


def columns(
    label: str,
    groups: Mapping[str, Sequence[Graded]],
    metrics: Sequence[Metric],
    aims: Mapping[str, float] | None = None,
) -> list[str]:
    """One row a figure that some answers have, one column a group; what is aimed at beside."""
    heads = [f"{name} ({len(rows)})" for name, rows in groups.items()]
    lines = [_row(label, [*heads, TABLE["target"]] if aims else heads)]
    found = [figures(rows, metrics) for rows in groups.values()]
    for metric in metrics:
        cells = [one[metric.name] for one in found]
        if any(cell.n or cell.failed for cell in cells):
            goal = (aims or {}).get(metric.name)
            sign = "≤ " if metric.low_is_good else "≥ "
            aim = sign + number(goal, metric.name) if goal is not None else ""
            shown = [_cell(cell, metric.name) for cell in cells]
            lines.append(_row(METRICS[metric.name][0], [*shown, aim]))
    return lines


def _block(run: Run, metrics: Sequence[Metric]) -> str:
    groups = {HALF_NAMES[half]: run.of(half) for half in HALVES if run.of(half)}
    lines = columns(title(run.system), groups, metrics, TARGETS)
    if run.cold:
        middle = number(run.cold[len(run.cold) // 2], "seconds")
        lines.append(_row(COLD[0], [f"{middle}, n {len(run.cold)}"]))
    return "\n".join([*lines, *_missing(run)])


def _missing(run: Run) -> list[str]:
    """How many answers are missing, and the commonest reasons."""
    reasons = Counter(row.given.failure for row in run.rows if row.given.failure is not None)
    if not reasons:
        return []
    told = TABLE["missing"].format(missing=reasons.total(), n=len(run.rows))
    return [told, *(f"  {n} × {reason}" for reason, n in reasons.most_common(REASONS))]


def _cell(cell: Figure, name: str) -> str:
    bounds = f" ({interval(cell, name)})" if interval(cell, name) else ""
    return f"{number(cell.value, name)}{bounds}, {counts(cell, name)}"


def _row(label: str, cells: Sequence[str]) -> str:
    return f"{label:{LABEL}}" + "".join(f"{cell:{CELL}}" for cell in cells).rstrip()


def changes(found: Sequence[Change]) -> str:
    """What changed since the baseline, one line a figure and half."""
    return "\n".join(f"{change_title(c)} : {change(c)}" for c in found)


def change_title(found: Change) -> str:
    """Which figure of which half."""
    return f"{METRICS[found.metric][0]}, {HALF_NAMES[found.half].lower()}"


def change(found: Change) -> str:
    """A change with its counts and its probability."""
    return TABLE["moved"].format(
        before=number(found.before, found.metric),
        after=number(found.after, found.metric),
        n=found.n,
        better=found.better,
        worse=found.worse,
        p=f"{found.p:.3f}".replace(".", ","),
    )


def failed(rows: Sequence[Graded]) -> str:
    """What went wrong in each answer that is not wholly good."""
    return "\n\n".join(_failure(row) for row in rows if not row.good)


def _failure(row: Graded) -> str:
    case, given = row.case, row.given
    states = f"{STATES[case.status]} → {STATES.get(given.status or '', given.failure)}"
    asked = " / ".join([*case.history, case.question])
    wrong = ", ".join(PARTS[part] for part in row.wrong)
    wanted = "\n".join(f"  E {expected.quote[:110]}" for expected in case.quotes)
    return f"— {case.id} {case.kind} {states} ({wrong})\n  Q {asked}\n{wanted}\n  A {given.answer}"
