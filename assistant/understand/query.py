"""What a question asks and about what, standing alone, whatever was said before it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from assistant import lexicon, places
from assistant.lexicon import Match
from assistant.places import PlaceMatch
from assistant.slots import years
from assistant.types import Echelon, Language, Question
from assistant.understand.asks import (
    Ask,
    Spans,
    about_may,
    about_now,
    about_self,
    asks,
    contrasted,
    leans,
)
from assistant.understand.language import detect
from assistant.understand.spelling import Speller
from assistant.words import Token, content, fold, stem, stopwords, tokens

Kind = Literal[
    "concept", "acronym", "echelon", "facet", "ask", "place", "name", "number", "article", "word"
]
KINDS: dict[str, Kind] = {
    "echelon": "echelon", "acronym": "acronym", "facet": "facet", "ask": "ask",
}  # fmt: skip
# What a kind of answer is looked for under, when the question does not name it otherwise.
IMPLIED = {"contact": "@contact", "why": "@interet", "definition": "@definition"}
Role = Literal["focus", "about", "self", "carried"]
_TAG = re.compile(r"</?\w+[^<>]*>")
_ARTICLE = re.compile(r"\b(?:article|art\.?|alinea) (?:n ?[°o] ?)?$")
TURNS = 6  # how far back a follow-up may lean


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question names; a passage names it too when it holds one of ``keys``."""

    text: str
    keys: frozenset[str]
    kind: Kind
    role: Role
    start: int = 0
    code: str | None = None  # of a place
    stems: frozenset[str] = frozenset()  # the words that name a concept here; it has others


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. ``empty`` says why nothing is asked: small talk, or only orders."""

    text: str
    language: Language
    asks: tuple[Ask, ...] = ()
    terms: tuple[Term, ...] = ()
    echelon: Echelon | None = None
    place: str | None = None
    now: bool = False
    may: bool = False
    empty: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def ask(self) -> Ask:
        """What is wanted first of all."""
        return self.asks[0]

    def wants(self, *wanted: str) -> bool:
        """Whether one of these kinds of answer is asked for."""
        return any(ask.wanted in wanted for ask in self.asks)

    def about(self, *kinds: Kind) -> tuple[Term, ...]:
        """The terms of these kinds that are asked about, not those that say who asks."""
        return tuple(t for t in self.terms if t.kind in kinds and t.role != "self")


def understand(question: Question, speller: Speller) -> Query:
    """The question made to stand alone, with what its last turn wants."""
    query: Query | None = None
    turns = [t.content for t in question.history if t.role == "user"][-TURNS:]
    for text in [*turns, question.text]:
        query = _turn(text, query, speller)
    assert query is not None
    return replace(
        query,
        echelon=question.echelon or query.echelon,
        place=_code(question.place) or query.place,
        sources=question.sources,
    )


def _turn(text: str, before: Query | None, speller: Speller) -> Query:
    """One turn; it takes up the turn before when it leans on it."""
    vocabulary = lexicon.load()
    plain = _TAG.sub(" ", unicodedata.normalize("NFC", text))
    asked = vocabulary.drop_injection(" ".join(plain.split()))
    language = detect(asked or text, before.language if before else "fr")
    asked = vocabulary.spell_out(asked) if language == "fr" else asked
    small = vocabulary.small_talk_of(asked) if asked else "orders"
    if small:
        return Query(text, language, empty=small)
    query = _alone(speller.correct(asked) if language == "fr" else asked, language)
    if before and not before.empty and _leans(query):
        return _joined(before, query)
    return query


def _alone(text: str, language: Language) -> Query:
    folded = "".join(fold(c)[:1] or c for c in text)
    wanted = asks(folded, language)
    apart = about_self(folded, language)
    terms = _terms(text, language, wanted, apart)
    wanted = _whose(wanted, terms)
    spoken = [t for t in terms if t.kind == "echelon"]
    located = [t for t in terms if t.kind == "place"]
    return Query(
        text=text,
        language=language,
        asks=wanted,
        terms=terms,
        echelon=_first_echelon(spoken),
        place=located[0].code if located else None,
        now=about_now(folded, language),
        may=about_may(folded, language),
    )


def _whose(wanted: tuple[Ask, ...], terms: tuple[Term, ...]) -> tuple[Ask, ...]:
    """« C'est qui, le CNCRES ? » wants to know what it is, not a person."""
    named = {t.kind for t in terms if t.kind != "ask"}
    if wanted[0].wanted == "person" and named == {"acronym"}:
        return (Ask("definition", False, wanted[0].spans), *wanted[1:])
    return wanted


def _terms(
    text: str, language: Language, wanted: tuple[Ask, ...], apart: Spans
) -> tuple[Term, ...]:
    """What the question names, in its order, each thing once."""
    named = [_of_place(m, text) for m in places.find(text)]
    taken = [(t.start, t.start + len(t.text)) for t in named]
    for match in lexicon.load().find(text, language):
        if not _inside(match.start, match.end, taken):
            named.append(_of_concept(match, text))
            taken.append((match.start, match.end))
    said = wanted[0].spans
    for token in tokens(text):
        if _inside(token.start, token.end, taken) or not _says(token, text, language):
            continue
        if not _inside(token.start, token.end, said) or _kind(token, text) in ("name", "number"):
            named += _of_token(token, text, language)
    implied = IMPLIED.get(wanted[0].wanted)
    if implied:
        named.append(Term(implied, frozenset({implied}), "facet", "about", len(text)))
    ordered = sorted(named, key=lambda t: t.start)
    return _once(_with_roles(ordered, said, apart))


def _says(token: Token, text: str, language: Language) -> bool:
    """Whether a token is more than a function word: « NOTRe » is a law, « notre » is not."""
    return fold(token.text) not in stopwords(language) or _shouts(token, text)


def _shouts(token: Token, text: str) -> bool:
    capitals = sum(c.isupper() for c in token.text)
    return capitals > 1 and any(c.islower() for c in text)


def _of_place(match: PlaceMatch, text: str) -> Term:
    keys = frozenset(stem(t.text) for t in content(match.name))
    return Term(text[match.start : match.end], keys, "place", "about", match.start, match.code)


def _of_concept(match: Match, text: str) -> Term:
    kind = lexicon.load().concept(match.concept).kind
    surface = text[match.start : match.end]
    return Term(
        text=surface,
        keys=frozenset({f"@{match.concept}"}),
        kind=KINDS.get(kind, "concept"),
        role="about",
        start=match.start,
        stems=frozenset(stem(token.text) for token in content(surface)),
    )


def _of_token(token: Token, text: str, language: Language) -> list[Term]:
    """A plain word; none where it only fills the sentence."""
    vocabulary = lexicon.load()
    word = fold(token.text)
    if word in vocabulary.fillers or (len(word) < 2 and not word.isdigit()):
        return []
    keys = {stem(token.text)}
    if language == "en":
        keys |= {stem(t.text) for t in content(vocabulary.french(token.text) or "")}
    return [Term(token.text, frozenset(keys), _kind(token, text), "about", token.start)]


def _kind(token: Token, text: str) -> Kind:
    if token.text[0].isdigit():
        before = fold(text[: token.start])
        return "article" if _ARTICLE.search(before) else "number"
    opens = not text[: token.start].strip(" «\"'(") or text[: token.start].rstrip()[-1] in ".?!:;"
    shouted = text.upper() == text
    if not shouted and ((token.text[0].isupper() and not opens) or _shouts(token, text)):
        return "name"
    return "word"


def _with_roles(terms: list[Term], said: Spans, apart: Spans) -> list[Term]:
    """Each term with its role; the focus is the first thing named after the ask."""
    asked_from = min((end for _, end in said), default=None)
    roles: list[Term] = []
    focused = asked_from is None
    for term in terms:
        if _inside(term.start, term.start + 1, apart):
            roles.append(replace(term, role="self"))
        elif not focused and asked_from is not None and term.start >= asked_from:
            roles.append(replace(term, role="focus"))
            focused = True
        else:
            roles.append(term)
    return roles


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    seen: dict[frozenset[str], Term] = {}
    for term in terms:
        if term.keys not in seen or seen[term.keys].role == "self":
            seen[term.keys] = term
    return tuple(seen.values())


def _leans(query: Query) -> bool:
    """Whether a turn needs the one before: it says so, or names too little to stand alone."""
    folded = "".join(fold(c)[:1] or c for c in query.text)
    named = [
        t for t in query.terms if t.role != "self" and t.kind not in ("echelon", "ask", "place")
    ]
    return len(named) < 2 or (leans(folded, query.language) and len(named) < 5)


def _joined(before: Query, query: Query) -> Query:
    """The turn with what it leaves unsaid taken from the one before."""
    own = {key for term in query.terms for key in term.keys}
    own |= {key for key in contrasted() if contrasted()[key] & own}
    replaced: set[Kind] = {t.kind for t in query.terms if t.kind in ("echelon", "place")}
    if "place" in replaced or any(t.kind == "name" for t in query.terms):
        replaced |= {"place", "name"}
    carried = tuple(
        replace(t, role="self" if t.role == "self" else "carried")
        for t in before.terms
        if t.kind not in replaced and not (t.keys & own)
    )
    plain = query.ask.wanted == "prose" or (
        query.ask.wanted in ("how", "list") and len(query.terms) < 2
    )
    return replace(
        query,
        text=f"{before.text} {query.text}",
        terms=query.terms + carried,
        asks=before.asks if plain else query.asks,
        echelon=query.echelon or before.echelon,
        place=query.place or before.place,
    )


def _first_echelon(terms: list[Term]) -> Echelon | None:
    """The échelon asked about, or else the one that the person speaks from."""
    ranked = sorted(terms, key=lambda t: t.role == "self")
    for term in ranked:
        found = lexicon.load().concept(next(iter(term.keys))[1:]).echelon
        if found:
            return found
    return None


def _code(place: str | None) -> str | None:
    """The code of a place given by number, code or name; None when it names none."""
    if not place:
        return None
    known = places.load().place(place)
    if known:
        return known.code
    found = places.find(place) or places.find(f"({place})")
    return found[0].code if found else None


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in spans)


def numbers(query: Query) -> frozenset[str]:
    """The numbers that the question states itself, years included."""
    return frozenset(next(iter(t.keys)) for t in query.terms if t.kind == "number") | years(
        query.text
    )
