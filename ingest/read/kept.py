"""Readings kept from one ingest to the next: a file that has not changed is not read again.

Comes in: a file and a folder. Goes out: its readings, from the folder where they are, else read
and put there. A refusal is not kept: what it complained of may be mended outside the file.
"""

import hashlib
import json
import time
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path, PurePath

from ingest.read import read
from ingest.read.reading import Reading

UNUSED = 90 * 86_400  # seconds; a reading that no ingest wanted for so long is dropped


def read_once(content: bytes, name: str, folder: Path) -> tuple[Reading, ...]:
    """As :func:`ingest.read.read`, which it calls only when the folder does not hold the answer."""
    file = folder / f"{_key(content, name)}.json"
    try:
        kept = tuple(Reading.of_json(fields) for fields in json.loads(file.read_bytes()))
        file.touch()  # still of use
        return kept
    except (OSError, ValueError, TypeError):
        readings = read(content, name)
    folder.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".part")
    aside.write_text(json.dumps([asdict(r) for r in readings], ensure_ascii=False), "utf-8")
    aside.replace(file)
    _sweep(folder)
    return readings


def _sweep(folder: Path) -> None:
    """Remove what nothing has drawn from for long."""
    for file in folder.iterdir():
        if file.stat().st_mtime < time.time() - UNUSED:
            file.unlink(missing_ok=True)


def _key(content: bytes, name: str) -> str:
    """Hash of the file, of the extension it must agree with, and of the code of the readers."""
    digest = hashlib.sha256(_code())
    digest.update(PurePath(name).suffix.lower().encode() + b"\0")
    digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    files = sorted(p for p in Path(__file__).parent.iterdir() if p.suffix in {".py", ".toml"})
    return b"".join(p.name.encode() + p.read_bytes() for p in files)
