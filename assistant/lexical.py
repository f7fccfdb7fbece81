"""The two lexical views of the passages, both Okapi BM25 (Robertson and Zaragoza, 2009).

``words``: words folded of accents, then stemmed, without stop words, beside the concepts of the
lexicon that they name, so that « mairie » finds « commune ». ``grams``: the 4-grams of the folded
words, which win back most of what typing errors and badly extracted text cost.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from assistant import lexicon, words

if TYPE_CHECKING:
    from bm25s import BM25

View = Literal["words", "grams"]
VIEWS: tuple[View, ...] = ("words", "grams")
Scores = NDArray[np.float32]


def terms(text: str, view: View) -> list[str]:
    """What a view sees of a French text, in order, repetitions kept."""
    return words.ngrams(text) if view == "grams" else keys(text)


def keys(text: str) -> list[str]:
    """The stems of the words that say something, names as ``^name``, then concepts as ``@id``."""
    concepts = [f"@{match.concept}" for match in lexicon.load().find(text)]
    return stems(text) + names(text) + concepts


def names(text: str) -> list[str]:
    """The words written with a capital: « Gers » is no form of « gérer »."""
    return [f"^{words.fold(w.text)}" for w in words.content(text) if w.text[0].isupper()]


def stems(text: str) -> list[str]:
    """The stems of the words of a French text that say something, in order."""
    return [words.stem(token.text) for token in words.content(text)]


def index(found: Sequence[Sequence[str]]) -> "BM25":
    """The BM25 model of the terms of some texts, in their order."""
    import bm25s

    model = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    model.index([list(terms_of) for terms_of in found], show_progress=False)
    return model


def write(folder: Path, texts: Sequence[str]) -> None:
    """Both views of the texts, in their order, saved in a folder."""
    for view in VIEWS:
        index([terms(text, view) for text in texts]).save(folder / view, show_progress=False)


def read(folder: Path) -> dict[View, "BM25"]:
    """The views that :func:`write` saved."""
    import bm25s

    models = {
        view: bm25s.BM25.load(folder / view, mmap=True, show_progress=False) for view in VIEWS
    }
    for model in models.values():  # a memmap that is cut costs ten times what a plain array does
        model.scores |= {k: np.asarray(v) for k, v in model.scores.items() if k != "num_docs"}
    return models


def score(model: "BM25", asked: Sequence[str]) -> Scores:
    """BM25 score of every text for the terms asked, shape (texts,), 0 where none is shared."""
    known = [term for term in asked if term in model.vocab_dict]
    if not known:
        return np.zeros(model.scores["num_docs"], dtype=np.float32)
    return np.asarray(model.get_scores(known), dtype=np.float32)


def frequency(model: "BM25", term: str) -> int:
    """How many texts hold a term."""
    first, last = _column(model, term)
    return last - first


def holding(model: "BM25", term: str) -> NDArray[np.int32]:
    """Where the texts stand that hold a term, in no order."""
    first, last = _column(model, term)
    found: NDArray[np.int32] = model.scores["indices"][first:last]
    return found


def _column(model: "BM25", term: str) -> tuple[int, int]:
    """From where to where the model tells of a term."""
    column, starts = model.vocab_dict.get(term), model.scores["indptr"]
    return (0, 0) if column is None else (int(starts[column]), int(starts[column + 1]))
