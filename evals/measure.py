"""What a call asked for in; every system run, judged, and set beside what was kept out."""

import argparse
from collections.abc import Mapping, Sequence

from tqdm import tqdm

from assistant.index import Index
from evals import baseline, messages
from evals.calibration import Judged, judged
from evals.case import HALVES, Case, Half, half
from evals.cold import MEASURED, cold_starts
from evals.metrics import Metric, metrics
from evals.report.measured import Measured
from evals.run import Run, run
from evals.settings import EvalSettings
from evals.systems import SIDE_BY_SIDE, System, make

REPORTED = "product"  # what the baseline is of


class CannotMeasure(Exception):
    """What was asked for cannot be measured; its text says why, in French."""


def measure(options: argparse.Namespace, index: Index) -> Measured:
    """Everything that the options ask for.

    Raises CannotMeasure when a model is wanted and none is configured, or a file is unreadable.
    """
    halves = {name: half(name) for name in ([options.half] if options.half else HALVES)}
    wanted = _metrics(options, index)
    runs = [run(system, halves, wanted) for system in _systems(options, index)]
    for one in runs:
        if one.system in MEASURED and options.cold:
            one.cold = cold_starts(one.system, options.cold)
    asked_here = any(one.system == REPORTED for one in runs)
    return Measured(
        runs=runs,
        metrics=wanted,
        index_version=index.version,
        calibration=_calibration(halves, index) if asked_here else (),
        changes=_changes(options, runs[0], wanted),
    )


def _metrics(options: argparse.Namespace, index: Index) -> Sequence[Metric]:
    texts = {name: document.text for name, document in index.documents.items()}
    if not options.judge:
        return metrics(texts)
    endpoint = EvalSettings().judge
    if endpoint is None:
        raise CannotMeasure(messages.NO_MODEL)
    from evals.judge import judges

    return (*metrics(texts), *judges(endpoint, index.embedder))


def _systems(options: argparse.Namespace, index: Index) -> list[System]:
    """What is named; else the server or the file that is given; else all that is ready."""
    found: list[System] = []
    if options.url:
        from evals.systems.server import Server

        found.append(Server(options.url))
    if options.answers:
        from evals.systems.recorded import Recorded

        try:
            found.append(Recorded(options.answers))
        except (OSError, ValueError) as error:
            raise CannotMeasure(
                messages.UNREADABLE.format(file=options.answers, cause=error)
            ) from error
    ready = [*SIDE_BY_SIDE, *(["model"] if EvalSettings().model else [])]
    names = options.system or ([] if found else ready)
    if "model" in names and not EvalSettings().model:
        raise CannotMeasure(messages.NO_MODEL)
    return [*found, *(make(name, index) for name in dict.fromkeys(names))]


def _calibration(halves: Mapping[Half, Sequence[Case]], index: Index) -> list[Judged]:
    asked = tqdm(halves.items(), desc="calibration", unit="half", disable=None)
    return [one for name, cases in asked for one in judged(name, cases, index)]


def _changes(
    options: argparse.Namespace, first: Run, wanted: Sequence[Metric]
) -> list[baseline.Change]:
    """Against the baseline: of this project, or of whatever is graded when one is named."""
    path = options.baseline or baseline.KEPT
    if options.write_baseline or not (options.baseline or first.system == REPORTED):
        return []
    if not options.baseline and not path.exists():
        return []
    try:
        return baseline.compare(first, baseline.read(path), wanted)
    except (OSError, ValueError) as error:
        raise CannotMeasure(messages.UNREADABLE.format(file=path, cause=error)) from error
