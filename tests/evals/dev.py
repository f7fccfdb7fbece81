"""Two development sets whose figures are worked out by hand, and a model that translates words.

Passage 3 says one word that all say, then three words of its own list: the shorter a passage, the
nearer it is to that word alone, for every view. What only some views find stands last in the
file: to the others every passage is worth nothing, and they find the ten that stand first.
"""

import json
from collections.abc import Sequence
from math import log2
from pathlib import Path

from tests.ingest.model.made import Floats, hashed

WORDS = (
    "jardin", "école", "pont", "marché", "forêt", "rivière", "route", "bibliothèque", "théâtre",
    "gare", "port",
)  # fmt: skip
ORDER = (11, 5, 3, 9, 7, 2, 10, 6, 4, 8, 0, 1)  # of the passages in the file
TRANSLATED = {"townhall": "mairie", "law": "loi", "garden": "jardin"}
SECOND = 1 / log2(3)  # what the second rank is worth; the first is worth 1, the third 1/2
FIRST_AND_THIRD = (1 + 1 / 2) / (1 + SECOND)
ASKED = (
    ("Où est la mairie ?", [0, 2]),  # ranks 1 and 3
    ("La mairie", [11]),  # rank 12
    ("mairies", [1]),  # rank 2 of the lexical views, unknown to the model
    ("townhall", [0]),  # rank 1 of the model, unknown to the lexical views
)
LEXICAL = 100 * (FIRST_AND_THIRD + 0 + SECOND + 0) / 4
NDCG = {
    "words": LEXICAL,
    "4-grams": LEXICAL,
    "dense": 100 * (FIRST_AND_THIRD + 0 + 0 + 1) / 4,
    "words + 4-grams": LEXICAL,
    "words + 4-grams + dense": 100 * (FIRST_AND_THIRD + 0 + SECOND + 1) / 4,
}
# « loi » finds the ten shortest. In English the three shortest are asked by all the words, which
# rank the longest first: of these three, the third alone is tenth.
RECALL = {"en → fr": 100 * 8 / 12, "fr → fr": 100 * 10 / 12}


def write_dev(folder: Path) -> None:
    """Both sets, as the folder of the training text holds them."""
    passages = {f"p{i}": _passage("mairie", i) for i in ORDER}
    queries = [{"question": q, "relevant": [f"p{i}" for i in ids]} for q, ids in ASKED]
    held = {"passages": passages, "queries": queries}
    _write(folder / "dev_retrieval_fr.json", held)
    _write(folder / "dev_crosslingual.json", [_section(i) for i in range(len(ORDER))])


def encode(texts: Sequence[str]) -> Floats:
    """A bag of words that knows the French of a few English ones."""
    return hashed(texts, 4096, TRANSLATED)


def _passage(first: str, i: int) -> str:
    return " ".join((first, *WORDS[:i]))


def _section(i: int) -> dict[str, str]:
    asked = "law garden " + " ".join(WORDS[1:]) if i < 3 else "law"
    return {"en_query": asked, "fr_query": "loi", "fr_passage": _passage("Loi", i)}


def _write(file: Path, held: object) -> None:
    file.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
