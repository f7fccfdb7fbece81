"""Text in; words, stems and character n-grams out, the same for accents typed or not.

Everything that compares words (lexicon, places, lexical search) folds and stems through here.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import Stemmer

from assistant.types import Language

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
)
# The combining marks of Latin letters; another may stand only where ``_FAR`` finds something.
_MARKS = dict.fromkeys(c for c in range(0x300, 0x370) if unicodedata.combining(chr(c)))
_FAR = re.compile(r"[^\u0000-\u036f\u2000-\u20cf]")
WORD = 40  # characters; what is shorter comes again and is remembered
KNOWN = 16_000  # words whose forms are remembered: one question in two brings one that no other has
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")
_APOSTROPHE = "['’‘ʼ]"
_ELISION = rf"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu){_APOSTROPHE}(?=\w)"
_NUMBER = (
    r"(?P<number>\b\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)"
    r"|\d+-\d+\b|\d+,\d+|\d+(?:er|ere|ère|e|ème|eme|nde?|[abAB])?\b|\d+)"
)
_CONTRACTION = rf"(?P<contraction>[^\W\d_]+n{_APOSTROPHE}t\b)"
_WORD = rf"(?P<word>[^\W\d_]+(?:(?<=aujourd){_APOSTROPHE}hui)?)"
# What follows a word and is no word: « élu.e.s », "what's".
_TAIL = (
    r"(?:[.·•](?:e|rice|trice|euse|ne|le|ère|ière)s?(?:[.·•]s)?\b"
    rf"|{_APOSTROPHE}(?:s|re|ve|ll|m)\b)?"
)
_TOKEN = re.compile(f"{_ELISION}|{_NUMBER}|{_CONTRACTION}|{_WORD}{_TAIL}", re.IGNORECASE)


class Token(NamedTuple):
    """A word or a number as it stands in a text: ``text == source[start:end]``."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in lower case, without accents or ligatures, with straight apostrophes.

    Its length may change (œ gives oe): offsets of the folded text mean nothing in the other.
    """
    if text.isascii():
        return text.lower()
    return _folded_word(text) if len(text) < WORD else _folded(text)


@lru_cache(maxsize=KNOWN)
def _folded_word(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", _SPACES.sub(" ", text.translate(_LIGATURES)))
    bare = decomposed.translate(_MARKS)
    if _FAR.search(bare):
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return bare.lower()


def fold_each(text: str) -> str:
    """The text folded letter by letter: offsets of the one hold in the other (œ gives o)."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


@lru_cache(maxsize=1_000)
def _letter(letter: str) -> str:
    return _folded(letter)[:1] or letter


def tokens(text: str) -> list[Token]:
    """Words and numbers in order; elided articles (l', qu') and English 's are left out.

    « 50 000 », « 152 » and « 2020-2030 » are one token each; hyphenated words are split.
    """
    return list(_tokens(text))


@lru_cache(maxsize=256)  # what understands a question reads it a dozen times
def _tokens(text: str) -> tuple[Token, ...]:
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup is not None:
            start, end = match.span(match.lastgroup)
            found.append(Token(match.group(match.lastgroup), start, end))
    return tuple(found)


# « ils financent »: Snowball leaves this ending to verbs; what is left of a noun stays its own.
_PLURAL = re.compile(r"(?<=[a-z]{3})(?:(?<!m)ent)+$")


def stem(word: str, language: Language = "fr") -> str:
    """The Snowball stem of the folded word; numbers lose their spaces (50 000 is 50000)."""
    return _stem(word, language)


@lru_cache(maxsize=KNOWN)
def _stem(word: str, language: Language) -> str:
    folded = fold(word)
    if folded[:1].isdigit():
        return re.sub(r"(?<=\d)[ .](?=\d{3})", "", folded)
    if language == "fr":
        return _PLURAL.sub("", str(_stemmer("fr").stemWord(_regular(folded))))
    return str(_stemmer(language).stemWord(folded))


def _regular(folded: str) -> str:
    """A French word freed of the endings that Snowball only knows with their accents."""
    if len(folded) > 3 and folded.endswith("s") and folded[-2] in "aeiou":
        folded = folded[:-1]
    return re.sub(r"(?<=[^e])e{2,3}$", "e", folded)


@lru_cache(maxsize=2)
def _stemmer(language: Language) -> Any:
    return Stemmer.Stemmer("french" if language == "fr" else "english")


@lru_cache(maxsize=3)
def stopwords(language: Language | None = None) -> frozenset[str]:
    """Folded function words of a language, or of both."""
    data = tomllib.loads((files("assistant") / "data" / "stopwords.toml").read_text("utf-8"))
    chosen = (language,) if language else ("fr", "en")
    return frozenset(fold(word) for code in chosen for word in data[code].split())


def content(text: str, language: Language = "fr") -> list[Token]:
    """The tokens of a text that are not function words of the language."""
    return list(_content(text, language))


@lru_cache(maxsize=256)  # its stems, its names and its concepts are read one after the other
def _content(text: str, language: Language) -> tuple[Token, ...]:
    known = stopwords(language)
    return tuple(token for token in _tokens(text) if fold(token.text) not in known)


def ngrams(text: str, n: int = 4) -> list[str]:
    """Character n-grams of each folded word, its edges marked: « élu » gives _elu, elu_."""
    found: list[str] = []
    for token in tokens(text):
        found += _ngrams(token.text, n)
    return found


@lru_cache(maxsize=KNOWN)
def _ngrams(word: str, n: int) -> tuple[str, ...]:
    edged = f"_{fold(word)}_"
    return tuple(edged[i : i + n] for i in range(max(1, len(edged) - n + 1)))
