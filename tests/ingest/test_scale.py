"""Many documents: memory grows as the data does and no faster, and questions still find."""

import hashlib
import random
import re
import resource
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from assistant.ask import ask, desk_of
from assistant.index import Index, current
from assistant.settings import Settings
from assistant.types import Question
from ingest.__main__ import run
from ingest.commands.check import look
from tests.corpus_folder import ENTRY, served, settings_of

CORPUS = Path(__file__).parents[2] / "corpus"
PAGES = 10
NOISE = 20_000_000  # bytes that the interpreter takes or leaves as it likes
QUESTIONS = (
    "Qu'est-ce qu'un PTCE ?",
    "Comment une commune peut-elle soutenir un PTCE ?",
    "Quel est le rôle de la région ?",
    "Que dit la loi de 2014 ?",
    "Qui contacter ?",
)


def sentences() -> list[str]:
    """Sentences of the corpus, to make documents of."""
    found = [
        sentence.strip()
        for file in sorted(CORPUS.glob("*.txt"))
        for sentence in re.split(r"(?<=[.!?])\s+", file.read_text("utf-8"))
    ]
    return [s for s in found if 40 < len(s) < 300 and "\n" not in s]


def document(number: int, found: Sequence[str]) -> str:
    """Ten pages of headings, paragraphs and a list; no two documents are alike."""
    dice = random.Random(number)

    def page(rank: int) -> str:
        said = [f"{dice.choice(found)} (n° {dice.randint(1, 99_999)})." for _ in range(3)]
        items = "\n".join(f"- {dice.choice(found)}" for _ in range(3))
        return f"# Partie {rank} du guide {number}\n\n{' '.join(said)}\n\nPoints :\n\n{items}\n"

    return "\f".join(page(rank) for rank in range(1, PAGES + 1))


def grow(folder: Path, count: int) -> None:
    """The folder made to hold so many documents, in step with its manifest."""
    found = sentences()
    entries = []
    for number in range(count):
        content = document(number, found).encode()
        (folder / f"fait-{number}.txt").write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        entries.append(ENTRY.format(id=f"fait-{number}", sha256=digest))
    (folder / "manifest.toml").write_text("".join(entries), "utf-8")


def peak() -> int:
    """The most memory that this process ever held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def ingested(made: Settings, count: int) -> tuple[int, float]:
    """Peak memory of a whole run over so many documents, in bytes, and its passages a second."""
    grow(made.corpus_dir, count)
    begun = time.monotonic()
    _, refused = run(made, fresh=True)
    spent = time.monotonic() - begun
    assert refused == ()
    held = peak()
    passages = passages_of(made, count)
    sys.stdout.write(f"{count} documents: {passages} passages in {spent:.0f} s\n")
    return held, passages / spent


def passages_of(made: Settings, count: int) -> int:
    """How many passages the served index has, which holds each page of so many documents."""
    index = served(made)
    assert len(index.documents) == count
    assert {p.page for p in index.order} == set(range(1, PAGES + 1))
    asked = sorted(_seconds(text, index) for text in QUESTIONS)
    assert ask(Question(text=QUESTIONS[1]), index).citations
    desk_of.cache_clear()  # it holds the index, which the next run does not need
    sys.stdout.write(f"{count} documents: a question in {asked[len(asked) // 2] * 1e3:.0f} ms\n")
    return len(index.order)


def _seconds(text: str, index: Index) -> float:
    """The time of a question; asked once before, since the first reads what all others share."""
    question = Question(text=text)
    ask(question, index)
    begun = time.perf_counter()
    ask(question, index)
    return time.perf_counter() - begun


@pytest.mark.parametrize(
    "counts", [(2, 4, 8), pytest.param((5, 500, 2000), marks=pytest.mark.full)]
)
def test_many_documents_in_one_run(tmp_path: Path, counts: tuple[int, int, int]) -> None:
    """A document costs no more memory among many than among a quarter of them."""
    made = settings_of(tmp_path, "bundled")
    peaks = []
    # in a process of its own: this one may have held more before
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as child:
        for count in counts:
            held, speed = child.submit(ingested, made, count).result()
            peaks.append(held)
            sys.stdout.write(f"{count} documents: {speed:.0f} passages/s, {held / 1e6:.0f} MB\n")
    base, quarter, whole = peaks  # the first run holds the model and the code
    few, some, many = counts
    allowed = max(quarter - base, NOISE) / (some - few)
    sys.stdout.write(f"{(whole - quarter) / (many - some) / 1e3:.0f} kB a further document\n")
    assert (whole - quarter) / (many - some) <= 1.25 * allowed
    assert look(made, Namespace(quick=False)) == 0


def test_one_more_document_costs_one(tmp_path: Path, tiny_model: str) -> None:
    made = settings_of(tmp_path, tiny_model)
    grow(made.corpus_dir, 3)
    run(made)
    old = current(made)
    before = served(made)
    grow(made.corpus_dir, 4)
    report, _ = run(made)
    fresh = len(served(made).order) - len(before.order)
    assert f"{fresh} vecteurs calculés, {len(before.order)} repris" in report
    assert "3 documents inchangés" in report and "fait-3 (ajouté)" in report
    assert current(made) != old
