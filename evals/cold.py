"""``python -m evals.cold NAME``: a new process answers one question; how long its caller waits.

Measured from outside, launch of Python included: the first person after a restart waits this long.
"""

import subprocess
import sys
import time
from collections.abc import Sequence

from evals.case import HALVES, half
from evals.run import opened

MEASURED = ("product", "tutorial")  # the systems that a process loads
RUNS = 3
LIMIT = 300  # seconds; a start that takes longer is a failure


def cold_starts(name: str, runs: int = RUNS) -> list[float]:
    """Seconds from the launch of a process to its first answer, once a run, sorted.

    Raises subprocess's errors when the process fails or takes over five minutes.
    """
    return sorted(_start(name) for _ in range(runs))


def _start(name: str) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "evals.cold", name]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
    return time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> None:
    """Answers the first development question."""
    import argparse

    from evals.systems import make

    parser = argparse.ArgumentParser(prog="python -m evals.cold", description=__doc__)
    parser.add_argument("name", choices=MEASURED)
    options = parser.parse_args(arguments)
    make(options.name, opened(parser)).answer(half(HALVES[0])[0])


if __name__ == "__main__":
    main()
