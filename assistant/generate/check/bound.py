"""A claim in; whether its parts are told where its passages tell them, and bound alike, out.

A value or a name of the passage that belongs to another thing there, or a denial that stands beside
what the claim takes, are seen only where the words of the claim are told.
"""

from collections.abc import Iterable
from itertools import pairwise

from assistant.generate.check.align import Word
from assistant.generate.check.clauses import Place, places
from assistant.generate.check.crossed import capitals, levels
from assistant.generate.check.derived import derived
from assistant.generate.check.marks import Kind, data, plain
from assistant.generate.check.units import Hearing, Unit, told
from assistant.words import fold

HEAVY = 0.5  # the weight from which a word pins what is said of a value or a name
SURE = 0.8  # from which a clause tells a word
_NONE: frozenset[object] = frozenset()

# What a claim may not leave out of the sentences that tell it, nor a part of it add to them.
_KEPT: frozenset[Kind] = frozenset({"negation", "cause", "all", "more", "less", "intention"})
_ADDED: frozenset[Kind] = frozenset({"all", "negation"})


def untold(hearing: Hearing) -> bool:
    """Whether no clause of a passage tells enough of a part of the claim."""
    least = data()["thresholds"]["part"]
    return any(place.share < least for place in places(hearing))


def unbound(hearing: Hearing) -> bool:
    """Whether a value, a name or an échelon of a part stands elsewhere than what tells it."""
    return any(_loose(place, hearing) for place in places(hearing))


def _loose(place: Place, hearing: Hearing) -> bool:
    found = [*place.window.units, *hearing.around]
    written = {word for unit in found for word in plain(unit.text)}
    held = [value for unit in found for value in unit.values]
    keys = {value.key for value in held}
    return (
        any(v.key not in keys and not derived(v, hearing, held) for v in place.part.values)
        or not capitals(place.part) <= written | {n for unit in found for n in capitals(unit)}
        or not levels(place.part) <= {level for unit in found for level in levels(unit)}
    )


def unmarked(hearing: Hearing) -> bool:
    """Whether it drops a denial, a cause, a bound or a wish that stands where it is told, or adds.

    What one part leaves out another may say: « la moitié, et non tout ».
    """
    claimed = _kinds([hearing.claim])
    return any(
        (_kinds([place.window.sentence]) - claimed) & _KEPT
        or (_kinds([place.part]) - _kinds(place.window.clauses)) & _ADDED
        for place in places(hearing)
    )


def exchanged_near(hearing: Hearing) -> bool:
    """Whether a word of a part is told only by the clause of another value or name than its own.

    « 46 contrats, dont 19 à durée indéterminée » does not tell of 46 « à durée indéterminée ».
    """
    return any(
        _of_another(word, kind, place)
        for place in places(hearing)
        for kind, keys in _anchors(place.part).items()
        if not (kind == "name" and keys & _subject(place))
        if any(_anchors(clause).get(kind, _NONE) & keys for clause in place.window.clauses)
        for word in place.part.words
        if word.weight >= HEAVY and not _within(word, place.part, keys)
    )


def _of_another(word: Word, kind: str, place: Place) -> bool:
    """Whether the clauses of a window that tell a word hold none of what the part holds."""
    keys = _anchors(place.part)[kind]
    telling = [unit for unit in place.window.clauses if told(word, [unit]) >= SURE]
    held = [_anchors(unit).get(kind, _NONE) for unit in telling]
    return any(held) and not any(one & keys for one in held)


def _subject(place: Place) -> frozenset[object]:
    """The names of the subject of all a sentence: « l'Isère verse… et finance… »."""
    return _anchors((place.window.subject or place.window.clauses)[0])["name"]


def _anchors(unit: Unit) -> dict[str, frozenset[object]]:
    """Its values by their unit, and its names."""
    found: dict[str, frozenset[object]] = {"name": frozenset(capitals(unit))}
    for value in unit.values:
        found[value.unit] = found.get(value.unit, _NONE) | {value.key}
    return found


def _within(word: Word, part: Unit, keys: frozenset[object]) -> bool:
    """Whether a word is itself a value of the part, or one of its names."""
    named = fold(word.text).rstrip("s") in keys
    return named or any(value.start <= word.start < value.end for value in part.values)


def period_dropped(hearing: Hearing) -> bool:
    """Whether what is told by the year or the month is not in the claim, or the reverse."""
    found = places(hearing)
    held = {period for place in found for period in periods(place.window.sentence.text)}
    claimed = periods(hearing.claim.text)
    missed = {period for place in found for period in _counted_by(place)} - claimed
    return bool(claimed - held or missed)


def _counted_by(place: Place) -> set[int]:
    """The periods of the values of a part, in the clauses that hold them or go on without any."""
    mine = {value.key for value in place.part.values}
    clauses = place.window.clauses
    if not any(mine & {v.key for v in unit.values} for unit in clauses):
        return set()
    told_so = [u for u in clauses if not u.values or mine & {v.key for v in u.values}]
    return {period for unit in told_so for period in periods(unit.text)}


def periods(text: str) -> set[int]:
    """The periods by which a text counts, as their places in the lexicon: « par an », "monthly"."""
    listed, words = data()["general"], plain(text)
    return {
        place
        for place, forms in enumerate(listed["periods"])
        for before, word in pairwise(["", *words])
        if word in forms.split() and (word in listed["recurrent"] or before in listed["by"])
    }


def _kinds(units: Iterable[Unit]) -> set[Kind]:
    return {mark.kind for unit in units for mark in unit.marks}
