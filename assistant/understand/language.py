"""The language of a question: the one in which its words are more usual.

Word frequencies are those of wordfreq (Speer, 2022), on Zipf's scale from 0 to 8.
"""

from functools import lru_cache

from wordfreq import zipf_frequency

from assistant.types import Language
from assistant.words import fold, tokens


def detect(text: str, default: Language = "fr") -> Language:
    """French or English; the default where nothing tells one from the other."""
    found = [fold(t.text) for t in tokens(text) if t.text.isalpha() and not t.text.isupper()]
    lean = sum(frequency(w, "en") - frequency(w, "fr") for w in found)
    if not found or abs(lean) < 0.5 * len(found) ** 0.5:
        return default
    return "en" if lean > 0 else "fr"


@lru_cache(maxsize=20_000)
def frequency(word: str, language: Language) -> float:
    """Zipf frequency of a folded word; French words count with or without their accents."""
    if language == "fr":
        return max(zipf_frequency(word, "fr"), _accented().get(word, 0.0))
    return float(zipf_frequency(word, "en"))


@lru_cache(maxsize=1)
def _accented() -> dict[str, float]:
    """The frequency of the most usual French word that each folded form may stand for."""
    from wordfreq import iter_wordlist

    best: dict[str, float] = {}
    for rank, word in enumerate(iter_wordlist("fr")):
        if rank >= 60_000:
            break
        best.setdefault(fold(word), zipf_frequency(word, "fr"))
    return best


def usual(language: Language, least: float = 3.0) -> dict[str, float]:
    """Folded words of a language at least so frequent, with their frequency."""
    from wordfreq import iter_wordlist

    words: dict[str, float] = {}
    for word in iter_wordlist(language):
        value = zipf_frequency(word, language)
        if value < least:
            break
        if word.isalpha():
            words.setdefault(fold(word), value)
    return words
