"""A published index in; what its HTTP server gives to a few clients at once out.

The server is a process of its own, ``python -m api``, on the loopback address, without rate limit.
"""

import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from evals.case import HALVES, half

CLIENTS = 4
SECONDS = 20.0  # of load
PATIENCE = 300.0  # seconds for the server to be ready


def served(data: Path) -> dict[str, float]:
    """Seconds to ready, requests/s, milliseconds as clients wait, and MB of the server.

    Raises RuntimeError when the server does not answer in five minutes.
    """
    port = _free_port()
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data), "ASSISTANT_RATE_LIMIT": "off"}
    started = time.perf_counter()
    command = [sys.executable, "-m", "api", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}", started)
            ready = time.perf_counter() - started
            times = _load(f"http://127.0.0.1:{port}")
            memory = _resident(server.pid)
        finally:
            server.terminate()
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {
        "ready_s": round(ready, 2),
        "clients": CLIENTS,
        "per_second": round(len(times) / SECONDS, 1),
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "rss_mb": memory,
    }


def _wait(url: str, started: float) -> None:
    while time.perf_counter() - started < PATIENCE:
        try:
            if httpx.get(f"{url}/ready", trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise RuntimeError(url)


def _load(url: str) -> list[float]:
    """Milliseconds of every answer that the clients got; each asks as soon as it is answered."""
    times: list[float] = []
    until = time.perf_counter() + SECONDS

    def ask(offset: int) -> None:
        questions = [case.question for case in half(HALVES[0])]
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            while time.perf_counter() < until:
                offset += 1
                started = time.perf_counter()
                question = questions[offset % len(questions)]
                client.post("/api/ask", json={"question": question}).raise_for_status()
                times.append((time.perf_counter() - started) * 1000)

    threads = [threading.Thread(target=ask, args=(i * 100,)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _resident(pid: int) -> int:
    """MB of a process on Linux; 0 elsewhere."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return 0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    return round(int(lines["VmRSS"].split()[0]) / 1024)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
