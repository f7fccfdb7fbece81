"""How a claim stands to what its passages say: denied, obliged, made general, made a cause."""

import re
from typing import NamedTuple

from assistant import lexicon, places
from assistant.generate.check.align import Word, said
from assistant.generate.check.marks import Kind, Mark, data, fits, opposed, plain
from assistant.generate.check.stated import proper
from assistant.generate.check.units import Hearing, Unit, share, told
from assistant.slots import TOPICS
from assistant.words import fold

HEAD = 3  # words before what a claim opens on
SAME = 0.8  # from which two words that are denied are one
NEGATED = 3  # content words after a negation or a modal that it bears on
REACH = 7  # words, light ones too, among which they are looked for
DENIED = 0.6  # of what a negation bears on, told by a claim that denies nothing
OPEN: tuple[Kind, ...] = ("possibility", "intention", "condition")
LOOSE: tuple[Kind, ...] = (*OPEN, "advice", "aim")
_ENDS: tuple[Kind, ...] = (
    "cause", "aim", "purpose", "means", "need", "intention", "possibility",
)  # fmt: skip
_INFINITIVE = re.compile(r"\W*[a-zà-ÿ]{2,}(?:er|ir|oir|[^aeiou]re|ire)\b", re.IGNORECASE)


def denied(hearing: Hearing) -> bool:
    """Whether the claim denies what the passages affirm, or affirms what they deny."""
    if hearing.claim.has("negation"):
        return _denies(hearing)
    groups = [group for unit in hearing.near for group in _denials(unit) if group]
    claimed = hearing.claim.words
    return any(
        share(group, [float(said(w, claimed) >= SAME) for w in group]) >= DENIED for group in groups
    )


def _denies(hearing: Hearing) -> bool:
    """Whether what the claim denies is said by a sentence near it that denies nothing."""
    theirs = [word for unit in hearing.every for group in _denials(unit) for word in group]
    mine = [group for group in _denials(hearing.claim) if group]
    if any(said(word, theirs) >= SAME for group in mine for word in group):
        return False
    plainly = [unit for unit in hearing.near if not unit.has("negation")]
    absolute = data()["denials"]["absolute"].split()
    if len(plainly) == len(hearing.near) and {*plain(hearing.claim.text)} & {*absolute}:
        return True
    return any(
        share(group, [float(said(w, unit.words) >= SAME) for w in group]) >= DENIED
        for group in mine
        for unit in plainly
    )


def _denials(unit: Unit) -> list[list[Word]]:
    """For each negation, the content words that it bears on: right before it, and after."""
    words = plain(unit.text)
    backward = data()["denials"]["after"].split()
    return [
        _before(unit, mark) if _is(words[mark.at], backward) else _after(unit, mark, nearby=1)
        for mark in unit.marks
        if mark.kind == "negation"
    ]


def _is(word: str, forms: list[str]) -> bool:
    return any(fits(form, word) for form in forms)


def _places(unit: Unit) -> list[tuple[Word, int]]:
    """Its content words, each with its place among all its words."""
    return [(word, len(plain(unit.text[: word.start]))) for word in unit.words if word.weight]


def _after(unit: Unit, mark: Mark, *, nearby: int = 0) -> list[Word]:
    """The content words that follow a mark closely, and those ``nearby`` before it."""
    end = mark.at + mark.size
    after = [w for w, i in _places(unit) if end <= i < end + REACH][:NEGATED]
    return [w for w, i in _places(unit) if mark.at - nearby <= i < end] + after


def _before(unit: Unit, mark: Mark) -> list[Word]:
    return [w for w, i in _places(unit) if mark.at - REACH <= i < mark.at][-NEGATED:]


def modal_changed(hearing: Hearing) -> bool:
    """Whether a claim obliges, advises or tells as done what the passages do not."""
    claim, near = hearing.claim, hearing.near
    held = {mark.kind for unit in near for mark in unit.marks}
    if _obliges(claim) and not held & {"obligation", "need", "condition"}:
        return True
    plans = [unit for unit in near if _INFINITIVE.match(unit.text)]
    bid = any(unit.has("advice", "obligation", "need") for unit in hearing.every)
    if claim.has("advice") and not (bid or plans):
        return True
    return _forced(hearing) or _settled(hearing) or _told_as_done(hearing, plans)


def _obliges(claim: Unit) -> bool:
    """Whether it obliges: « n'est pas obligé », "no duty" do not."""
    denied = [m.at + m.size for m in claim.marks if m.kind == "negation"]
    return any(
        mark.kind == "obligation" and not any(0 <= mark.at - end <= NEGATED for end in denied)
        for mark in claim.marks
    )


def _forced(hearing: Hearing) -> bool:
    """Whether the very act that a claim obliges to is one that the passages only allow."""
    must = [_after(hearing.claim, m)[:1] for m in hearing.claim.marks if m.kind == "obligation"]
    may = [_after(u, m)[:1] for u in hearing.near for m in u.marks if m.kind == "possibility"]
    return any(said(act, allowed) >= SAME for acts in must for act in acts for allowed in may)


def _settled(hearing: Hearing) -> bool:
    """Whether a claim states what the passages only say may be, is planned or is conditional."""
    if hearing.claim.has(*LOOSE):
        return False
    bound = [[m for m in unit.marks if m.kind in OPEN] for unit in hearing.near]
    groups = [
        _before(unit, mark) if mark.kind == "condition" else _after(unit, mark)
        for unit, found in zip(hearing.near, bound, strict=True)
        for mark in found
    ]
    claimed = hearing.claim.words
    same = any(
        share(group, [float(said(w, claimed) >= SAME) for w in group]) >= DENIED for group in groups
    )
    return bool(bound) and all(bound) and same


def _told_as_done(hearing: Hearing, plans: list[Unit]) -> bool:
    """Whether a claim tells as done what the passages only plan, aim at or announce."""
    claim = hearing.claim
    done = re.search(data()[claim.language]["done"], claim.text.lower())
    planned = all(
        unit in plans or unit.has("aim", "intention") or _to_come(unit) for unit in hearing.near
    )
    return bool(hearing.near) and planned and done is not None


def _to_come(unit: Unit) -> bool:
    lower = unit.text.lower()
    listed = data()[unit.language]
    return bool(re.search(listed["future"], lower)) and not re.search(listed["done"], lower)


def scope_changed(hearing: Hearing) -> bool:
    """Whether a claim says all or only where the passages do not, or drops their « certains »."""
    claim, near = hearing.claim, hearing.near
    held = {mark.kind for unit in near for mark in unit.marks}
    if claim.has("only") and not held & {"only", "merely"}:
        return True
    if claim.has("all") and "all" not in held and not (_each(hearing) or claim.has("negation")):
        return True
    partial = bool(near) and all(unit.has("some") for unit in near)
    return partial and not claim.has("some", "example", "possibility")


def _each(hearing: Hearing) -> bool:
    """Whether all that the claim says of all is « chacun », and the passages count « par » one."""
    listed, claim = data()["general"], plain(hearing.claim.text)
    every = {claim[mark.at] for mark in hearing.claim.marks if mark.kind == "all"}
    shared = {word for unit in hearing.near for word in plain(unit.text)} & {
        *listed["shared"].split()
    }
    return every <= {*listed["each"].split()} and bool(shared)


def made_general(hearing: Hearing) -> bool:
    """Whether what one place or body does is told of all: « les communes » for one of them."""
    claim = hearing.claim
    if places.find(claim.text) or _named(claim) or claim.has("example", "some", "possibility"):
        return False
    bodies = [(unit, of) for unit in hearing.every for of in _bodies(unit)]
    return any(
        bool(alike := [(unit, of) for unit, of in bodies if of.concept == head.concept])
        and not any(of.plural for _, of in alike)
        and any(places.find(unit.text) or _named(unit) for unit, _ in alike)
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
    given = any(unit.has("cause", "aim", "purpose", "means") for unit in hearing.near)
    return hearing.claim.has("cause") and not given


def purpose_invented(hearing: Hearing) -> bool:
    """Whether a claim tells what a thing is done for, and the passages of no end, want or means."""
    ends = re.search(data()[hearing.claim.language]["end"], hearing.claim.text.lower())
    if ends is None or any(unit.has(*_ENDS) for unit in hearing.every):
        return False
    deed = [word for word in hearing.claim.words if word.end >= ends.end() and word.weight][:1]
    return any(told(word, hearing.every) < SAME for word in deed)


def turned_over(hearing: Hearing) -> bool:
    """Whether a claim holds a word whose opposite the passages hold, and not itself."""
    held = frozenset(word for unit in hearing.near for word in plain(unit.text))
    return opposed(frozenset(plain(hearing.claim.text)), held)
