"""Many documents: memory grows as the data does and no faster, and questions still find."""

import hashlib
import random
import re
import resource
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.index import current
from assistant.settings import Settings
from ingest.__main__ import run
from ingest.commands.check import look
from tests.corpus_folder import ENTRY, served, settings_of

CORPUS = Path(__file__).parents[2] / "corpus"
PAGES = 10


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


@pytest.mark.parametrize("counts", [(3, 6), pytest.param((500, 2000), marks=pytest.mark.full)])
def test_many_documents_in_one_run(tmp_path: Path, counts: tuple[int, int]) -> None:
    """Peak memory a document, from the smaller to the larger, stays that of the smaller."""
    made: Settings = settings_of(tmp_path, "bundled")
    grown: list[tuple[int, int]] = []
    for count in counts:
        grow(made.corpus_dir, count)
        before, begun = peak(), time.monotonic()
        _, refused = run(made, fresh=True)
        assert refused == ()
        index = served(made)
        assert len(index.documents) == count
        assert {p.page for p in index.order} == set(range(1, PAGES + 1))
        grown.append((count, peak() - before))
        speed = len(index.order) / (time.monotonic() - begun)
        sys.stdout.write(f"{count} documents: {speed:.0f} passages/s, peak {peak() / 1e6:.0f} MB\n")
    (few, first), (many, second) = grown
    a_document = 2_000_000  # bytes; its text is 15 kB, and each object of it costs more
    assert second <= a_document * (many - few) + max(first, 50_000_000)
    assert look(made, Namespace()) == 0


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
