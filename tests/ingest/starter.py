"""Runs of ``python -m ingest`` that begin at once: children of one process that is ready to work.

Each line of standard input is a JSON object of settings; the number of the child that ingests under
them is written, then its exit status (negative: the signal that ended it). A killed run then meets
its own work, and not ten seconds of imports.
"""

import faulthandler
import json
import os
import sys
import tempfile
import threading
from pathlib import Path

import chromadb  # noqa: F401  (no client is opened: it would start threads)
from tqdm import tqdm

from assistant import lexical
from assistant.embedding import Embedder
from assistant.types import Source
from ingest.__main__ import main
from ingest.split import split
from tests.corpus_folder import LIBRARY

HUNG = 240  # seconds; a child that lives longer tells where it stands, and ends


def warm(model: str) -> None:
    """Loads what every run needs: word lists, the code of models, that of the lexical index."""
    source = Source(
        id="a",
        kind="guide",
        title="Guide",
        publisher="RTES",
        date="2020",
        url=None,
        obtained="",
        sha256="0" * 64,
    )
    for text in LIBRARY.values():
        split(source, text)
    with tempfile.TemporaryDirectory() as folder:
        lexical.write(Path(folder), list(LIBRARY.values()))
    Embedder(model).check()


def serve() -> None:
    """Runs until its standard input ends."""
    tqdm.monitor_interval = 0  # it would watch from a thread, of whose locks a fork makes copies
    tqdm.set_lock(threading.RLock())  # its own is shared by forks: one killed keeps it for all
    warm(sys.argv[1])
    _say(threading.active_count())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_ingest(json.loads(line)))
        _say(child)
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _ingest(given: dict[str, str]) -> int:
    faulthandler.dump_traceback_later(HUNG, exit=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.environ.update(given)
    return main([])


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
