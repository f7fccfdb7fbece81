"""A claim in; whether it joins what its passages keep apart, out.

What a part of a claim says of a value or a name must be what the passages say where that value or
name stands, rather than where another of its kind does: « 13 études » for « 42 études, 13 pôles ».
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant import lexicon
from assistant.generate.check.align import Word, spelled_out
from assistant.generate.check.marks import data, plain
from assistant.generate.check.stated import names_held, places_held, proper
from assistant.generate.check.units import CLAUSES, LINKS, Hearing, Unit, read, share, told
from assistant.slots import TOPICS
from assistant.words import fold

# Where a sentence may pass from one fact to another; after a comma, it may also add to the first.
_FACTS = re.compile(rf"[;:]\s+|{LINKS}")
# Where it may pass from what one passage says to what another does.
_TURNS = re.compile(rf"[;:,]\s+|{LINKS}|\s(?:qui|que|dont|which|that|who|avec|with)\s")
_SEGMENTS = re.compile(r"[;,.()+\n]\s*|\s(?:et|puis|tandis que|alors que|mais)\s")
LEVEL = "level"
SPREAD = 0.22  # of a part of a claim, that takes a second passage to be told
MARGIN = 0.35  # by which another place of the passages must tell more of a part of a claim


def merged(hearing: Hearing) -> bool:
    """Whether a part of the claim has a value, a name and a place that no one passage joins."""
    if len(hearing.named) < 2:
        return False
    return any(not _together(part, hearing) for part in _parts(hearing, CLAUSES))


def joined(hearing: Hearing) -> bool:
    """Whether words of one part of the claim are told by no passage alone, and by several."""
    if len(hearing.named) < 2:
        return False
    ends = [match.end() for match in _TURNS.finditer(hearing.claim.text)]
    cut = pairwise([0, *ends, len(hearing.claim.text)])
    parts = [[w for w in hearing.claim.words if a <= w.start < b and w.weight] for a, b in cut]
    return any(_spread(part, hearing) > SPREAD for part in parts if len(part) > 1)


def _spread(part: list[Word], hearing: Hearing) -> float:
    """How much more of a part all the passages tell than the one that tells the most."""
    each = [share(part, [told(w, units) for w in part]) for units in hearing.told]
    return share(part, [told(w, hearing.every) for w in part]) - max(each)


def _together(part: Unit, hearing: Hearing) -> bool:
    known = {value.key for unit in hearing.every for value in unit.values}
    for one, units in zip(hearing.named, hearing.told, strict=True):
        found = [*units, *hearing.around]
        held = {value.key for unit in found for value in unit.values}
        if (
            all(value.key in held or value.key not in known for value in part.values)
            and names_held(part, found)
            and places_held(part.text, [one.quote, one.around])
        ):
            return True
    return False


def exchanged(hearing: Hearing) -> bool:
    """Whether a part of the claim says of a value or a name what is said of another."""
    segments = [(read(text, u.language), u) for u in hearing.every for text in _cut(u.text)]
    return any(
        _rival(part, anchors, segments)
        for part in _parts(hearing, _FACTS)
        for anchors in _anchors(part)
    )


def _parts(hearing: Hearing, between: re.Pattern[str]) -> Iterator[Unit]:
    for text in between.split(hearing.claim.text):
        yield read(text, hearing.claim.language)


def _cut(text: str) -> list[str]:
    return [piece for piece in _SEGMENTS.split(text) if piece and piece.strip()]


def _anchors(part: Unit) -> list[frozenset[object]]:
    """What pins a part of a claim to a place of a passage: its values of a kind, its names."""
    units = {value.unit for value in part.values}
    found = [frozenset[object](v.key for v in part.values if v.unit == unit) for unit in units]
    names, held = frozenset[object](capitals(part)), frozenset[object](levels(part))
    return [*found, *([names] if names else []), *([held] if len(held) == 1 else [])]


def _rival(part: Unit, anchors: frozenset[object], segments: list[tuple[Unit, Unit]]) -> bool:
    """Whether a segment with other anchors of the kind tells clearly more than those with these."""
    kinds = {type(anchor) for anchor in anchors}
    own, other = [0.0], [0.0]
    found = [(segment, _held(segment, anchors, kinds), whole) for segment, whole in segments]
    if not any(held & anchors for _, held, _ in found):
        return False  # said in other words: what is strange is judged elsewhere
    for segment, held, whole in found:
        if held & anchors:
            own.append(_about(part, anchors, segment))
        elif held and not (str in kinds and _held(whole, anchors, kinds) & anchors):
            # a name may be the subject of all its sentence: « l'Isère verse… et finance… »
            other.append(_about(part, anchors, segment))
    return max(other) > max(own) + MARGIN


def _held(segment: Unit, anchors: frozenset[object], kinds: set[type]) -> frozenset[object]:
    """The anchors of the same kind that a segment holds."""
    if str in kinds:
        return frozenset(capitals(segment))
    units = {anchor[1] for anchor in anchors if isinstance(anchor, tuple)}
    if LEVEL in units:
        return frozenset(levels(segment))
    return frozenset(value.key for value in segment.values if value.unit in units)


def levels(unit: Unit) -> set[tuple[str, str]]:
    """The échelons that it names."""
    found = lexicon.load().find(unit.text, unit.language)
    towns = data()["general"]["towns"]
    town = {("commune", LEVEL)} if any(word in towns for word in plain(unit.text)) else set()
    return town | {(match.echelon, LEVEL) for match in found if match.echelon}


def capitals(unit: Unit) -> set[str]:
    """Its names, those of places too, but for words of the field: CRESS, SCIC, as « pôle »."""
    field = {word.start for word in unit.words if word.concepts and word.text.isupper()}
    found = proper(unit, places=True)
    return {fold(t.text).rstrip("s") for t in found if t.start not in field} - TOPICS


def _about(part: Unit, anchors: frozenset[object], segment: Unit) -> float:
    """The share of what a part says, its anchors aside, that a segment tells."""
    spans = [(v.start, v.end) for v in part.values]
    if any(isinstance(anchor, tuple) and anchor[1] == LEVEL for anchor in anchors):
        found = lexicon.load().find(part.text, part.language)
        spans += [(match.start, match.end) for match in found if match.echelon]
    rest = [
        w
        for w in part.words
        if fold(w.text).rstrip("s") not in anchors and not any(s <= w.start < e for s, e in spans)
    ]
    spelled = spelled_out(rest, segment.text)
    return share(rest, [1.0 if w.start in spelled else told(w, [segment]) for w in rest])
