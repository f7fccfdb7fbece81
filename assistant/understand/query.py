"""What a question asks and about what, standing alone, whatever was said before it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant import lexicon, places
from assistant.slots import years
from assistant.types import Echelon, Language, Question
from assistant.understand.asks import (
    Ask,
    about_may,
    about_now,
    about_self,
    asks,
    bodies,
    contrasted,
    leans,
    states,
)
from assistant.understand.language import detect
from assistant.understand.spelling import Speller
from assistant.understand.terms import IMPLIED, Kind, Term, terms
from assistant.words import fold_each, tokens

_TAG = re.compile(r"</?\w+[^<>]*>|\[/?[A-Za-z]+\]")
KEYWORD = ("acronym", "title")
FEW = 6  # words: « dis-moi tout sur les PTCE »
TURNS = 6  # how far back a follow-up may lean


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
    bare: bool = False  # a thing is named and nothing asked of it: what it is, then
    empty: str | None = None
    sources: tuple[str, ...] = ()
    in_force: bool = False  # the sources are narrowed to the law of the time, not by the person

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
    """The question made to stand alone, with what its last turn wants.

    The échelon and the place that its own words name win over those given beside it, and these
    over what earlier turns named. Turns of the assistant are not read; those that ask nothing,
    or only give orders, lend nothing.
    """
    before: Query | None = None
    for text in [t.content for t in question.history if t.role == "user"][-TURNS:]:
        said = _turn(text, before, speller, said=True)
        before = before if said.empty else said
    query = _turn(question.text, before, speller)
    own = [t for t in query.terms if t.role != "carried"]
    return replace(
        query,
        echelon=_first_echelon(own) or question.echelon or query.echelon,
        place=_first_place(own) or _code(question.place) or query.place,
        sources=question.sources,
    )


def stands_alone(text: str, speller: Speller) -> bool:
    """Whether a question is understood alike whatever was said before it."""
    query = _turn(text, None, speller)
    return query.empty is None and not _leans(query)


def _turn(text: str, before: Query | None, speller: Speller, *, said: bool = False) -> Query:
    """One turn; it takes up the turn before when it leans on it."""
    vocabulary = lexicon.load()
    plain = _TAG.sub(". ", unicodedata.normalize("NFC", text)).lstrip(". ")
    asked = vocabulary.drop_injection(" ".join(plain.split()), said=said)
    language = detect(asked or text, before.language if before else "fr")
    asked = vocabulary.spell_out(asked) if language == "fr" else asked
    small = vocabulary.small_talk_of(asked) if asked else "orders"
    if small:
        return Query(text, language, empty=small)
    query = _alone(speller.correct(asked) if language == "fr" else asked, language, speller)
    if before and _leans(query):
        return _joined(before, query)
    return query


def _alone(text: str, language: Language, speller: Speller) -> Query:
    folded = fold_each(text)
    wanted = asks(folded, language)
    apart = about_self(folded, language)
    named = terms(text, language, wanted, apart, speller)
    bare = wanted[0].wanted == "prose" and _is_bare(text, named)
    if bare:
        wanted = (Ask("definition", False, ()),)
        named = terms(text, language, wanted, apart, speller)
    wanted = _eased(_told(_whose(wanted, named), named), folded, language)
    now = about_now(folded, language) or speller.is_later(years(text))
    named = tuple(replace(t, kind="ask") if now and t.keys & states() else t for t in named)
    return Query(
        text=text,
        language=language,
        asks=wanted,
        terms=named,
        echelon=_first_echelon(named),
        place=_first_place(named),
        now=now,
        may=about_may(folded, language),
        bare=bare,
    )


def _is_bare(text: str, terms: tuple[Term, ...]) -> bool:
    """Whether one thing is named and nothing asked of it: « les PTCE ? », « SCIC »."""
    about = [t.kind for t in terms if t.kind != "ask"]
    return len(about) == 1 and about[0] in KEYWORD and len(tokens(text)) <= FEW


def _whose(wanted: tuple[Ask, ...], terms: tuple[Term, ...]) -> tuple[Ask, ...]:
    """« C'est qui, le CNCRES ? » wants to know what it is, of a person too; partners are bodies."""
    named = {t.kind for t in terms if t.kind != "ask"}
    if wanted[0].wanted == "person" and named and named <= {"name", "title"}:
        return (Ask("definition", False, wanted[0].spans), *wanted[1:])
    if wanted[0].wanted in ("person", "names") and any(
        t.role == "focus" and t.keys & bodies() for t in terms
    ):
        return (Ask("actor", True, wanted[0].spans), *wanted[1:])
    if wanted[0].wanted == "person" and named == {"acronym"}:
        return (Ask("definition", False, wanted[0].spans), *wanted[1:])
    return wanted


def _told(wanted: tuple[Ask, ...], terms: tuple[Term, ...]) -> tuple[Ask, ...]:
    """« C'est quoi le rôle de… » defines nothing; « ça m'apporte quoi » asks why."""
    first = wanted[0]
    facets = (t for t in terms if t.kind == "facet" and t.text not in IMPLIED.values())
    if first.wanted == "definition" and any(t.role == "focus" for t in facets):
        first = Ask("prose", False, first.spans)
    if first.wanted == "prose" and any(t.keys & {IMPLIED["why"]} for t in terms):
        first = Ask("why", False, first.spans)
    return (first, *wanted[1:])


def _eased(wanted: tuple[Ask, ...], folded: str, language: Language) -> tuple[Ask, ...]:
    """« Qui peut en faire partie ? » asks for a rule, not for a name."""
    first = wanted[0]
    if first.wanted == "actor" and about_may(folded, language):
        return (first._replace(strict=False), *wanted[1:])
    return wanted


def _leans(query: Query) -> bool:
    """Whether a turn needs the one before: it says so, or names too little to stand alone."""
    folded = fold_each(query.text)
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


def _first_echelon(terms: Iterable[Term]) -> Echelon | None:
    """The échelon asked about, or else the one that the person speaks from."""
    ranked = sorted((t for t in terms if t.kind == "echelon"), key=lambda t: t.role == "self")
    for term in ranked:
        found = lexicon.load().concept(next(iter(term.keys))[1:]).echelon
        if found:
            return found
    return None


def _first_place(terms: Iterable[Term]) -> str | None:
    """The code of the first place named."""
    return next((t.code for t in terms if t.kind in ("place", "city")), None)


def _code(place: str | None) -> str | None:
    """The code of a place given by number, code or name; None when it names none."""
    if not place:
        return None
    known = places.load().place(place)
    if known:
        return known.code
    found = places.find(place) or places.find(f"({place})")
    return found[0].code if found else None
