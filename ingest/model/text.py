"""The training text in; rows, pieces and token ids out.

A folder holds JSON lines compressed with xz: ``laws_sections``, ``laws_parallel``,
``laws_terms``, ``codes_fr``, ``tatoeba``, ``eurovoc`` and ``questions_fr``. The card of the model
says what each is and where it comes from.
"""

import json
import lzma
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from assistant import lexicon, words

FILES = (
    "laws_sections", "laws_parallel", "laws_terms", "codes_fr", "tatoeba", "eurovoc",
    "questions_fr",
)  # fmt: skip
PAD, UNKNOWN = SPECIAL = ("[PAD]", "[UNK]")  # the first ids of a vocabulary
CHUNK = 20_000

Ints = NDArray[np.int64]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def read(folder: Path) -> Rows:
    """The rows of each file. Raises FileNotFoundError, which names the one that is missing."""
    found = {}
    for name in FILES:
        with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            found[name] = [json.loads(line) for line in lines]
    return found


def strings(rows: Rows) -> Iterator[str]:
    """Every text of the rows."""
    for row in (row for file in rows.values() for row in file):
        for name, value in row.items():
            if name != "code" and value:
                yield from [value] if isinstance(value, str) else value


def field_words() -> list[str]:
    """The words of the lexicon of the domain, folded: they are pieces whole (SCIC, EPCI)."""
    named = (c for c in lexicon.load().concepts.values() if c.kind not in ("ask", "block"))
    forms = (form for c in named for form in (*c.fr, *c.en, *c.caps))
    return list(dict.fromkeys(words.fold(t.text) for form in forms for t in words.tokens(form)))


def synonyms(seed: int) -> list[tuple[str, str, str]]:
    """Two forms of one concept of the lexicon and the concept, shuffled; each form three times."""
    chance = random.Random(seed)
    found = []
    for concept in lexicon.load().concepts.values():
        forms = [form.lstrip("=") for form in (*concept.fr, *concept.en, *concept.caps)]
        if concept.kind not in ("ask", "block") and len(forms) > 1:
            found += [(a, chance.choice(forms), concept.id) for a in forms for _ in range(3)]
    chance.shuffle(found)
    return found


def tokenizer(texts: Iterable[str], size: int, whole: Sequence[str]) -> Tokenizer:
    """A WordPiece tokeniser of folded letters and digits; the words of ``whole`` are never cut."""
    pieces = _folding(models.WordPiece(unk_token=UNKNOWN))
    known = list(texts)
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        min_frequency=3,
        # the trainer would number what follows a letter in an order of its own at each run
        special_tokens=[*SPECIAL, *(f"##{letter}" for letter in _letters(pieces, known))],
        show_progress=False,
    )
    pieces.train_from_iterator(known, trainer)
    vocabulary = pieces.get_vocab()
    for word in whole:
        vocabulary.setdefault(word, len(vocabulary))
    return _folding(models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=60))


def _letters(pieces: Tokenizer, texts: Iterable[str]) -> list[str]:
    """The folded letters and digits of the texts."""
    seen: set[str] = set().union(*texts)
    folded = "".join(pieces.normalizer.normalize_str(letter) for letter in seen)
    return sorted({letter for letter in folded if letter.isalnum()})


def _folding(model: models.Model) -> Tokenizer:
    made = Tokenizer(model)
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("œ", "oe"),
            normalizers.Replace("æ", "ae"),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), behavior="removed")
    return made


class Texts:
    """Many texts as piece ids, one after the other in one array."""

    def __init__(
        self, pieces: Tokenizer, texts: Iterable[str | None], groups: Sequence[str] | None = None
    ) -> None:
        given = [text or "" for text in texts]
        ids: list[list[int]] = []
        for i in range(0, len(given), CHUNK):
            ids += [e.ids for e in pieces.encode_batch(given[i : i + CHUNK])]
        self.length: Ints = np.array([len(i) for i in ids], dtype=np.int64)
        self.start: Ints = np.cumsum(self.length) - self.length
        self.flat: Ints = np.array([id for row in ids for id in row], dtype=np.int64)
        # texts of one number mean the same: one is never a wrong answer for the other
        number: dict[str, int] = {}
        means = [number.setdefault(key, len(number)) for key in groups or given]
        self.same: Ints = np.array(means, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.length)

    def pieces(self, start: Ints, length: Ints) -> tuple[Ints, Ints]:
        """The ids of stretches of the array, one after the other, and where each begins."""
        offsets = np.cumsum(length) - length
        at = np.arange(length.sum()) - np.repeat(offsets, length) + np.repeat(start, length)
        return self.flat[at], offsets
