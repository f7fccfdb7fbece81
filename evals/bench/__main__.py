"""``python -m evals.bench``: the speed of the product beside the tutorial pipeline, in one run.

At the size of the corpus, then at 10,000 and 100,000 made passages, published as all are. What is
published for a size is kept in ``bench/`` of the data folder and used again.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.index import Index
from assistant.settings import load_settings
from assistant.types import Document, Passage
from evals import messages
from evals.bench.made import made
from evals.bench.served import served
from evals.bench.table import table
from evals.run import opened

SIZES = (0, 10_000, 100_000)  # 0: the corpus as it is
PEER_UP_TO = 10_000  # passages; beyond, the peer takes hours to embed them
LIMIT = 7_200  # seconds for one process


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0; subprocess's errors where a part fails."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=messages.BENCH)
    parser.add_argument("--size", type=int, action="append", help=messages.BENCH_SIZE)
    parser.add_argument("--no-peer", action="store_true", help=messages.BENCH_ALONE)
    options = parser.parse_args(arguments)
    index, settings = opened(parser), load_settings()
    folder = settings.data_dir / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cœurs, Python {sys.version.split()[0]}",
        "load_before": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "sizes": [],
    }
    for size in options.size or SIZES:
        data = _published(index, size, folder) if size else settings.data_dir
        report["sizes"].append(_measured(data, size, peer=not options.no_peer))
        (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1))
        (folder / "report.md").write_text(table(report))
    print(table(report))  # noqa: T201
    return 0


def _measured(data: Path, size: int, *, peer: bool) -> dict[str, Any]:
    names = ["product", *(["tutorial"] if peer and size <= PEER_UP_TO else [])]
    systems = {name: _timed(name, data) for name in names}
    ingest = data / "ingest.json"
    return {
        "size": size,
        "systems": systems,
        "served": served(data),
        "ingest": json.loads(ingest.read_text()) if ingest.is_file() else None,
    }


def _timed(name: str, data: Path) -> dict[str, Any]:
    """What ``evals.bench.timed`` tells, with the cold start as its caller waits."""
    started = time.perf_counter()
    told: dict[str, Any] = json.loads(_run(["-m", "evals.bench.timed", name], data))
    return told | {"process_s": round(time.perf_counter() - started, 1)}


def _published(index: Index, size: int, folder: Path) -> Path:
    """The data folder of an index of that size, made unless it is there."""
    data = folder / str(size)
    if (data / "index" / "current").is_file():
        return data
    documents, passages = made(index, size)
    given = data / "given"
    given.mkdir(parents=True, exist_ok=True)
    _write(given / "documents.json", list[Document], documents)
    _write(given / "passages.json", list[Passage], passages)
    started = time.perf_counter()
    _run(["-m", "ingest.given", str(given)], data)
    seconds = time.perf_counter() - started
    told = {"passages": len(passages), "s": round(seconds), "per_s": round(len(passages) / seconds)}
    (data / "ingest.json").write_text(json.dumps(told))
    return data


def _write(file: Path, kind: Any, values: Sequence[object]) -> None:
    file.write_bytes(TypeAdapter(kind).dump_json(values))


def _run(arguments: Sequence[str], data: Path) -> str:
    environment: Mapping[str, str] = os.environ | {"ASSISTANT_DATA_DIR": str(data)}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=LIMIT
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
