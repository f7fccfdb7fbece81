"""The report of the benchmark in; its table in Markdown out."""

from collections.abc import Iterator, Mapping
from typing import Any

from evals.messages import BENCH_COLUMNS, BENCH_HEAD


def table(report: Mapping[str, Any]) -> str:
    """The machine and the date, then a row a size and system."""
    lines = [BENCH_HEAD.format(**report), "", *BENCH_COLUMNS]
    for size in report["sizes"]:
        lines += _rows(size)
    return "\n".join(lines) + "\n"


def _rows(size: Mapping[str, Any]) -> Iterator[str]:
    ingest, http = size["ingest"], size["served"]
    for name, told in size["systems"].items():
        warm, first, own = told["warm_ms"], told["first_ms"], name == "product"
        cells = [
            f"{told['passages']:,}",
            name,
            f"{warm['p50']} / {warm['p95']}",
            f"{first['p50']} / {first['p95']}",
            str(told["per_second"]),
            f"{http['per_second']} ({http['p95_ms']} ms)" if own else "–",
            str(told["load_s"]),
            f"{told['rss_mb']} / {http['rss_mb']}" if own else str(told["rss_mb"]),
            str(ingest["per_s"]) if own and ingest else "–",
        ]
        yield f"| {' | '.join(cells)} |"
