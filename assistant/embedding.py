"""Texts in, unit vectors out: the only module that knows the embedding libraries.

The bundled model, a token table and a mean, goes through model2vec, which reads the same folder
with numpy alone, is ready in a hundredth of the time, and gives the same vectors. Any other model
goes through sentence-transformers: it may have prompts, or give a vector to what it does not know.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingError
from assistant.messages import ERRORS, NOT_FINITE

if TYPE_CHECKING:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
BUNDLED = "bundled"


def bundled_folder() -> Path:
    """Where the bundled model is; its card says what it is."""
    return Path(str(files("assistant"))) / "data" / "model"


class Embedder:
    """One sentence-transformers model, named by the setting ``ASSISTANT_EMBEDDING_MODEL``.

    What gives a vector raises EmbeddingError: ``model_unavailable`` when the model cannot be
    loaded, ``model_failed`` when it fails on a text or gives what are not finite numbers.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def fingerprint(self) -> str:
        """What tells this model from another: a hash of its files but the card, or its hub id."""
        folder = Path(self._location())
        if not folder.is_dir():
            return self.name
        digest = hashlib.sha256()
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
        return f"{self.name}@{digest.hexdigest()[:16]}"

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (len(texts), dimension).

        Raises EmbeddingError, ``passage_too_long`` where the model would cut a text in silence.
        """
        for text in texts:
            if not self.fits(text):
                message = ERRORS["passage_too_long"].format(start=text[:80])
                raise EmbeddingError("passage_too_long", message)
        return self._encode(texts)

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape (dimension,); what exceeds the model is dropped."""
        return np.asarray(self._encode([text])[0], dtype=np.float32)

    def check(self) -> None:
        """Raises EmbeddingError unless questions can be answered: asked before publishing."""
        self.query("Qu'est-ce qu'un pôle ?")

    def fits(self, text: str) -> bool:
        """Whether the model reads the whole text, its special tokens included."""
        if self.name == BUNDLED:
            return True
        model = self._model
        limit = model.max_seq_length
        if limit is None or not callable(model.tokenizer):
            return True  # a static model reads word by word, however many
        prompt = model.prompts.get(model.default_prompt_name or "") or ""
        with self._failing("model_failed"):
            return len(model.tokenizer(prompt + text)["input_ids"]) <= limit

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if self.name == BUNDLED:
            table = self._table
            with self._failing("model_failed"):
                found = table.encode(list(texts), max_length=None, use_multiprocessing=False)
                return _unit(_finite(found))
        model = self._model
        with self._failing("model_failed"):
            return _finite(
                model.encode(
                    list(texts),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
            )

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        with self._failing("model_unavailable"):
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(1)  # many threads on a busy machine: 20 ms become 700
            # in half precision the length of an empty text is zero by zero
            return SentenceTransformer(self._location(), device="cpu").float()

    @cached_property
    def _table(self) -> "StaticModel":
        with self._failing("model_unavailable"):
            from model2vec import StaticModel

            return StaticModel.from_pretrained(self._location())

    @contextmanager
    def _failing(self, code: str) -> Iterator[None]:
        """Whatever fails inside, as the EmbeddingError of that code."""
        try:
            yield
        except Exception as error:
            cause = str(error).rstrip(". ") or type(error).__name__
            message = ERRORS[code].format(name=self.name, cause=cause)
            raise EmbeddingError(code, message) from error

    def _location(self) -> str:
        return str(bundled_folder()) if self.name == BUNDLED else self.name


def _finite(vectors: object) -> Vectors:
    """The vectors as they are. Raises ValueError where one is not made of finite numbers."""
    exact = np.asarray(vectors, dtype=np.float32)
    if not np.isfinite(exact).all():
        raise ValueError(NOT_FINITE)
    return exact


def _unit(rows: Vectors) -> Vectors:
    """Each row at length one; that of a text without a known word stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
