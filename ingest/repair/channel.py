"""The noisy channel: which words may have been printed where OCR read this one.

Comes in: a word as read. Goes out: words that may have been printed, each with the cost of the
misreading. Model: Kernighan, Church and Gale, "A spelling correction program based on a noisy
channel model", COLING 1990, with the confusions of OCR instead of typing slips.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from string import ascii_lowercase

from ingest.repair.costs import Row, costs
from ingest.repair.lexicon import accented, english, fold, frequency, known, listed

Guess = tuple[str, float]  # a word that may have been printed, the cost of its misreading
ELIDED = "ldnsjcmt"
ROMAN = re.compile("x{0,3}(?:ix|iv|v?i{0,3})")
VOWELS = frozenset("aeiouyhàâäéèêëîïôöùûüœæ")


@lru_cache(maxsize=65536)
def guesses(read: str, *, start: bool) -> tuple[Guess, ...]:
    """Words that may have been printed, cheapest cost each, itself left out.

    ``start`` tells that the word opens a sentence. Case is kept where the letters are.
    """
    best: dict[str, float] = {}
    dearest = costs().strokes["dearest"]
    for spelling, cost in _spellings(read, start=start):
        for word, more in _words(spelling):
            total = cost + more
            if word != read and total < best.get(word, dearest):
                best[word] = total
    return tuple(best.items())


def _spellings(read: str, *, start: bool) -> Iterator[Guess]:
    """The spelling itself, and those that confusions of letters lead to."""
    yield read, 0.0
    once = dict(_confused(read, start=start))
    yield from once.items()
    if listed(read):  # a word already: only the common confusions may have made it
        return
    if len(read) >= costs().strokes["least_apart"]:
        for spelling, cost in once.items():
            for twice, more in _confused(spelling, start=False):
                if cost + more < costs().strokes["dearest_twice"]:
                    yield twice, cost + more
    if len(read) >= costs().strokes["least_length"] and read.isalpha():
        yield from _strokes(read)


@cache
def _by_glyph() -> dict[str, tuple[Row, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    for row in costs().letters:
        rows[row[1][0]] = (*rows.get(row[1][0], ()), row)
    return rows


def _confused(read: str, *, start: bool) -> Iterator[Guess]:
    """Spellings one confusion away."""
    for at, glyph in enumerate(read):
        for printed, seen, cost in _by_glyph().get(glyph, ()):
            if read.startswith(seen, at):
                yield read[:at] + printed + read[at + len(seen) :], cost
    for printed, seen, cost in costs().starts if start else ():
        if read.startswith(seen) and read[:1] != printed:
            yield printed + read[len(seen) :], cost


def _strokes(read: str) -> Iterator[Guess]:
    """Spellings one letter away, whatever the letter.

    The first and last letters stay: prefixes and inflections are one letter apart too.
    """
    cost = costs().strokes
    for at, letter in enumerate(read[:-1]):
        if at == 0:
            continue
        doubled = fold(letter) in (fold(read[at - 1]), fold(read[at + 1]))
        kind = "doubled" if doubled else "glued" if letter in "ft" else "stray"
        yield read[:at] + read[at + 1 :], cost[kind]
        yield read[:at] + letter + read[at:], cost["halved"]
        yield read[:at] + read[at + 1] + letter + read[at + 2 :], cost["swapped"]
        for other in ascii_lowercase:
            yield read[:at] + other + read[at:], cost["missing"]
            yield read[:at] + other + read[at + 1 :], cost["swapped"]


def _words(spelling: str) -> Iterator[Guess]:
    """Words with this spelling but for accents, and its reading as an elision."""
    if not spelling.isalpha():
        return
    if known(spelling) and not english(spelling) and not ROMAN.fullmatch(spelling.lower()):
        yield spelling, 0.0
    for form in accented(fold(spelling)):
        if frequency(form) or known(form):
            yield _cased(form, spelling), accent_cost(form, spelling.lower())
    head, rest = spelling[:1], spelling[1:]
    if head.lower() in ELIDED and len(rest) > 2 and rest[0] in VOWELS and known(rest):
        yield f"{head}'{rest}", costs().strokes["apostrophe"]


def accent_cost(printed: str, read: str) -> float:
    """Cost of reading accents wrong, letter by letter; the words are equal when folded."""
    if len(printed) != len(read):
        return costs().strokes["dearest"]
    cost = costs().accents
    total = 0.0
    for ours, theirs in zip(printed, read, strict=True):
        if ours != theirs:
            kind = "lost" if theirs.isascii() else "gained" if ours.isascii() else "swapped"
            total += cost[kind]
    return total


def _cased(form: str, like: str) -> str:
    """A form with the capitals of a spelling of the same length."""
    if like.islower() or len(form) != len(like):
        return form
    if like.isupper():
        return form.upper()
    return form.capitalize() if like[:1].isupper() else form
