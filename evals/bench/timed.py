"""``python -m evals.bench.timed NAME``: one system over the published index, timed; JSON out.

Runs in a process of its own, so that memory and cold start are of that system alone. Questions
are those of the development half; each is asked once before anything is measured.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.case import Case
    from evals.systems import System

MEASURED = ("product", "tutorial")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints seconds to the first answer, milliseconds of warm answers, requests/s and MB."""
    started = time.perf_counter()
    parser = argparse.ArgumentParser(prog="python -m evals.bench.timed", description=__doc__)
    parser.add_argument("name", choices=MEASURED)
    options = parser.parse_args(arguments)

    from evals.case import HALVES, half
    from evals.run import opened
    from evals.systems import make

    index = opened(parser)
    system = make(options.name, index)
    cases = half(HALVES[0])
    system.answer(cases[0])
    ready = time.perf_counter() - started
    first, warm = [[_once(system, case) for case in cases] for _ in range(2)]
    told = {
        "system": options.name,
        "passages": len(index.order),
        "load_s": round(ready, 2),
        "first_ms": _shape(first),
        "warm_ms": _shape(warm),
        "per_second": round(1000 / statistics.mean(warm), 1),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(told))  # noqa: T201
    return 0


def _once(system: "System", case: "Case") -> float:
    """Milliseconds of one answer, as the system tells them."""
    return system.answer(case).elapsed_ms or 0.0


def _shape(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and worst."""
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {name: round(t, 2) for name, t in (("p50", cuts[9]), ("p95", cuts[18]))} | {
        "max": round(max(times), 2)
    }


if __name__ == "__main__":
    sys.exit(main())
