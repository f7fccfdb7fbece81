"""A sentence and the passages that it names in; what speaks for it and against it, out.

Each sign is one general reason to doubt: a value, a name or an échelon that no passage holds, a
negation or a modal that is not the passage's, words that nothing there says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import lexicon, places
from assistant.generate.check.align import Word, said, vector, words
from assistant.generate.check.evidence import Evidence
from assistant.generate.check.marks import Kind, Mark, marks, opposed, plain
from assistant.generate.check.values import Value, values
from assistant.generate.sentences import split
from assistant.types import Language
from assistant.understand.language import detect, frequency
from assistant.words import Token, fold, tokens

# Where a sentence that joins two passages may pass from one to the other.
CLAUSES = re.compile(r"[;,:]\s+|\s(?:et|and|while|whereas|tandis que|alors que|but|mais)\s")
ALL = "collectivite"
NEGATED = 4  # words after a negation that it bears on
SURE = 0.5  # from which a word counts as told
USUAL = 2.5  # Zipf frequency from which a word with a capital at the head of a sentence is no name


@dataclass(frozen=True)
class Unit:
    """A sentence of a passage, or of a claim, read once."""

    text: str
    language: Language
    words: list[Word]
    marks: list[Mark]
    values: list[Value]

    def has(self, *kinds: Kind) -> bool:
        """Whether it bears a mark of one of these kinds."""
        return any(mark.kind in kinds for mark in self.marks)


@dataclass(frozen=True)
class Signs:
    """What was found, the numbers in [0, 1]; ``wrong`` names the reasons that suffice alone."""

    wrong: tuple[str, ...]
    covered: float  # the share of the claim's words that the passages tell
    gap: float  # the weight of its longest stretch that they do not, against the whole
    alike: float  # the cosine of the claim and its nearest sentence
    least: float  # the share that the least of the passages tells


def signs(sentence: str, named: Sequence[Evidence], language: Language) -> Signs:
    """The signs of a sentence that names these passages, one at least."""
    claim = read(sentence, language)
    told = [_units(e.quote) for e in named]
    around = [unit for e in named for unit in _units(e.around)]
    every = [unit for units in told for unit in units]
    near = nearest(claim, every)
    shares = [_told(word, [*every, *around]) for word in claim.words]
    wrong = [
        reason
        for reason, found in (
            ("value", _values(claim, [*every, *around])),
            ("bound", _bounds(claim, every)),
            ("name", _names(claim, [*every, *around])),
            ("place", _places(sentence, named)),
            ("echelon", _echelons(sentence, named, language)),
            ("negation", _negation(claim, every)),
            ("modal", _modal(claim, near)),
            ("scope", _scope(claim, near)),
            ("cause", claim.has("cause") and not any(u.has("cause") for u in every)),
            ("opposite", _opposite(claim, near)),
            ("merged", _merged(claim, told, around)),
        )
        if found
    ]
    return Signs(
        wrong=tuple(wrong),
        covered=_share(claim.words, shares),
        gap=_gap(claim.words, shares),
        alike=max((float(vector(u.text) @ vector(claim.text)) for u in every), default=0.0),
        least=min(_share(claim.words, [_told(w, units) for w in claim.words]) for units in told),
    )


def read(text: str, language: Language) -> Unit:
    """A text as one unit."""
    return Unit(text, language, words(text, language), marks(text, language), values(text))


@lru_cache(maxsize=5_000)
def _units(text: str) -> tuple[Unit, ...]:
    """The sentences of a passage, list items and lines apart."""
    found = [one.text for line in text.splitlines() for one in split(line)]
    return tuple(read(one, detect(one, "fr")) for one in found)


def nearest(claim: Unit, units: Sequence[Unit]) -> list[Unit]:
    """The sentences that tell the most of a claim: the best, and those nearly as good."""
    ranked = [(_share(claim.words, [_told(w, [u]) for w in claim.words]), u) for u in units]
    best = max((share for share, _ in ranked), default=0.0)
    return [unit for share, unit in ranked if share >= 0.85 * best]


def _told(word: Word, units: Iterable[Unit]) -> float:
    return max((said(word, unit.words) for unit in units), default=0.0)


def _share(found: Sequence[Word], shares: Sequence[float]) -> float:
    """The weighted mean of how surely the words are told; 0 for a claim without words."""
    total = sum(word.weight for word in found)
    weighed = sum(word.weight * share for word, share in zip(found, shares, strict=True))
    return weighed / total if total else 0.0


def _gap(found: Sequence[Word], shares: Sequence[float]) -> float:
    """The weight of the longest run of words that are not told, against that of all."""
    total = sum(word.weight for word in found) or 1.0
    longest = run = 0.0
    for word, share in zip(found, shares, strict=True):
        run = run + word.weight * (1 - share) if share < SURE else 0.0
        longest = max(longest, run)
    return longest / total


def _values(claim: Unit, units: Sequence[Unit]) -> bool:
    """Whether a value of the claim is in no sentence: a unit must agree, but for a bare year."""
    held = {value.key for unit in units for value in unit.values}
    return any(value.key not in held for value in claim.values)


def _bounds(claim: Unit, units: Sequence[Unit]) -> bool:
    """Whether « plus de 30 » is said where the passage says « 30 », or « moins de 30 »."""
    for value in claim.values:
        bound = _bound(claim, value)
        told = {_bound(u, v) for u in units for v in u.values if v.key == value.key}
        if bound is not None and told and bound not in told:
            return True
    return False


def _bound(unit: Unit, value: Value) -> Kind | None:
    """The bound right before a value."""
    before = plain(unit.text[: value.start])
    for mark in unit.marks:
        if mark.kind in ("more", "less") and len(before) - 2 <= mark.at + mark.size <= len(before):
            return mark.kind
    return None


def _names(claim: Unit, units: Sequence[Unit]) -> bool:
    """Whether a name of the claim is in no sentence, nor any word that translates it."""
    held = {fold(token.text) for unit in units for token in tokens(unit.text)}
    by_start = {word.start: word for word in claim.words}
    for token in proper(claim.text, claim.language):
        folded = fold(token.text)
        if folded in held or folded.rstrip("s") in held:
            continue
        word = by_start.get(token.start)
        if word is None or _told(word, units) < 1.0:
            return True
    return False


def proper(text: str, language: Language) -> list[Token]:
    """The words of a text that a capital makes names; at its head, only those that are no word."""
    found = []
    for i, token in enumerate(tokens(text)):
        shouts = len(token.text) > 1 and token.text.isupper()
        if not token.text[0].isupper():
            continue
        if i == 0 and not shouts and frequency(fold(token.text), language) >= USUAL:
            continue
        found.append(token)
    return found


def _places(sentence: str, named: Sequence[Evidence]) -> bool:
    """Whether a place of the sentence is in no passage, nor above one."""
    held = {m.code for e in named for m in places.find(f"{e.quote}\n{e.around}")}
    written = fold(" ".join(f"{e.quote} {e.around}" for e in named))
    return any(m.code not in held and fold(m.name) not in written for m in places.find(sentence))


def _echelons(sentence: str, named: Sequence[Evidence], language: Language) -> bool:
    """Whether the sentence gives to one échelon what the passages say of others."""
    vocabulary = lexicon.load()
    claimed = {m.echelon for m in vocabulary.find(sentence, language) if m.echelon}
    matches = [m for e in named for m in vocabulary.find(f"{e.quote}\n{e.around}")]
    held = {m.echelon for m in matches if m.echelon}
    anyone = not held and any(m.concept == ALL for m in matches)
    return bool(claimed - held) and not anyone


def _negation(claim: Unit, units: Sequence[Unit]) -> bool:
    """Whether the claim denies what the passages affirm, or affirms what they deny."""
    denied = [w for u in units for w in _denied(u)]
    mine = _denied(claim)
    if mine:
        return not any(said(word, denied) >= SURE for word in mine)
    return any(_share(group, [said(w, claim.words) for w in group]) >= 0.6
               for u in units for group in _groups(u))  # fmt: skip


def _denied(unit: Unit) -> list[Word]:
    """The words that the negations of a unit bear on."""
    return [word for group in _groups(unit) for word in group]


def _groups(unit: Unit) -> list[list[Word]]:
    """For each negation, the content words around it: the two before, those right after."""
    places_of = _positions(unit)
    return [
        [w for w, at in places_of if mark.at - 3 <= at <= mark.at + mark.size + NEGATED]
        for mark in unit.marks
        if mark.kind == "negation"
    ]


def _positions(unit: Unit) -> list[tuple[Word, int]]:
    return [(word, len(plain(unit.text[: word.start]))) for word in unit.words]


def _modal(claim: Unit, near: Sequence[Unit]) -> bool:
    """Whether a claim obliges, advises or states as done what the passage does not."""
    told = {mark.kind for unit in near for mark in unit.marks}
    if claim.has("obligation") and "obligation" not in told:
        return True
    if claim.has("advice") and not told & {"advice", "obligation"}:
        return True
    loose = {"possibility", "intention", "advice"}
    weak = all(unit.has("possibility", "intention") for unit in near)
    return bool(near) and weak and not any(m.kind in loose for m in claim.marks)


def _scope(claim: Unit, near: Sequence[Unit]) -> bool:
    """Whether a claim says all or only where the passage does not, or drops its « certains »."""
    told = {mark.kind for unit in near for mark in unit.marks}
    if claim.has("all") and not told & {"all"}:
        return True
    if claim.has("only") and "only" not in told:
        return True
    partial = bool(near) and all(unit.has("some") for unit in near)
    return partial and not claim.has("some", "example", "possibility")


def _opposite(claim: Unit, near: Sequence[Unit]) -> bool:
    mine = frozenset(plain(claim.text))
    return bool(near) and all(opposed(mine, frozenset(plain(u.text))) for u in near)


def _merged(claim: Unit, told: Sequence[Sequence[Unit]], around: Sequence[Unit]) -> bool:
    """Whether a part of the claim joins what no single passage joins: a value, a name, a place."""
    if len(told) < 2:
        return False
    for clause in re.split(
        r"[;,:]\s+|\s(?:et|and|while|whereas|tandis que|alors que|but|mais)\s", claim.text
    ):
        part = read(clause, claim.language)
        if not any(
            not _values(part, [*units, *around]) and not _names(part, [*units, *around])
            for units in told
        ):
            return True
    return False
