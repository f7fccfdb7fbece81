"""Texts in, unit vectors out: the only module that knows the embedding libraries.

Passages go through sentence-transformers, which takes seconds to import. A question put to the
bundled model, a token table and a mean, goes through model2vec, which reads the same folder with
numpy alone, in a hundredth of the time, and gives the same vector. Any other model goes through
sentence-transformers both ways: it may have prompts, or give a vector to what it does not know.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingError
from assistant.messages import ERRORS

if TYPE_CHECKING:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
BUNDLED = "bundled"  # the model in data/model; its card says what it is


class Embedder:
    """One sentence-transformers model, named by the setting ``ASSISTANT_EMBEDDING_MODEL``."""

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

        Raises EmbeddingError ``passage_too_long`` where the model would cut a text in silence.
        """
        for text in texts:
            if not self.fits(text):
                message = ERRORS["passage_too_long"].format(start=text[:80])
                raise EmbeddingError("passage_too_long", message)
        return self._encode(texts)

    def query(self, text: str) -> Vectors:
        """Unit vector of a question, shape (dimension,); what exceeds the model is dropped."""
        if self.name == BUNDLED:
            return _unit(self._table.encode(text, max_length=None))
        return np.asarray(self._encode([text])[0], dtype=np.float32)

    def fits(self, text: str) -> bool:
        """Whether the model reads the whole text, its special tokens included."""
        limit = self._model.max_seq_length
        if limit is None or not callable(self._model.tokenizer):
            return True  # a static model reads word by word, however many
        prompt = self._model.prompts.get(self._model.default_prompt_name or "") or ""
        return len(self._model.tokenizer(prompt + text)["input_ids"]) <= limit

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(1)  # many threads on a busy machine: 20 ms become 700
            # in half precision the length of an empty text is zero by zero
            return SentenceTransformer(self._location(), device="cpu").float()
        except Exception as error:
            raise self._unavailable(error) from error

    @cached_property
    def _table(self) -> "StaticModel":
        try:
            from model2vec import StaticModel

            return StaticModel.from_pretrained(self._location())
        except Exception as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> EmbeddingError:
        message = ERRORS["model_unavailable"].format(name=self.name, cause=error)
        return EmbeddingError("model_unavailable", message)

    def _location(self) -> str:
        return str(files("assistant") / "data" / "model") if self.name == BUNDLED else self.name


def _unit(vector: Vectors) -> Vectors:
    """The vector at length one; that of a text without a known word stays zero."""
    exact = np.asarray(vector, dtype=np.float32)
    return exact / np.float32(np.linalg.norm(exact) or 1.0)
