"""What a call asked for in; every system run, judged, and set beside what was kept out."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from assistant.index import Index
from assistant.settings import load_settings
from evals import baseline, messages
from evals.calibration import Judged, judged
from evals.case import HALVES, Case, Half, half
from evals.cold import MEASURED, cold_starts
from evals.metrics import Metric, metrics
from evals.report.measured import Measured
from evals.run import run
from evals.settings import EvalSettings
from evals.systems import SIDE_BY_SIDE, System, make

REPORTED = "product"  # what the baseline is of
Asked = Mapping[Half, Sequence[Case]]


class CannotMeasure(Exception):
    """What was asked for cannot be measured; its text says why, in French."""


def measure(options: argparse.Namespace, index: Index) -> Measured:
    """Everything that the options ask for.

    Raises CannotMeasure when a model is wanted and none is configured, a file is unreadable or of
    other questions, a server does not answer, or the baseline can neither be kept nor compared.
    """
    halves = {name: half(name) for name in ([options.half] if options.half else HALVES)}
    kept = _kept(options, [case for cases in halves.values() for case in cases])
    wanted = _metrics(options, index)
    notes: list[str] = []
    runs = [run(system, halves, wanted) for system in _systems(options, index, halves, notes)]
    for one in runs:
        if one.system in MEASURED and options.cold:
            one.cold = cold_starts(one.system, options.cold)
    asked_here = any(one.system == REPORTED for one in runs)
    return Measured(
        runs=runs,
        metrics=wanted,
        index_version=index.version,
        calibration=_calibration(halves, index) if asked_here else (),
        changes=baseline.compare(runs[0], kept, wanted) if kept else (),
        left_out=len(kept) - sum(baseline.paired(cases, kept) for cases in halves.values()),
        notes=notes,
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


def _systems(
    options: argparse.Namespace, index: Index, halves: Asked, notes: list[str]
) -> list[System]:
    """What is named; else the server or the file that is given; else all that is ready."""
    found: list[System] = []
    if options.url:
        found.append(_server(options.url))
    if options.answers:
        found.append(_recorded(options.answers, halves, notes))
    ready = [*SIDE_BY_SIDE, *(["model"] if EvalSettings().model else [])]
    names = options.system or ([] if found else ready)
    if "model" in names and not EvalSettings().model:
        raise CannotMeasure(messages.NO_MODEL)
    if "worded" in names and load_settings().model_name is None:
        raise CannotMeasure(messages.NOT_WORDED)
    return [*found, *(make(name, index) for name in dict.fromkeys(names))]


def _server(url: str) -> System:
    from evals.systems.server import Server, ServerError

    try:
        return Server(url)
    except ServerError as error:
        raise CannotMeasure(messages.UNREACHABLE.format(url=url, cause=error)) from error


def _recorded(path: Path, halves: Asked, notes: list[str]) -> System:
    """The file; what was left out of it is noted."""
    from evals.systems.recorded import Recorded

    try:
        found = Recorded(path)
    except (OSError, ValueError) as error:
        raise CannotMeasure(messages.UNREADABLE.format(file=path, cause=error)) from error
    if not any(case.id in found.ids for cases in halves.values() for case in cases):
        raise CannotMeasure(messages.NO_ID.format(file=path))
    unknown = found.ids - {case.id for name in HALVES for case in half(name)}
    counts = {**found.left_out, "unknown": len(unknown)}
    notes += [f"{path} : {messages.LEFT_OUT[why].format(n=n)}" for why, n in counts.items() if n]
    return found


def _calibration(halves: Asked, index: Index) -> list[Judged]:
    asked = tqdm(halves.items(), desc="calibration", unit="half", disable=None)
    return [one for name, cases in asked for one in judged(name, cases, index)]


def _kept(options: argparse.Namespace, cases: Sequence[Case]) -> baseline.Kept:
    """The baseline to compare with: of this project, or the one named; empty where none is."""
    own = not (options.url or options.answers) and (options.system or [REPORTED])[0] == REPORTED
    if options.write_baseline:
        if not options.baseline and (options.half or not own):
            raise CannotMeasure(messages.NOT_THE_BASELINE)
        return {}
    if not (options.baseline or own):
        return {}
    path = options.baseline or baseline.KEPT
    try:
        kept = baseline.read(path)
    except (OSError, ValueError) as error:
        raise CannotMeasure(messages.UNREADABLE.format(file=path, cause=error)) from error
    if not baseline.paired(cases, kept):
        raise CannotMeasure(messages.NO_PAIRS.format(file=path))
    return kept
