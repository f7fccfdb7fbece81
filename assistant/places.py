"""A text in; the régions, départements and cities that it names out.

The names are ``data/places.toml``, read once at first use. A name that is also a common word
(Lot, Manche, Tours) counts only in the company that makes it a place.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from assistant.words import Token, fold, tokens

Kind = Literal["region", "departement", "city"]
Care = Literal["none", "context", "strict"]
Key = tuple[str, ...]

_DEPARTEMENT = r"(?:departements?|dept|dpt|dep|conseil (?:departemental|general)|cd|prefecture)"
_OF = r"(?:de la |de l'|de |du |des |d'|la |le |l'|les )?"
_MONTH = r"(?:janv|fevr?|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)"
# What makes a place of a common word: « dans le Lot », « en Manche », « département de la Somme ».
_IN = re.compile(
    rf"\b(?:dans (?:le |la |les |l')|en |elue?s? {_OF}|{_DEPARTEMENT} {_OF}|region {_OF})$"
)
_IN_CITY = re.compile(
    rf"(?:@ |\b(?:mairie de |maire de |ville de |commune de |agglo(?:meration)? de |metropole de |"
    rf"pays de |elue?s? (?:de|a) |{_DEPARTEMENT} {_OF}))$"
)
_NAMED = re.compile(rf"\b(?:{_DEPARTEMENT}|region|ile) {_OF}$")
_ELIDED = re.compile(r"\b(?:de|pour|par|et) l'$")
# A number is a département in « (38) », « dans le 38 », « département 38 », « CD38 », « le 38 ? »,
# « le 38 aide », not in a date (« le 28 février ») nor before a unit.
_NUMBER = re.compile(
    rf"\(\s*(?P<a>\d\w{{1,2}})\s*\)"
    rf"|\b(?:dans le|{_DEPARTEMENT}(?: du| n[°o]| numero)?)\s*(?P<b>\d\w{{1,2}})\b"
    rf"(?!\s*(?:%|€|k\b|euro))"
    rf"|\b(?:le|du) (?P<c>\d\w{{1,2}})(?!\s*(?:{_MONTH}|euro|heures?\b|h\b|k\b))"
    rf"(?=\s*(?:$|[?!,;])|\.?\s*$| [a-z]{{2,}})"
)
# A follow-up that is nothing but the name: « et le Lot ? ».
_ALONE = re.compile(r"^\W*(?:et |ok |pour |dans |en )*(?:le |la |les |l'|du )?$")
_IDIOM = re.compile(r"en somme|dans le nord d[eu] ")
# « à Nice » is a place, "a nice idea" is not: the accent is kept apart from the folded text.
_A_GRAVE = str.maketrans({"à": "@", "À": "@"})
_SAINT = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True, slots=True)
class Place:
    """A région, a département or a city; ``code`` is R-84, or the number of its département."""

    kind: Kind
    code: str
    name: str
    departements: tuple[str, ...]
    region: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place, and the care it takes: a common word needs a context that makes a place.

    ``strict`` names (La Réunion) need « département », « région » or « île » before them, or a
    capital.
    """

    place: Place
    care: Care


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place named at ``text[start:end]``, the départements that it covers and its région."""

    kind: Kind
    code: str
    name: str
    departements: tuple[str, ...]
    region: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Régions and départements by code, and every name by its folded words."""

    places: Mapping[str, Place]
    names: Mapping[Key, Name] = field(repr=False)
    longest: int = 1

    def place(self, code: str) -> Place | None:
        """The département or région of a code (« 38 », « 2a », « R-84 »), or None."""
        return self.places.get(code.strip().upper())

    def find(self, text: str) -> tuple[PlaceMatch, ...]:
        """Places named in the text, in its order; of two that overlap, the longer."""
        taken: list[tuple[int, int, Place]] = []
        for start, end, place in sorted(self._named(text), key=lambda c: (c[0] - c[1], c[0])):
            if all(end <= other[0] or start >= other[1] for other in taken):
                taken.append((start, end, place))
        return tuple(_match(*found) for found in sorted(taken, key=lambda c: c[0]))

    def _named(self, text: str) -> Iterator[tuple[int, int, Place]]:
        found = tokens(text)
        yield from self._numbered(text)
        keys = [_key(token.text) for token in found]
        for i in range(len(found)):
            for j in range(i, min(i + self.longest, len(found))):
                name = self.names.get(tuple(keys[i : j + 1]))
                if name is not None and _counts(name, text, found, i, j):
                    yield found[i].start, found[j].end, name.place

    def _numbered(self, text: str) -> Iterator[tuple[int, int, Place]]:
        if not any(c.isdigit() for c in text):
            return
        folded = "".join(fold(c)[:1] or c for c in text)
        for match in _NUMBER.finditer(folded):
            group = match.lastgroup or "a"
            place = self.place(match.group(group))
            if place is not None:
                yield match.start(group), match.end(group), place


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer of the régions, départements and larger cities of France."""
    data = tomllib.loads((files("assistant") / "data" / "places.toml").read_text("utf-8"))
    places = _departements(data) | _regions(data)
    names: dict[Key, Name] = {}
    for entry, place in _entries(data, places):
        for form, care in _forms(entry):
            names.setdefault(tuple(_key(token.text) for token in tokens(form)), Name(place, care))
    return Gazetteer(places, names, max(map(len, names)))


def find(text: str) -> tuple[PlaceMatch, ...]:
    """Places named in the text, in its order."""
    return load().find(text)


def same_area(code_a: str, code_b: str) -> bool:
    """Whether two codes are one place, or one lies inside the other (38 and R-84).

    Two départements of one région are not the same area. Unknown codes are in no area.
    """
    return within(code_a, code_b) or within(code_b, code_a)


@lru_cache(maxsize=50_000)  # each code beside each other
def within(inner: str, outer: str) -> bool:
    """Whether one code is the other, or lies inside it; unknown codes are in no area."""
    a, b = load().place(inner), load().place(outer)
    return a is not None and b is not None and set(a.departements) <= set(b.departements)


def _departements(data: Mapping[str, Any]) -> dict[str, Place]:
    return {
        e["number"]: Place(
            "departement", e["number"], e["name"], (e["number"],), f"R-{e['region']}"
        )
        for e in data["departements"]
    }


def _regions(data: Mapping[str, Any]) -> dict[str, Place]:
    found = {}
    for entry in data["regions"]:
        inside = tuple(e["number"] for e in data["departements"] if e["region"] == entry["code"])
        code = f"R-{entry['code']}"
        found[code] = Place("region", code, entry["name"], inside, code)
    return found


def _entries(
    data: Mapping[str, Any], places: Mapping[str, Place]
) -> Iterator[tuple[Mapping[str, Any], Place]]:
    """Each entry of the file with its place; where two share a name, the first keeps it."""
    for entry in data["departements"]:
        yield entry, places[entry["number"]]
    for entry in data["regions"]:
        yield entry, places[f"R-{entry['code']}"]
    for entry in data["cities"]:
        yield entry, _city(entry, places[entry["departement"]])
    for entry in data["departements"]:
        name = entry["capital"]
        yield {"name": name}, _city({"name": name}, places[entry["number"]])


def _city(entry: Mapping[str, Any], inside: Place) -> Place:
    return Place("city", inside.code, entry["name"], inside.departements, inside.region)


def _forms(entry: Mapping[str, Any]) -> Iterator[tuple[str, Care]]:
    """Each spelling of an entry with its care; aliases that are common words are `careful`."""
    yield entry["name"], entry.get("care", "none")
    for alias in entry.get("aliases", ()):
        yield alias, "none"
    for alias in entry.get("careful", ()):
        yield alias, "strict"
    for word in entry.get("inhabitants", ()):
        yield from ((word + ending, "none") for ending in ("", "s", "e", "es", "ne", "nes"))


def _key(word: str) -> str:
    folded = fold(word)
    return _SAINT.get(folded, folded)


def _counts(name: Name, text: str, found: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name stands for a place there: always, but for names that are common words."""
    if name.care == "none":
        return True
    if text[found[last].end : found[last].end + 1] == "-":
        return False
    start, end = found[first].start, found[last].end
    if _IDIOM.search(fold(text[max(0, start - 8) : end + 4])):
        return False
    before = fold(text[:start].translate(_A_GRAVE))
    alone = last == len(found) - 1 and bool(_ALONE.search(before)) and name.care != "strict"
    return alone or _capital(text, found[last].start) or _introduced(name, before)


def _capital(text: str, start: int) -> bool:
    """Whether a capital stands there that neither a sentence's start nor ALL CAPS explains."""
    before = text[:start].rstrip(" «\"“'’\u00a0\u202f")
    sentence_start = not before or before[-1] in ".?!\n:"
    return text[start].isupper() and not sentence_start and not text.isupper()


def _introduced(name: Name, before: str) -> bool:
    if name.care == "strict":
        return bool(_NAMED.search(before))
    if name.place.kind == "city":
        return bool(_IN_CITY.search(before))
    return bool(_IN.search(before) or _ELIDED.search(before))


def _match(start: int, end: int, place: Place) -> PlaceMatch:
    return PlaceMatch(
        place.kind, place.code, place.name, place.departements, place.region, start, end
    )
