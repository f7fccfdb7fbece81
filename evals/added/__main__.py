"""``python -m evals.added``: how well this project answers from documents that were added to it.

Each set goes beside the corpus into a data folder of its own, which is gone at the end. A table.
Exit status: 0 measured, 1 the documents of a set cannot be ingested.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.added.sets import HALF_OF, SETS, Set, cases, published
from evals.case import Case
from evals.messages import ADDED, ADDED_SETS, SYSTEMS
from evals.metrics import metrics
from evals.report.table import columns, failed
from evals.run import Run, run
from evals.systems.product import Product


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints the table; of the sets that may be read, also what failed."""
    parser = argparse.ArgumentParser(prog="python -m evals.added", description=ADDED["about"])
    parser.add_argument("--set", action="append", choices=SETS, help=ADDED["set"])
    parser.add_argument("--failed", action="store_true", help=ADDED["failed"])
    options = parser.parse_args(arguments)
    try:
        found = {name: measured(name, cases(name)) for name in options.set or SETS}
    except subprocess.SubprocessError as error:
        print(ADDED["refused"].format(cause=error), file=sys.stderr)  # noqa: T201
        return 1
    print(table(found))  # noqa: T201
    if options.failed:
        for one in found.values():
            print("\n" + failed(one.of("development")))  # noqa: T201
    return 0


def measured(name: Set, asked: Sequence[Case]) -> Run:
    """What the product gives to questions on a set, judged as those on the corpus are.

    Raises what :func:`published` does.
    """
    with TemporaryDirectory() as data:
        index = published(name, Path(data))
        texts = {id: document.text for id, document in index.documents.items()}
        return run(Product(index), {HALF_OF[name]: asked}, metrics(texts))


def table(found: dict[Set, Run]) -> str:
    """One row a figure, one column a set."""
    groups = {ADDED_SETS[name]: one.rows for name, one in found.items()}
    return "\n".join(columns(SYSTEMS["product"], groups, metrics({})))


if __name__ == "__main__":
    sys.exit(main())
