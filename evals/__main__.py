"""``python -m evals``: how good the answers are, beside other systems; a table, a page, JSON.

Exit status: 0 measured, 1 a headline figure really lost since the baseline, or not judged, or no
index to measure, 2 what was asked for cannot be measured or compared.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from assistant.settings import load_settings
from evals import baseline, messages
from evals.case import HALVES
from evals.cold import RUNS
from evals.export import FORMATS, export
from evals.measure import CannotMeasure, measure
from evals.report.measured import Measured, as_json
from evals.report.table import change_title, changes, failed, table, title
from evals.run import opened
from evals.systems import MADE


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, writes what was asked for, and says what was really lost."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.export and options.export[0] not in FORMATS:
        parser.error(messages.NO_FORMAT.format(form=options.export[0], known=", ".join(FORMATS)))
    index = opened(parser)
    try:
        measured = measure(options, index)
    except ValidationError as error:
        return _say(messages.BAD_SETTING.format(cause=error.errors()[0]["msg"]), 2)
    except CannotMeasure as error:
        return _say(str(error), 2)
    print(table(measured.runs, measured.metrics))  # noqa: T201
    if options.failed:
        print("\n" + failed(measured.runs[0].of("development")))  # noqa: T201
    _write(measured, options)
    for note in measured.notes:
        _say(note, 0)
    return _kept(measured, options) if options.write_baseline else _compared(measured)


def _write(measured: Measured, options: argparse.Namespace) -> None:
    from evals.report.page import page

    folder = load_settings().data_dir / "evals"
    told = json.dumps(as_json(measured), ensure_ascii=False, indent=1)
    _put(options.json or folder / "report.json", told)
    _put(options.html or folder / "report.html", page(measured))
    if options.export:
        form, file = options.export
        _put(Path(file), export(form, measured.runs[0]))


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    _say(messages.WRITTEN.format(file=file), 0)


def _kept(measured: Measured, options: argparse.Namespace) -> int:
    """Keeps the first run as the baseline, if it can be compared with later."""
    status = _doubtful(measured)
    if not status:
        _put(options.baseline or baseline.KEPT, baseline.keep(measured.runs[0]))
    return status


def _compared(measured: Measured) -> int:
    if measured.changes:
        print("\n" + changes(measured.changes))  # noqa: T201
    if measured.left_out:
        _say(messages.NOT_COMPARED.format(n=measured.left_out), 0)
    losses = [change_title(change) for change in measured.changes if change.loss]
    lost = _say(messages.LOST.format(what=" ; ".join(losses)), 1) if losses else 0
    return _doubtful(measured) or lost


def _doubtful(measured: Measured) -> int:
    """The exit status of a measure that says nothing, or not of every answer; 0 of a sound one."""
    silent = [run.system for run in measured.runs if run.silent]
    if silent:
        return _say(messages.SILENT.format(systems=", ".join(map(title, silent))), 2)
    unjudged = baseline.unjudged(measured.runs[0])
    return _say(messages.UNJUDGED.format(n=unjudged), 1) if unjudged else 0


def _parser() -> argparse.ArgumentParser:
    words, forms = messages.OPTIONS, "|".join(FORMATS)
    parser = argparse.ArgumentParser(prog="python -m evals", description=messages.ABOUT)
    parser.add_argument("--system", action="append", choices=MADE, help=words["system"])
    parser.add_argument("--half", choices=HALVES, help=words["half"])
    parser.add_argument("--url", help=words["url"])
    parser.add_argument("--answers", type=Path, metavar="FILE", help=words["answers"])
    parser.add_argument("--json", type=Path, metavar="FILE", help=words["json"])
    parser.add_argument("--html", type=Path, metavar="FILE", help=words["html"])
    parser.add_argument("--export", nargs=2, metavar=(forms, "FILE"), help=words["export"])
    parser.add_argument("--baseline", type=Path, metavar="FILE", help=words["baseline"])
    parser.add_argument("--write-baseline", action="store_true", help=words["write_baseline"])
    parser.add_argument("--judge", action="store_true", help=words["judge"])
    parser.add_argument("--cold", type=int, default=RUNS, metavar="N", help=words["cold"])
    parser.add_argument("--failed", action="store_true", help=words["failed"])
    return parser


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
