"""The language of a question: the one in which its words are more usual.

Word frequencies are those of wordfreq (Speer, 2022), on Zipf's scale from 0 to 8.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

from assistant.types import Language
from assistant.words import fold, tokens

ENOUGH = 2  # words that are no names
LIST = "small"  # words said once in a million or more; rarer ones are slow to load and tell little


def detect(text: str, default: Language = "fr") -> Language:
    """French or English; the default where nothing tells one from the other."""
    shouted = text.isupper()  # an acronym says nothing of the language, save where all is capitals
    said = [t for t in tokens(text) if t.text.isalpha() and (shouted or not t.text.isupper())]
    plain = [t for t in said[1:] if not t.text[0].isupper()]  # a name is of its own language
    found = [fold(t.text) for t in (said[:1] + plain if len(plain) >= ENOUGH else said)]
    lean = sum(frequency(w, "en") - frequency(w, "fr") for w in found)
    if not found or abs(lean) < 0.5 * len(found) ** 0.5:
        return default
    return "en" if lean > 0 else "fr"


@lru_cache(maxsize=20_000)
def frequency(word: str, language: Language) -> float:
    """Zipf frequency of a folded word; French words count with or without their accents."""
    found = _zipf(_shares(language).get(word, 0.0))
    return max(found, _accented().get(word, 0.0)) if language == "fr" else found


@lru_cache(maxsize=1)
def _accented() -> dict[str, float]:
    """The frequency of the most usual French word that each folded form may stand for."""
    best: dict[str, float] = {}
    for word, share in _shares("fr").items():
        best.setdefault(fold(word), _zipf(share))
    return best


@lru_cache(maxsize=2)
def _shares(language: Language) -> Mapping[str, float]:
    """How often each word comes, as a share of all, the most usual first."""
    from wordfreq import get_frequency_dict  # its import is slow under many others

    return get_frequency_dict(language, LIST)


def usual(language: Language, least: float = 3.0) -> dict[str, float]:
    """Folded words of a language at least so frequent, with their frequency."""
    words: dict[str, float] = {}
    for word, share in _shares(language).items():
        value = _zipf(share)
        if value < least:
            break
        if word.isalpha():
            words.setdefault(fold(word), value)
    return words


def _zipf(share: float) -> float:
    """The logarithm of how often a word comes in a thousand million, 0 for one never seen."""
    return round(math.log10(share) + 9, 2) if share else 0.0
