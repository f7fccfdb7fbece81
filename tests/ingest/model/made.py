"""Made-up training text in two languages, a tokeniser of it, and a model that hashes words."""

import json
import lzma
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.words import fold
from ingest.model.text import tokenizer

Floats = NDArray[np.float32]
Made = dict[str, list[dict[str, Any]]]
FRENCH = "la mairie prête un local aux élus de la commune pour le jardin partagé"
ENGLISH = "the town hall lends a room to the councillors for the shared garden"


def whole_words(words: Sequence[str]) -> Tokenizer:
    """A tokeniser that knows these words, the letters of the first one, and no more."""
    return tokenizer(words[:1], 2, words)


def rows(count: int) -> Made:
    """The rows of the seven files; a word that :func:`marks` finds says where each text stands."""
    return {
        "laws_sections": [_section(f"rang{i}s") for i in range(count)],
        "laws_parallel": [_pair(f"rang{i}p") for i in range(count)],
        "laws_terms": [{"en": f"rang{i}t hall", "fr": f"mairie rang{i}t"} for i in range(count)],
        "codes_fr": [_article(f"rang{i}c", whole=i % 3 > 0) for i in range(count)],
        "tatoeba": [{"en": f"Go, rang{i}o!", "fr": f"Va, rang{i}o !"} for i in range(count)],
        "eurovoc": [{"en": f"rang{i}e LAW", "fr": f"DROIT rang{i}e"} for i in range(count)],
        "questions_fr": [_question(f"rang{i}q") for i in range(count)],
    }


def marks(texts: Iterable[str]) -> list[str]:
    """The words that say of which row and of which file texts are: « rang3 » and a letter."""
    return sorted({mark for text in texts for mark in re.findall(r"rang\d+[a-z]", text)})


def write(folder: Path, made: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """The files of the rows, as the folder of the training text holds them."""
    for name, found in made.items():
        with lzma.open(folder / f"{name}.jsonl.xz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found)


def hashed(texts: Sequence[str], size: int, known: Mapping[str, str] | None = None) -> Floats:
    """Unit vectors to which each word adds one where its hash says, its translation if known."""
    vectors = np.zeros((len(texts), size), dtype=np.float32)
    for vector, text in zip(vectors, texts, strict=True):
        for word in re.findall(r"\w+", fold(text)):
            vector[zlib.crc32((known or {}).get(word, word).encode()) % size] += 1
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


class Teacher:
    """Stands for the transformer; ``read`` is what it was given, in order."""

    size = 384

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(
        self, texts: list[str], normalize_embeddings: bool, show_progress_bar: bool
    ) -> Floats:
        assert normalize_embeddings and not show_progress_bar
        self.read += texts
        return hashed(texts, self.size)


def _long(text: str, mark: str) -> str:
    return " ".join(f"{word} {mark}" for word in text.split())


def _pair(mark: str) -> dict[str, Any]:
    return {"en": _long(ENGLISH, mark), "fr": _long(FRENCH, mark)}


def _section(mark: str) -> dict[str, Any]:
    noted = not mark.endswith("0s")
    return _pair(mark) | {
        "en_note": f"Note of {mark}" if noted else None,
        "en_heading": f"Title {mark}",
        "fr_note": f"Note du {mark}" if noted else None,
        "fr_heading": f"Titre {mark}",
    }


def _article(mark: str, whole: bool) -> dict[str, Any]:
    headings = [f"Livre {mark}", f"Titre {mark}", f"Chapitre {mark}"] if whole else []
    return {"code": f"Code {mark}", "headings": headings, "text": _long(FRENCH, mark)}


def _question(mark: str) -> dict[str, Any]:
    return {"question": f"Où vit la girafe {mark} ?", "passage": _long(FRENCH, mark)}
