"""Damages clean text the way OCR does, by a seed: what the repair is measured against.

Comes in: clean paragraphs. Goes out: a damaged page and, for each of its words, what was
printed. The errors are drawn from their own tables, after the counts of Nguyen, Jatowt,
Coustaty, Nguyen and Doucet, "Deep statistical analysis of OCR errors for effective post-OCR
processing", JCDL 2019 (substitutions first, then losses, then insertions), not from the costs
that the repair believes in.
"""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Change = Callable[[str, random.Random], str]
SWAPS = {"è": "éê", "ê": "éè", "é": "èê", "ô": "éóo", "î": "íi", "à": "âá", "û": "ùu", "ç": "c"}
SHAPES = (
    ("rn", "m"),
    ("m", "rn"),
    ("u", "n"),
    ("n", "u"),
    ("c", "e"),
    ("e", "c"),
    ("cl", "d"),
    ("d", "cl"),
    ("h", "b"),
    ("ti", "fi"),
    ("f", "t"),
    ("g", "q"),
    ("ri", "n"),
    ("o", "0"),
    ("s", "5"),
    ("vi", "w"),
    ("li", "h"),
    ("fi", "ﬁ"),
    ("é", "é6"),
    ("t", "f"),
)
THIN = (("l", "I"), ("l", "1"), ("i", "l"), ("I", "l"), ("l", "|"), ("l", "i"), ("l", "["))
SCRAPS = ("| 1", "= R o", "—i=\\a\\v\\<", "~ ,", "\\ |", "| |", "_ =", "°= ~", "|", "£ 7 =")
WIDTH = 100


@dataclass(frozen=True)
class Printed:
    """A word of a damaged page: what was printed, its stretch as read, the error if any."""

    word: str
    start: int
    end: int
    error: str = ""


def _accent_lost(word: str, chance: random.Random) -> str:
    return _one(word, [(c, _bare(c)) for c in set(word) if _bare(c) != c], chance)


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _accent_swapped(word: str, chance: random.Random) -> str:
    return _one(word, [(c, s) for c, others in SWAPS.items() for s in others if c in word], chance)


def _shape(word: str, chance: random.Random) -> str:
    return _one(word, SHAPES, chance)


def _thin(word: str, chance: random.Random) -> str:
    return _one(word, THIN, chance)


def _ligature(word: str, chance: random.Random) -> str:
    return _one(word, (("œ", "ce"), ("ô", "oé"), ("è", "eé"), ("é", "ée"), ("é", "fe")), chance)


def _dropped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :] if word[at].isalpha() and len(word) > 3 else word


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:] if word[at].isalpha() and len(word) > 3 else word


def _stray(word: str, chance: random.Random) -> str:
    return _one(word, (("t", "ft"), ("f", "ft"), ("r", "tr"), ("é", "fé")), chance)


def _elision(word: str, chance: random.Random) -> str:
    mark = "’" if "’" in word else "'"
    if word[:1] not in "lL" or word[1:2] != mark or len(word) < 4:
        doubled = chance.choice([mark + "'", mark + "‘"])
        return word.replace(mark, doubled, 1) if mark in word[:3] else word
    return chance.choice(["I" + word[1:], word[1:], "[" + word[1:], mark + word[1:]])


def _one(word: str, pairs: Sequence[tuple[str, str]], chance: random.Random) -> str:
    """One of the changes that a word allows, at one of its places."""
    fit = sorted(p for p in pairs if p[0] in word)
    if not fit:
        return word
    old, new = chance.choice(fit)
    at = chance.choice([i for i in range(len(word)) if word.startswith(old, i)])
    return word[:at] + new + word[at + len(old) :]


ERRORS: tuple[tuple[str, Change, float], ...] = (
    ("accent lost", _accent_lost, 6), ("accent swapped", _accent_swapped, 6),
    ("thin stroke", _thin, 3), ("shape", _shape, 4), ("ligature", _ligature, 3),
    ("letter dropped", _dropped, 1), ("letter doubled", _doubled, 1), ("stray letter", _stray, 1),
    ("elision", _elision, 8),
)  # fmt: skip


def misread(word: str, chance: random.Random) -> tuple[str, str]:
    """A word as OCR may read it, and the name of the error; no name where nothing fits."""
    kinds = [(name, change) for name, change, _ in ERRORS]
    for name, change in chance.choices(kinds, [weight for *_, weight in ERRORS], k=6):
        read = change(word, chance)
        if read != word:
            return read, name
    return word, ""


def page(
    paragraphs: Sequence[str], chance: random.Random, rate: float
) -> tuple[str, tuple[Printed, ...]]:
    """A damaged page, one blank line between paragraphs, and the words printed on it.

    ``rate``: share of the words misread. Half of the pages lose most of their « à ».
    """
    maker = _Page(chance, rate, lost_a=chance.choice([0.0, 0.8]) if rate else 0.0)
    for paragraph in paragraphs:
        maker.paragraph(paragraph.split())
    return "".join(maker.text), tuple(maker.printed)


class _Page:
    """A page being set: the text so far, the column reached, the words printed."""

    def __init__(self, chance: random.Random, rate: float, lost_a: float) -> None:
        self.chance, self.rate, self.lost_a = chance, rate, lost_a
        self.text: list[str] = []
        self.printed: list[Printed] = []
        self.at = self.column = 0

    def paragraph(self, words: Sequence[str]) -> None:
        """Sets the words of a paragraph and the blank line after it."""
        for word in words:
            self._word(word)
        self._put("\n\n")
        self.column = 0

    def _word(self, word: str) -> None:
        read, error = self._read(word)
        if self.column + len(read) > WIDTH:
            read, error = self._line_end(word, read, error)
        elif self.column:
            self._put(" ")
        self.printed.append(Printed(word, self.at, self.at + len(read), error))
        self._put(read)

    def _read(self, word: str) -> tuple[str, str]:
        if word == "à" and self.chance.random() < self.lost_a:
            return self.chance.choice("aaaaaaa&"), "à lost"
        if self.chance.random() < self.rate and any(c.isalpha() for c in word):
            return misread(word, self.chance)
        return word, ""

    def _line_end(self, word: str, read: str, error: str) -> tuple[str, str]:
        """Ends the line, with a scrap or within the word, when the page is damaged."""
        if self.rate and self.chance.random() < self.rate:
            scrap = self.chance.choice(SCRAPS)
            self._put(" ")
            self.printed.append(Printed("", self.at, self.at + len(scrap), "line-end noise"))
            self._put(scrap)
        self._put("\n")
        self.column = 0
        if self.rate and not error and word.isalpha() and word.islower() and len(word) > 7:
            cut = len(word) // 2
            return f"{word[:cut]}-\n{word[cut:]}", "hyphenation"
        return read, error

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.at += len(text)
        self.column += len(text)
