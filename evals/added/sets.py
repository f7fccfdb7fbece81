"""A set by its name in; its questions, and an index of the corpus with its documents, out.

Its folder ``documents`` is a shelf as ``python -m ingest add`` leaves one, made of what it guesses.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal, get_args

from assistant.index import Index, Reader
from assistant.settings import load_settings
from evals.case import Case, Half, load

FOLDER = Path(__file__).parent
Set = Literal["first", "second", "third"]
SETS: tuple[Set, ...] = get_args(Set)
# The first two were tuned on. The third is scored: neither its lines nor its failures are read.
HALF_OF: dict[Set, Half] = {"first": "development", "second": "development", "third": "test"}
LIMIT = 600  # seconds; an ingest of eleven documents that takes longer is a failure


def cases(name: Set) -> list[Case]:
    """The questions of a set."""
    return load(FOLDER / name / "questions.jsonl")


def published(name: Set, data: Path) -> Index:
    """The corpus and the documents of a set, ingested into a data folder that holds nothing yet.

    Raises subprocess's errors when a document is refused or the ingest takes over ten minutes.
    """
    shutil.copytree(FOLDER / name / "documents", data / "documents")
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data)}
    command = [sys.executable, "-m", "ingest"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=LIMIT)
    return Reader(load_settings().model_copy(update={"data_dir": data})).current()
