"""A claim in; whether it turns round who does what to whom, out.

Two bodies or names with one word of an action between them stand in the order of the passage, or
in the other one with « par », "by": « la CRESS appuie les collectivités » is not the contrary.
"""

import re
from typing import NamedTuple

from assistant import lexicon
from assistant.generate.check.align import Word, same
from assistant.generate.check.marks import data
from assistant.generate.check.stated import proper
from assistant.generate.check.units import Hearing, Unit
from assistant.slots import TOPICS
from assistant.words import fold

_BY = re.compile(r"\b(?:par|by)\b", re.IGNORECASE)
_OF = re.compile(
    r"\W*(?:de|du|des|d|of|from)(?:\W+(?:la|le|les|l|the|une?|an?|leurs?|ses?|its))?\W*",
    re.IGNORECASE,
)


class Party(NamedTuple):
    """A body or a name in a unit, known by its concept or its folded word."""

    key: str
    start: int
    end: int


def roles_turned(hearing: Hearing) -> bool:
    """Whether a sentence of the passages tells an action of the claim the other way round."""
    claim = hearing.claim
    mine = _parties(claim)
    return any(
        _turned(claim, (a, b), unit, (c, d))
        for unit in hearing.every
        for theirs in [_parties(unit)]
        for a in mine
        for b in mine
        if a.end <= b.start and a.key != b.key
        for c in theirs
        for d in theirs
        if c.end <= d.start and {a.key, b.key} == {c.key, d.key}
    )


def _turned(one: Unit, pair: tuple[Party, Party], other: Unit, theirs: tuple[Party, Party]) -> bool:
    """Whether an action stands between both pairs, and its doer is not the same."""
    return any(
        _doer(one, pair, word) != _doer(other, theirs, match)
        for word in _between(one, pair)
        for match in _between(other, theirs)
        if same(word, [match])
    )


def _between(unit: Unit, pair: tuple[Party, Party]) -> list[Word]:
    parties = {(p.start, p.end) for p in _parties(unit)}
    return [
        word
        for word in unit.words
        if pair[0].end <= word.start and word.end <= pair[1].start and word.weight
        if not any(start <= word.start < end for start, end in parties)
    ]


def _doer(unit: Unit, pair: tuple[Party, Party], action: Word) -> str:
    """Who acts: the first, or the second after « par », or after « de » right by the action."""
    after = unit.text[action.end : pair[1].start]
    return pair[1 if _BY.search(after) or _OF.fullmatch(after) else 0].key


def _parties(unit: Unit) -> list[Party]:
    concepts = data()["general"]["concepts"]
    found = [
        Party(m.concept, m.start, m.end)
        for m in lexicon.load().find(unit.text, unit.language)
        if m.echelon or (m.concept in concepts and m.concept not in TOPICS)
    ]
    taken = [(p.start, p.end) for p in found]
    return found + [
        Party(fold(t.text), t.start, t.end)
        for t in proper(unit, places=True)
        if fold(t.text).rstrip("s") not in TOPICS
        and not any(start <= t.start < end for start, end in taken)
    ]
