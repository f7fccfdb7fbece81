"""A term of a question and what a text names in; how surely the text names the term out.

A thing under another of its names, or in a word of its family, counts for a little less than the
very word; a place counts by its name as written, or by what the passage is known to be on.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.places import same_area, within
from assistant.types import Passage
from assistant.understand import Term
from assistant.words import fold

WHOLE = ("place", "city", "title")  # all of their words name them
Shares = NDArray[np.float64]
PLACED = 0.85  # a passage on a place, in a sentence that does not name it
AROUND = 0.4  # a passage on the area of a city that it does not name: too little to be a thing
NEAR_WORD = 0.6  # a word of the same family: coopérer, coopératif
ROOT = 5  # letters at least that the words of one family share


class Keys(frozenset[str]):
    """What a text names: stems, names as ``^name``, concepts as ``@id``."""

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first letters of its words: no other word can be of their families."""
        return frozenset(key[:ROOT] for key in self if len(key) >= ROOT)

    @cached_property
    def words(self) -> int:
        """How many of its words say something: no names, concepts or numbers."""
        return sum(key[0] not in "^@" and not key.isdigit() for key in self)


def named(term: Term, keys: Keys) -> float:
    """1 where the keys hold the term, less for a word of its family, 0 otherwise."""
    if term.kind in WHOLE:
        return float(bool(term.keys) and term.keys <= keys)
    if not term.keys.isdisjoint(keys):
        return 1.0 if not term.stems or term.stems & keys else term.near
    if len(term.stems) > 1 and term.stems & keys:
        return NEAR_WORD * len(term.stems & keys) / len(term.stems)
    if term.kind != "word":
        return 0.0
    roots = [key for key in term.keys if key[:ROOT] in keys.openings]
    return NEAR_WORD * any(_akin(a, b) for a in roots for b in keys)


class Likely:
    """The terms that a text may name, told from its keys at once: most terms are in few texts.

    Only those that are given are told of: ``named`` says of each whether the text does name it.
    """

    def __init__(self, terms: Mapping[int, Term]) -> None:
        self._keys: dict[str, set[int]] = defaultdict(set)
        self._openings: dict[str, set[int]] = defaultdict(set)
        for number, term in terms.items():
            for key in term.keys | (term.stems if len(term.stems) > 1 else frozenset()):
                self._keys[key].add(number)
            for opening in Keys(term.keys).openings if term.kind == "word" else ():
                self._openings[opening].add(number)
        self._met, self._opened = frozenset(self._keys), frozenset(self._openings)

    def among(self, keys: Keys) -> set[int]:
        """The numbers of the terms that the keys may name."""
        found = [self._keys[key] for key in self._met & keys]
        found += [self._openings[opening] for opening in self._opened & keys.openings]
        return set().union(*found)


class Roll:
    """Many texts by what they name: of all of them at once, what ``named`` says of one."""

    def __init__(self, texts: Iterable[Keys]) -> None:
        known: dict[Keys, int] = {}
        self._text = np.array([known.setdefault(k, len(known)) for k in texts], np.intp)
        holding: dict[str, list[int]] = defaultdict(list)
        for number, keys in enumerate(known):
            for key in keys:
                holding[key].append(number)
        self._distinct = len(known)
        self._holding = {key: np.array(numbers, np.int32) for key, numbers in holding.items()}
        self._family: dict[str, list[str]] = defaultdict(list)
        for key in self._holding:
            self._family[key[:ROOT]].append(key)

    def named(self, term: Term) -> Shares:
        """How surely each text names a term, in their order; shape (texts,)."""
        shares: Shares = self._named(term)[self._text]
        return shares

    def _named(self, term: Term) -> Shares:
        """The same of each distinct set of keys; the branches are those of ``named``."""
        told, stems = self._count(term.keys), self._count(term.stems)
        if term.kind in WHOLE:
            return np.where((told > 0) & (told == len(term.keys)), 1.0, 0.0)
        near = np.zeros(self._distinct)
        if term.kind == "word":
            akin = {b for a in term.keys for b in self._family.get(a[:ROOT], ()) if _akin(a, b)}
            near[self._count(akin) > 0] = NEAR_WORD
        if len(term.stems) > 1:
            near = np.where(stems > 0, NEAR_WORD * stems / len(term.stems), near)
        whole = np.where(stems > 0, 1.0, term.near) if term.stems else 1.0
        return np.where(told > 0, whole, near)

    def _count(self, keys: Iterable[str]) -> NDArray[np.int32]:
        """How many of some keys each distinct set holds."""
        count = np.zeros(self._distinct, np.int32)
        for key in keys:
            if key in self._holding:
                count[self._holding[key]] += 1
        return count


def numbered(term: Term, passage: Passage) -> bool:
    """Whether a passage is the article of that number: its reference says so, not its body."""
    number = next(iter(term.keys))
    return passage.kind == "law" and number in _references(passage.text)


@lru_cache(maxsize=1_000)
def _references(text: str) -> frozenset[str]:
    """The numbers of the articles that a text is the body of."""
    return frozenset(re.findall(r"(?:^|[\n.»\"”] ?)art(?:icle|\.) (\w+)", fold(text)))


def placed(term: Term, passage: Passage) -> float:
    """How surely a passage is on a place: what is on its région hardly is, nor on one of a city."""
    code = term.code or ""
    if term.kind == "place" and any(within(place, code) for place in passage.places):
        return PLACED
    return AROUND * any(same_area(code, place) for place in passage.places)


def there(term: Term, near: float) -> bool:
    """Whether a thing is named; of a département or région, what is around it does not count."""
    return near > (AROUND if term.kind == "place" else 0.0)


def _akin(a: str, b: str) -> bool:
    """Whether two stems are of one family: five first letters or more, most of both."""
    if min(len(a), len(b)) < ROOT or a[:ROOT] != b[:ROOT]:
        return False
    shared = sum(1 for _ in _common(a, b))
    return shared >= 0.7 * max(len(a), len(b))


def _common(a: str, b: str) -> Iterable[str]:
    for x, y in zip(a, b, strict=False):
        if x != y:
            return
        yield x
