"""``python -m api`` in a process of its own, over a copy of an index, and what it weighs."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.index import root
from assistant.settings import Settings

ROOT = Path(__file__).parents[2]
READY = "L'assistant est ouvert : "


@dataclass(frozen=True)
class Running:
    """A server that listens on the loopback."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    data: Path

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def memory(self) -> float:
        """Its resident memory now, in MB."""
        return memory_of(self.process.pid)


def memory_of(process: int | str) -> float:
    """The resident memory of a process, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def started(command: list[str], folder: Path, **settings: str) -> Iterator[Running]:
    """The server that a command starts on a folder of data, stopped in the end."""
    log = folder / "log.txt"
    given = {"ASSISTANT_DATA_DIR": str(folder / "data"), "ASSISTANT_LOG_FORMAT": "text"}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, *command],
            stderr=errors,
            env=os.environ | given | settings,
            cwd=ROOT,
        )
        try:
            yield Running(process, _port(process, log), log, folder / "data")
        finally:
            process.kill()
            process.wait()


@contextmanager
def serving(made: Settings, folder: Path, **settings: str) -> Iterator[Running]:
    """The assistant itself, over a copy of the index of these settings."""
    shutil.copytree(root(made), folder / "data" / "index")
    given = {"ASSISTANT_RATE_LIMIT": "off", "ASSISTANT_EMBEDDING_MODEL": made.embedding_model}
    with started(["-m", "api", "--port", "0"], folder, **given | settings) as running:
        yield running


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    while process.poll() is None:
        said = log.read_text("utf-8")
        if READY in said and "(" in said.split(READY)[1]:
            return int(said.split(READY)[1].split(" ")[0].rsplit(":", 1)[1])
        time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8"))
