"""A word of a claim and the words of a passage in; how surely the passage says it, out.

By the same stem, a concept of the lexicon, a French word of the English table, a common root, or
the vectors of the bundled model, which hold both languages in one space.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant import lexicon
from assistant.embedding import BUNDLED, Embedder, Vectors
from assistant.generate.check.marks import data
from assistant.types import Language
from assistant.understand.language import frequency
from assistant.words import content, fold, stem, tokens

ROOT = 5  # letters that two words of one family share, at least
KIN = 0.9  # a word of the same family
FAR, NEAR = 0.3, 0.62  # cosines below which two words have nothing in common, above which they do
RARE = 7.0  # Zipf frequency from which a word says nothing


@dataclass(frozen=True, slots=True)
class Word:
    """A content word at ``text[start:end]``; its stems in French, its concepts, its weight."""

    text: str
    start: int
    end: int
    stems: frozenset[str]
    concepts: frozenset[str]
    weight: float


def words(text: str, language: Language) -> list[Word]:
    """The content words of a text, in its order."""
    vocabulary = lexicon.load()
    found = vocabulary.find(text, language)
    if language == "en":
        found += vocabulary.find(text, "fr")
    made = []
    for token in content(text, language):
        if len(token.text) < 2 and not token.text.isdigit():
            continue
        named = frozenset(m.concept for m in found if m.start <= token.start < m.end)
        made.append(
            Word(token.text, token.start, token.end, _stems(token.text, language), named,
                 weight(fold(token.text), language))
        )  # fmt: skip
    return made


def spelled_out(found: list[Word], text: str) -> frozenset[int]:
    """Where words start whose initials, put together, are an acronym of a text (ETP, SCIC)."""
    known = {token.text for token in tokens(text) if token.text.isupper() and len(token.text) > 1}
    first = initials(found)
    return frozenset(
        word.start
        for name in known
        for at in [first.find(name.rstrip("S") if len(name) > 3 else name)]
        if at >= 0
        for word in found[at : at + len(name)]
    )


def initials(found: list[Word]) -> str:
    """The first letters of words, as acronyms take them."""
    return "".join(fold(word.text)[0].upper() for word in found)


def said(word: Word, told: list[Word]) -> float:
    """How surely a word is told, in [0, 1]."""
    if any(word.stems & other.stems or word.concepts & other.concepts for other in told):
        return 1.0
    if any(_akin(a, b) for other in told for a in word.stems for b in other.stems):
        return KIN
    if not told:
        return 0.0
    rows = np.stack([vector(other.text) for other in told])
    cosine = float((rows @ vector(word.text)).max())
    return float(np.clip((cosine - FAR) / (NEAR - FAR), 0.0, 1.0))


def same(word: Word, told: list[Word]) -> bool:
    """Whether the very word is told, or one of its family; a synonym is another word."""
    return any(
        word.stems & other.stems or any(_akin(a, b) for a in word.stems for b in other.stems)
        for other in told
    )


def weight(word: str, language: Language) -> float:
    """How much a word says, in [0, 1]: the rarer in the language, the more; light ones nothing."""
    if word in _light(language):
        return 0.0
    return min(1.0, max(0.15, (RARE - frequency(word, language)) / 3.0))


@lru_cache(maxsize=2)
def _light(language: Language) -> frozenset[str]:
    """Words that carry a sentence and say nothing of the world: « concrètement », "helps"."""
    return frozenset(data("check_words")[language]["light"].split())


@lru_cache(maxsize=20_000)
def vector(text: str) -> Vectors:
    """The unit vector of a word or a text."""
    return _embedder().query(text)


@lru_cache(maxsize=1)
def _embedder() -> Embedder:
    return Embedder(BUNDLED)


@lru_cache(maxsize=20_000)
def _stems(word: str, language: Language) -> frozenset[str]:
    found = {stem(word)}
    if language == "en":
        found.add(stem(word, "en"))  # a cognate without its ending: catalyst, catalyseur
        base = _pairs("base").get(fold(word), word)
        french = lexicon.load().french(base) or _pairs("french").get(stem(base, "en"))
        found |= {stem(token.text) for token in content(french)} if french else set()
    return frozenset(found)


@lru_cache(maxsize=2)
def _pairs(name: str) -> dict[str, str]:
    """By English word, what it is a form of; by English stem, its French."""
    pairs = (entry.split(maxsplit=1) for entry in data("check_words")["en"][name].split("|"))
    return {stem(word, "en") if name == "french" else word: other for word, other in pairs}


@lru_cache(maxsize=100_000)
def _akin(a: str, b: str) -> bool:
    """Whether two stems share a root: five letters or more, and most of the shorter."""
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= ROOT and shared >= 0.75 * min(len(a), len(b))
