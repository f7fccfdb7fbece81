"""A claim and the passages that it names in; both read once, sentence by sentence, out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.generate.check.align import Word, said, spelled_out, words
from assistant.generate.check.evidence import Evidence
from assistant.generate.check.marks import Kind, Mark, marks
from assistant.generate.check.values import Value, values
from assistant.generate.sentences import split
from assistant.types import Language
from assistant.understand.language import detect

CLOSE = 0.85  # of the best share: another sentence that tells as much of the claim
ENOUGH = 1.0  # what the words of a clause weigh, that the sentence that tells it may be found
LINKS = r"\s(?:et|and|while|whereas|tandis que|alors que|but|mais|puis|then)\s"
# Where a sentence may pass to another fact, told by another sentence of its passages.
CLAUSES = re.compile(rf"[;:,]\s+|{LINKS}")


@dataclass(frozen=True, eq=False)  # known by itself, so that what it tells is remembered
class Unit:
    """A sentence of a passage, or of a claim."""

    text: str
    language: Language
    words: list[Word]
    marks: list[Mark]
    values: list[Value]

    def has(self, *kinds: Kind) -> bool:
        """Whether it bears a mark of one of these kinds."""
        return any(mark.kind in kinds for mark in self.marks)


@dataclass(frozen=True)
class Hearing:
    """A claim before its passages."""

    claim: Unit
    named: tuple[Evidence, ...]

    @cached_property
    def told(self) -> list[tuple[Unit, ...]]:
        """The sentences of each passage."""
        return [units(one.quote) for one in self.named]

    @cached_property
    def every(self) -> list[Unit]:
        """The sentences of all the passages."""
        return [unit for found in self.told for unit in found]

    @cached_property
    def around(self) -> list[Unit]:
        """What stands above the passages: headings, document, date."""
        return [unit for one in self.named for unit in units(one.around)]

    @cached_property
    def near(self) -> list[Unit]:
        """The sentences that tell the most of each part of the claim: the best, and the like."""
        found: dict[int, Unit] = {}
        for part in self.parts:
            ranked = [(share(part, [told(w, [unit]) for w in part]), unit) for unit in self.every]
            best = max((one for one, _ in ranked), default=0.0)
            found |= {id(unit): unit for one, unit in ranked if one >= CLOSE * best}
        return list(found.values())

    @cached_property
    def parts(self) -> list[list[Word]]:
        """The words of the claim, of its clauses where they say enough to be found apart."""
        ends = [m.end() for m in CLAUSES.finditer(self.claim.text)]
        cut = pairwise([0, *ends, len(self.claim.text)])
        parts = [[w for w in self.claim.words if start <= w.start < end] for start, end in cut]
        told = [part for part in parts if sum(w.weight for w in part) >= ENOUGH]
        return [self.claim.words, *(told if len(told) > 1 else [])]

    def share(self, found: Sequence[Unit]) -> float:
        """The share of the claim that some sentences tell, in [0, 1]."""
        return share(self.claim.words, self.shares(found))

    def shares(self, found: Sequence[Unit]) -> list[float]:
        """How surely they tell each word of the claim; spelled-out acronyms are told.

        So are its values, which are judged on their own: one may follow from others.
        """
        spelled = {at for u in found for at in spelled_out(self.claim.words, u.text)}
        spelled |= {at for value in self.claim.values for at in range(value.start, value.end)}
        return [1.0 if w.start in spelled else told(w, found) for w in self.claim.words]


def read(text: str, language: Language) -> Unit:
    """A text as one unit."""
    return Unit(text, language, words(text, language), marks(text, language), values(text))


@lru_cache(maxsize=5_000)
def units(text: str) -> tuple[Unit, ...]:
    """The sentences of a passage; lines stand apart."""
    lines = [part for line in text.splitlines() for part in re.split(r";\s", line)]
    found = [one.text for line in lines for one in split(line)]
    return tuple(read(one, detect(one, "fr")) for one in found)


def told(word: Word, found: Iterable[Unit]) -> float:
    """How surely one of some sentences tells a word, in [0, 1]."""
    return max((_tells(unit, word) for unit in found), default=0.0)


@lru_cache(maxsize=20_000)
def _tells(unit: Unit, word: Word) -> float:
    return said(word, unit.words)


def share(found: Sequence[Word], shares: Sequence[float]) -> float:
    """The weighted mean of how surely words are told; 0 where there is none."""
    total = sum(word.weight for word in found)
    weighed = sum(word.weight * one for word, one in zip(found, shares, strict=True))
    return weighed / total if total else 0.0
