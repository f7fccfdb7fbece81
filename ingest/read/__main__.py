"""The child that reads one untrusted file: its bytes on standard input, JSON on standard output.

``python -m ingest.read NAME`` writes ``{"readings": […]}``, or ``{"refused": "…"}`` in French.
It is started by :func:`ingest.read.read`, which believes nothing else of it.
"""

import json
import os
import sys
from dataclasses import asdict
from importlib import import_module

from assistant.errors import CorpusError
from ingest import messages
from ingest.read.archive import format_of_zip
from ingest.read.formats import agreed, format_of, refused, zipped
from ingest.read.limits import LARGEST, confine, limits_of
from ingest.read.reading import Reading


def main() -> int:
    """Exit status 0, whatever is said: another one is a crash."""
    name = sys.argv[1]
    content = sys.stdin.buffer.read(LARGEST + 1)
    confine(limits_of(content))
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    said = json.dumps(_said(content, name), ensure_ascii=False)
    with open(out, "w", encoding="utf-8", errors="surrogatepass") as answer:
        answer.write(said)
    return 0


def _said(content: bytes, name: str) -> dict[str, object]:
    try:
        return {"readings": [asdict(reading) for reading in readings(content, name)]}
    except CorpusError as error:
        return {"refused": named(error.message, name)}
    except RecursionError:
        return {"refused": messages.NESTED_FILE.format(file=name)}
    except MemoryError:
        return {"refused": messages.HEAVY_FILE.format(file=name)}
    except Exception:  # noqa: BLE001 (whatever a library makes of a bad file, it is refused)
        return {"refused": messages.DAMAGED_FILE.format(file=name)}


def named(message: str, name: str) -> str:
    """A refusal of a reader, which knows no names, with that of the file."""
    return name + message.removeprefix("{file}") if message.startswith("{file} ") else message


def readings(content: bytes, name: str) -> list[Reading]:
    """What the reader that fits makes of a file. Raises CorpusError, or what its library raises."""
    found = format_of_zip(content, name) if zipped(content) else format_of(content, name)
    reader = import_module(f"ingest.read.{agreed(found, name)}")  # the heavy libraries, one alone
    read = reader.read(content)
    made: list[Reading] = [read] if isinstance(read, Reading) else list(read)
    if not any(any(map(str.isalnum, reading.text)) for reading in made):
        raise refused(messages.NO_TEXT, name)
    return made


if __name__ == "__main__":
    sys.exit(main())
