"""The bytes of an untrusted file in, its readings out, made in a process that may die.

The reader is chosen by the first bytes (:mod:`ingest.read.formats`) and runs in a child,
``python -m ingest.read``, with limits on memory, time and what it writes, and no network. A child
that fails, is killed or never ends is the refusal of one file.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import CorpusError
from ingest import messages
from ingest.read.formats import refused
from ingest.read.limits import LARGEST, limits_of
from ingest.read.reading import Reading

_ROOT = Path(__file__).parents[2]
# What a child may know of the environment: nothing secret is needed to read a file.
_KNOWN = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "SYSTEMROOT")


def read(content: bytes, name: str) -> tuple[Reading, ...]:
    """The documents of a file, in its order: one, or one an article where it is law.

    ``name`` is the file's own, for its extension and the messages. Raises CorpusError
    ``corpus_unreadable_file``, which names the file and says in French what to do.
    """
    if len(content) > LARGEST:
        raise refused(messages.HUGE_FILE, name, limit=LARGEST // 1_000_000)
    with tempfile.TemporaryFile() as written:
        status = _run(content, name, written)
        return _readings(written, status, name)


def _run(content: bytes, name: str, written: BinaryIO) -> int:
    """The exit status of the child; it and all that it started are gone on return."""
    with subprocess.Popen(
        [sys.executable, "-m", "ingest.read", name],
        stdin=subprocess.PIPE,
        stdout=written,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd=_ROOT,
        start_new_session=True,
    ) as child:
        try:
            child.communicate(content, timeout=limits_of(content).seconds)
        except subprocess.TimeoutExpired as error:
            raise refused(messages.SLOW_FILE, name) from error
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    return child.returncode


def _environment() -> dict[str, str]:
    known = {key: os.environ[key] for key in _KNOWN if key in os.environ}
    return known | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OMP_THREAD_LIMIT": "1"}


def _readings(written: BinaryIO, status: int, name: str) -> tuple[Reading, ...]:
    """What a child said, believed only where it has the right shape."""
    if status or written.seek(0, os.SEEK_END) > LARGEST * 2:
        raise refused(messages.CRASHED_READER, name)
    written.seek(0)
    try:
        said: dict[str, Any] = json.load(written)
        if "refused" in said:
            raise CorpusError("corpus_unreadable_file", str(said["refused"]))
        return tuple(Reading.of_json(fields) for fields in said["readings"])
    except (ValueError, TypeError, KeyError) as error:
        raise refused(messages.CRASHED_READER, name) from error
