"""What a claim states exactly and its passages do not: values, names, places, échelons."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from assistant import lexicon, slots
from assistant.generate.check.align import initials, spelled_out
from assistant.generate.check.derived import derived
from assistant.generate.check.marks import Kind, data, plain
from assistant.generate.check.units import Hearing, Unit, told
from assistant.generate.check.values import Value
from assistant.places import find
from assistant.types import Language
from assistant.understand.language import frequency
from assistant.words import Token, fold, tokens

ANYONE = "collectivite"
_ADJECTIVE = re.compile(r"(?:al|ale|aux|ales)$")  # of a level: regional, not "Region"
PERIOD = 30  # characters after a value in which its period is told
SURE = 0.5  # from which a word counts as told
USUAL = 2.5  # Zipf frequency from which a word with a capital at the head of a sentence is no name


def strange_value(hearing: Hearing) -> bool:
    """Whether a value is neither in the passages nor easily told from them."""
    held = [value for unit in [*hearing.every, *hearing.around] for value in unit.values]
    keys = {value.key for value in held}
    return any(
        value.key not in keys and not derived(value, hearing, held)
        for value in hearing.claim.values
    )


def bound_changed(hearing: Hearing) -> bool:
    """Whether « plus de 30 » is said where the passage says « 30 », or « moins de 30 »."""
    for value in hearing.claim.values:
        bound = _bound(hearing.claim, value)
        held = {_bound(u, v) for u in hearing.every for v in u.values if v.key == value.key}
        said = any(u.has(bound) for u in hearing.near) if bound else True
        if held and bound not in held and not said:
            return True
    return False


def _bound(unit: Unit, value: Value) -> Kind | None:
    """The bound right before a value."""
    before = len(plain(unit.text[: value.start]))
    for mark in unit.marks:
        far = 2 if mark.size > 1 else 0  # « moins de ces 30 »; "over the next two years" is none
        if mark.kind in ("more", "less") and before - far <= mark.at + mark.size <= before:
            return mark.kind
    return None


def strange_address(hearing: Hearing) -> bool:
    """Whether a web address, an e-mail address or a telephone number is in no passage."""
    written = " ".join(one.quote for one in hearing.named)
    return any(
        found not in written
        for kind in ("url", "email", "phone")
        for found in slots.find(kind, hearing.claim.text)
    )


def strange_office(hearing: Hearing) -> bool:
    """Whether the claim gives an office (maire, "director") that no passage tells of."""
    written = {w for one in hearing.named for w in plain(f"{one.quote}\n{one.around}")}
    claimed = set(plain(hearing.claim.text))
    offices = [set(group.split()) for group in data()["general"]["offices"]]
    return any(claimed & office and not written & office for office in offices)


def strange_date(hearing: Hearing) -> bool:
    """Whether the passages give a day or a year to a month, and another one than the claim."""
    held = [pair for unit in [*hearing.every, *hearing.around] for pair in _dates(unit)]
    for month, other in _dates(hearing.claim):
        given = {b.key for a, b in held if a.key == month.key and b.unit == other.unit}
        if given and other.key not in given:
            return True
    return False


def _dates(unit: Unit) -> Iterator[tuple[Value, Value]]:
    """Each month with the day or the year beside it."""
    for one, after in pairwise(unit.values):
        if re.fullmatch(r"\s*(?:of\s)?", unit.text[one.end : after.start]):
            if one.unit == "month" and after.unit == "year":
                yield one, after
            if after.unit == "month" and one.unit == "plain":
                yield after, one


def period_changed(hearing: Hearing) -> bool:
    """Whether a value is told by the year, the month or the day, and nothing near tells of one."""
    listed = [set(forms.split()) for forms in data()["general"]["periods"]]
    held = {word for unit in hearing.near for word in plain(unit.text)}
    claim = hearing.claim
    after = [plain(claim.text[value.end : value.end + PERIOD])[:3] for value in claim.values]
    return any(
        set(words[i + 1 : i + 2]) & forms and not held & forms
        for words in after
        for i, word in enumerate(words)
        if word in data()["general"]["by"]
        for forms in listed
    )


def strange_name(hearing: Hearing) -> bool:
    """Whether a name is in no passage, nor any word that translates it."""
    return not names_held(hearing.claim, [*hearing.every, *hearing.around])


def names_held(claim: Unit, found: Sequence[Unit]) -> bool:
    """Whether every name of a claim is in some sentences; places and values are held elsewhere."""
    held = {fold(token.text) for unit in found for token in tokens(unit.text)}
    by_start = {word.start: word for word in claim.words}
    spelled = {at for u in found for at in spelled_out(claim.words, u.text)}
    for token in proper(claim):
        folded = fold(token.text)
        if folded in held or folded.rstrip("s") in held or token.start in spelled:
            continue
        if token.text.isupper() and any(token.text in initials(unit.words) for unit in found):
            continue
        word = by_start.get(token.start)
        if word is None or told(word, found) < 1.0:
            return False
    return True


def proper(unit: Unit, *, places: bool = False) -> list[Token]:
    """The words that a capital makes names; at the head, only those that are no usual word.

    ``places`` counts the words of a place among them.
    """
    taken = [] if places else [(m.start, m.end) for m in find(unit.text)]
    taken += [(value.start, value.end) for value in unit.values]
    return [
        token
        for token in tokens(unit.text)
        if token.text[0].isupper()
        and not any(start <= token.start < end for start, end in taken)
        and (not _opens(unit.text, token) or _no_word(token, unit.language))
    ]


def _opens(text: str, token: Token) -> bool:
    """Whether a word opens a sentence, where any has a capital."""
    before = text[: token.start].rstrip(" «“\"'(")
    return not re.search(r"\w", before) or before.endswith("?")


def _no_word(token: Token, language: Language) -> bool:
    shouts = len(token.text) > 1 and token.text.isupper()
    return shouts or frequency(fold(token.text), language) < USUAL


def strange_place(hearing: Hearing) -> bool:
    """Whether a place is in no passage, nor above one."""
    texts = [f"{one.quote}\n{one.around}" for one in hearing.named]
    return not places_held(hearing.claim.text, texts)


def places_held(claim: str, texts: Iterable[str]) -> bool:
    """Whether every place of a claim is in some texts, by its name or its number."""
    written = "\n".join(texts)
    held = {match.code for match in find(written)}
    # a city bears the number of its département, and is not all of it
    return all(
        fold(m.name) in fold(written) or (m.code in held and m.kind != "city") for m in find(claim)
    )


def other_level(hearing: Hearing) -> bool:
    """Whether the claim gives to one échelon what the passages say of others."""
    vocabulary, claim = lexicon.load(), hearing.claim
    named = [m for m in vocabulary.find(claim.text, claim.language) if m.echelon]
    texts = (f"{one.quote}\n{one.around}" for one in hearing.named)
    matches = [m for text in texts for m in vocabulary.find(text)]
    held = {m.echelon for m in matches if m.echelon}
    if any(w in data()["general"]["towns"] for u in hearing.every for w in plain(u.text)):
        held.add("commune")
    anyone = any(m.concept == ANYONE for m in matches)
    anyone |= any(w.startswith(ANYONE) for u in hearing.every for w in plain(u.text))
    quoted = any(m.echelon for one in hearing.named for m in vocabulary.find(one.quote))
    vague = data()["general"]["vague"] if anyone and not quoted else ()
    told_so = _of_a_level(hearing)
    claimed = {
        m.echelon
        for m in named
        if fold(claim.text[m.start : m.end]) not in vague and m.start not in told_so
    }
    return bool(claimed - held) and not (anyone and not held)


def _of_a_level(hearing: Hearing) -> set[int]:
    """Where words of the claim start that its passages say as they are: « parc régional »."""
    stems = {stem for unit in hearing.every for word in unit.words for stem in word.stems}
    return {
        word.start
        for word in hearing.claim.words
        if word.stems & stems and _ADJECTIVE.search(fold(word.text))
    }
