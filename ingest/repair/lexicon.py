"""What French words there are, and how common each is.

Comes in: a word. Goes out: its frequency in French (wordfreq, Speer 2022), whether a dictionary
of inflected forms lists it (simplemma, Barbaresi 2021), and the accented forms of a spelling.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from simplemma.strategies.dictionaries import DefaultDictionaryFactory
from wordfreq import get_frequency_dict

from ingest.repair.costs import costs


@cache
def frequencies() -> Mapping[str, float]:
    """Frequency of each French word of wordfreq's list, as a share of all words."""
    found: Mapping[str, float] = get_frequency_dict("fr", wordlist="best")
    return found


@cache
def _english() -> Mapping[str, float]:
    found: Mapping[str, float] = get_frequency_dict("en", wordlist="small")
    return found


@cache
def _forms() -> frozenset[str]:
    listed = DefaultDictionaryFactory().get_dictionary("fr")
    return frozenset(f.decode() if isinstance(f, bytes) else f for f in listed)


def frequency(word: str) -> float:
    """Share of French words that are this one; 0 where it is in no list. Case is ignored."""
    word = word.lower()
    return frequencies().get(word, 0.0)


def listed(word: str) -> bool:
    """Whether a dictionary lists this inflected form (it also lists some misspellings)."""
    return word in _forms() or word.lower() in _forms()


@lru_cache(maxsize=65536)
def known(word: str) -> bool:
    """Whether it may stand as it is: listed, or too common for a misprint."""
    return listed(word) or (frequency(word) >= costs().words["usual"] and not _misprint(word))


def _misprint(word: str) -> bool:
    """Whether it is a common word's spelling without its accents, as people type it."""
    return any(
        frequency(word) < costs().words["human_accents"] * frequency(form)
        for form in accented(fold(word))
        if form != word.lower()
    )


@lru_cache(maxsize=65536)
def english(word: str) -> bool:
    """Whether it is common in English and not in French."""
    share, cost = _english().get(word.lower(), 0.0), costs().words
    return share > cost["english_from"] and frequency(word) < cost["english_french"] * share


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents; ligatures stay."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def accented(folded: str) -> tuple[str, ...]:
    """The accented forms that share a folded spelling."""
    return _by_fold().get(folded, ())


@cache
def _by_fold() -> Mapping[str, tuple[str, ...]]:
    index: defaultdict[str, set[str]] = defaultdict(set)
    usual = costs().words["usual"]
    common = {w for w, share in frequencies().items() if share >= usual}
    for word in common | _forms():
        if not word.isascii() and word.isalpha() and word.islower():
            index[fold(word)].add(word)
    return {folded: tuple(sorted(forms)) for folded, forms in index.items()}
