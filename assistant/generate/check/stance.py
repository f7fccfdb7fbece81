"""How a claim stands to what its passages say: denied, obliged, made general, made a cause."""

import re
from typing import NamedTuple

from assistant import lexicon, places
from assistant.generate.check.align import Word, said, same
from assistant.generate.check.marks import Kind, data, opposed, plain
from assistant.generate.check.stated import proper
from assistant.generate.check.units import Hearing, Unit, share
from assistant.slots import TOPICS
from assistant.words import fold

HEAD = 3  # words before what a claim opens on
SAME = 0.8  # from which two words that are denied are one
NEGATED = 3  # words after a negation that it bears on
DENIED = 0.6  # of what a negation bears on, told by a claim that denies nothing
_ENDS: tuple[Kind, ...] = (
    "cause", "aim", "purpose", "means", "need", "intention", "possibility",
)  # fmt: skip
_INFINITIVE = re.compile(r"\W*[a-zà-ÿ]{2,}(?:er|ir|oir|[^aeiou]re|ire)\b", re.IGNORECASE)


def denied(hearing: Hearing) -> bool:
    """Whether the claim denies what the passages affirm, or affirms what they deny."""
    mine = [word for group in _groups(hearing.claim) for word in group]
    theirs = [word for unit in hearing.every for group in _groups(unit) for word in group]
    if mine:
        return not any(said(word, theirs) >= SAME for word in mine)
    if hearing.claim.has("negation"):
        return False
    groups = [group for unit in hearing.near for group in _groups(unit) if group]
    claimed = hearing.claim.words
    return any(share(group, [float(same(w, claimed)) for w in group]) >= DENIED for group in groups)


def _groups(unit: Unit) -> list[list[Word]]:
    """For each negation, the content words that it bears on: right before it, and after."""
    at = [(word, len(plain(unit.text[: word.start]))) for word in unit.words]
    return [
        [w for w, i in at if mark.at - 1 <= i <= mark.at + mark.size - 1 + NEGATED]
        for mark in unit.marks
        if mark.kind == "negation"
    ]


def modal_changed(hearing: Hearing) -> bool:
    """Whether a claim obliges, advises or tells as done what the passages do not."""
    claim, near = hearing.claim, hearing.near
    held = {mark.kind for unit in near for mark in unit.marks}
    if claim.has("obligation") and not held & {"obligation", "need"}:
        return True
    plans = [unit for unit in near if _INFINITIVE.match(unit.text)]
    if claim.has("advice") and not (held & {"advice", "obligation", "need"} or plans):
        return True
    loose = claim.has("possibility", "intention", "advice", "aim", "purpose")
    if near and not loose and all(u.has("possibility", "intention") for u in near):
        return True
    done = re.search(data()[claim.language]["done"], claim.text.lower())
    planned = all(unit in plans or unit.has("aim") for unit in near)
    return bool(near) and planned and done is not None


def scope_changed(hearing: Hearing) -> bool:
    """Whether a claim says all or only where the passages do not, or drops their « certains »."""
    claim, near = hearing.claim, hearing.near
    held = {mark.kind for unit in near for mark in unit.marks}
    if any(claim.has(kind) and kind not in held for kind in ("all", "only")):
        return True
    partial = bool(near) and all(unit.has("some") for unit in near)
    return partial and not claim.has("some", "example", "possibility")


def made_general(hearing: Hearing) -> bool:
    """Whether what one place or body does is told of all: « les communes » for one of them."""
    claim = hearing.claim
    if places.find(claim.text) or _named(claim) or claim.has("example", "some", "possibility"):
        return False
    told = [(unit, of) for unit in hearing.every for of in _bodies(unit)]
    return any(
        bool(same := [(unit, of) for unit, of in told if of.concept == head.concept])
        and not any(of.plural for _, of in same)
        and any(places.find(unit.text) or _named(unit) for unit, _ in same)
        for head in _bodies(claim)
        if head.plural and head.first
    )


class Body(NamedTuple):
    """An échelon or a pôle in a unit: of which there are several, or not; first named, or not."""

    concept: str
    plural: bool
    first: bool


def _named(unit: Unit) -> list[str]:
    """Its names, but for those of the subject of all the documents."""
    return [t.text for t in proper(unit) if fold(t.text).rstrip("s") not in TOPICS]


def _bodies(unit: Unit) -> list[Body]:
    found = []
    for match in lexicon.load().find(unit.text, unit.language):
        if not (match.echelon or match.concept in data()["general"]["concepts"]):
            continue
        before = plain(unit.text[: match.start])
        word = fold(unit.text[match.start : match.end])
        plural = before[-1:] in [[one] for one in data()["general"]["plural"]]
        plural = plural or (unit.language == "en" and word.endswith("s"))
        found.append(Body(match.concept, plural, first=len(before) < HEAD))
    return found


def cause_invented(hearing: Hearing) -> bool:
    """Whether a claim gives a cause, and the passages tell of none, nor of an aim."""
    told = any(unit.has("cause", "aim", "purpose", "means") for unit in hearing.every)
    return hearing.claim.has("cause") and not told


def purpose_invented(hearing: Hearing) -> bool:
    """Whether a claim tells what a thing is done for, and the passages of no end, want or means."""
    ends = re.search(data()[hearing.claim.language]["end"], hearing.claim.text.lower())
    told = any(unit.has(*_ENDS) for unit in hearing.every)
    return ends is not None and not told


def turned_over(hearing: Hearing) -> bool:
    """Whether a claim holds a word whose opposite the passages hold, and not itself."""
    held = frozenset(word for unit in hearing.every for word in plain(unit.text))
    return opposed(frozenset(plain(hearing.claim.text)), held)
