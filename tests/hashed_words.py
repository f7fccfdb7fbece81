"""An embedder with meaning and no model: texts that share words have vectors that are near."""

import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from assistant.embedding import Embedder, Vectors
from assistant.words import content, stem

DIMENSION = 64


class HashedWords(Embedder):
    """Each stem adds one to the dimension that its hash names."""

    def __init__(self) -> None:
        super().__init__("hashed-words")
        self.embedded: list[str] = []

    @cached_property
    def fingerprint(self) -> str:
        return "hashed-words@1"

    def documents(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([_vector(text) for text in texts])

    def query(self, text: str) -> Vectors:
        return _vector(text)

    def fits(self, text: str) -> bool:
        return True


def _vector(text: str) -> Vectors:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    for token in content(text):
        digest = hashlib.sha256(stem(token.text).encode()).digest()
        vector[digest[0] % DIMENSION] += 1
    return vector / (np.linalg.norm(vector) or np.float32(1))
