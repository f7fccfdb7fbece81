"""``python -m evals.claims``: what the check of a model's sentences catches and loses, by class.

A table and JSON; of a blind file, counts only. Exit status: 0 measured, 1 no index to measure on.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.settings import load_settings
from evals.claims.labelled import BLIND, HALVES, Half, load
from evals.claims.measure import Judged, counts, judged, reasons
from evals.messages import CLAIM_SETS, CLAIMS, WRITTEN
from evals.run import opened


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the table, writes the JSON."""
    parser = argparse.ArgumentParser(prog="python -m evals.claims", description=CLAIMS["about"])
    parser.add_argument("--half", choices=HALVES, help=CLAIMS["half"])
    parser.add_argument("--json", type=Path, metavar="FILE", help=CLAIMS["json"])
    options = parser.parse_args(arguments)
    index = opened(parser)
    halves: tuple[Half, ...] = (options.half,) if options.half else HALVES
    found = {half: judged(load(half), index) for half in halves}
    for half in halves:
        print(table(half, found[half]))  # noqa: T201
    file = options.json or load_settings().data_dir / "evals" / "claims.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {half: as_json(half, found[half]) for half in halves}
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    print(WRITTEN.format(file=file), file=sys.stderr)  # noqa: T201
    return 0


def table(half: Half, found: Sequence[Judged]) -> str:
    """One line a class, then all of them, true and false."""
    lines = [CLAIMS["head"].format(half=CLAIM_SETS[half])]
    for name, count in counts(found).items():
        low, high = (100 * bound for bound in count.interval)
        lines.append(
            CLAIMS["row"].format(name=name, taken=count.taken, n=count.n, low=low, high=high)
        )
    return "\n".join(lines)


def as_json(half: Half, found: Sequence[Judged]) -> dict[str, object]:
    """The counts; of what may be tuned on, also each sentence taken wrongly or missed, and why."""
    told: dict[str, object] = {
        "classes": {name: count.model_dump() for name, count in counts(found).items()}
    }
    if half not in BLIND:
        wrong = [one.model_dump() for one in found if one.kept != one.true]
        told |= {"reasons": reasons(found), "wrong": wrong}
    return told


if __name__ == "__main__":
    sys.exit(main())
