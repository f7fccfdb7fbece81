"""A text in; the things that it names out: concepts, places, names, numbers, plain words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from assistant import lexicon, places, proper
from assistant.lexicon import Match
from assistant.places import PlaceMatch
from assistant.types import Language
from assistant.understand.asks import Ask, Spans
from assistant.words import Token, content, fold, stem, stopwords, tokens

Kind = Literal[
    "concept",
    "acronym",
    "echelon",
    "facet",
    "ask",
    "place",
    "city",
    "name",
    "number",
    "article",
    "title",
    "word",
]
KINDS: dict[str, Kind] = {
    "echelon": "echelon", "acronym": "acronym", "facet": "facet", "ask": "ask",
}  # fmt: skip
# What a kind of answer is looked for under, when the question does not name it otherwise.
IMPLIED = {"contact": "@contact", "why": "@interet", "definition": "@definition"}
Role = Literal["focus", "about", "self", "carried"]
_ARTICLE = re.compile(r"\b(?:article|art\.?|alinea) (?:n ?[°o] ?)?$")
# A body named in several words, two of them at least with a capital, not where a sentence opens.
_PROPER = r"[A-ZÀ-Ý][\w’-]*[a-zà-ÿ][\w’-]*"
_LINK = r"(?:(?:de la|de l['’]|des|de|du|pour|et|la|les) ?|[dl]['’])"
_TITLE = re.compile(
    rf"(?:(?<=[\w,'’] )(?<![.?!:] )|(?<=[dl]['’])){_PROPER}(?: {_LINK}{{0,2}}{_PROPER}"
    rf"| {_LINK}[a-zà-ÿ]+ {_LINK}{_PROPER})+"
)
NEAR_NAME = 0.9  # how much it counts that a thing is named otherwise: mairie, commune
Names = frozenset[str]  # folded words that the documents only write with a capital


class Known(Protocol):
    """What the documents name: in one word, in several."""

    names: Names
    bodies: frozenset[proper.Name]


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
    near: float = NEAR_NAME


def terms(
    text: str, language: Language, wanted: tuple[Ask, ...], apart: Spans, known: Known
) -> tuple[Term, ...]:
    """What the question names, in its order, each thing once."""
    named = [_of_name(text, *span) for span in proper.find(text, known.bodies)]
    taken = [(t.start, t.start + len(t.text)) for t in named]
    named += [_of_place(m, text) for m in places.find(text) if not _inside(m.start, m.end, taken)]
    taken = [(t.start, t.start + len(t.text)) for t in named]
    for match in lexicon.load().find(text, language):
        if not _inside(match.start, match.end, taken):
            named.append(_of_concept(match, text))
            taken.append((match.start, match.end))
    said = wanted[0].spans
    for token in tokens(text):
        if _inside(token.start, token.end, taken) or not _says(token, text, language):
            continue
        kind = _kind(token, text, known.names)
        if kind in ("name", "number") or not _inside(token.start, token.end, said):
            named += _of_token(token, kind, language)
    named += _titles(text, named)
    implied = IMPLIED.get(wanted[0].wanted)
    if implied:
        named.append(Term(implied, frozenset({implied}), "facet", "about", len(text)))
    ordered = sorted(named, key=lambda t: t.start)
    return _once(_with_roles(ordered, said, apart))


def _titles(text: str, named: Sequence[Term]) -> list[Term]:
    """Names of bodies in several words: « Association des maires de France »."""
    if text.upper() == text:
        return []
    known = [t.start for t in named if t.kind in ("place", "city", "title")]
    found = [m for m in _TITLE.finditer(text) if not any(m.start() <= s < m.end() for s in known)]
    return [_of_name(text, m.start(), m.end()) for m in found]


def _of_name(text: str, start: int, end: int) -> Term:
    """A name in several words: all of them name it."""
    surface = text[start:end]
    keys = frozenset(f"^{word}" for word in proper.words_of(surface))
    return Term(surface, keys, "title", "about", start)


def _says(token: Token, text: str, language: Language) -> bool:
    """Whether a token is more than a function word: « NOTRe » is a law, « notre » is not.

    Nor is « Les » in an English question, where it opens a French name.
    """
    word, named = fold(token.text), token.text[0].isupper()
    small = word in stopwords(language) or (named and word in stopwords("fr"))
    return not small or _shouts(token, text)


def _shouts(token: Token, text: str) -> bool:
    capitals = sum(c.isupper() for c in token.text)
    return capitals > 1 and any(c.islower() for c in text)


def _of_place(match: PlaceMatch, text: str) -> Term:
    """A place; a city is named by its name alone, an area also by its number or what is in it."""
    keys = frozenset(f"^{fold(t.text)}" for t in content(match.name))
    kind: Kind = "city" if match.kind == "city" else "place"
    return Term(text[match.start : match.end], keys, kind, "about", match.start, match.code)


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


def _of_token(token: Token, kind: Kind, language: Language) -> list[Term]:
    """A plain word; none where it only fills the sentence."""
    vocabulary = lexicon.load()
    word = fold(token.text)
    if word in vocabulary.fillers or (len(word) < 2 and not word.isdigit()):
        return []
    keys = {stem(token.text)}
    if language == "en":
        keys |= {stem(t.text) for t in content(vocabulary.french(token.text) or "")}
    return [Term(token.text, frozenset(keys), kind, "about", token.start)]


def _kind(token: Token, text: str, names: Names) -> Kind:
    if token.text[0].isdigit():
        before = fold(text[: token.start])
        return "article" if _ARTICLE.search(before) else "number"
    opens = not text[: token.start].strip(" «\"'(") or text[: token.start].rstrip()[-1] in ".?!:;"
    shouted = text.upper() == text
    if fold(token.text) in names:
        return "name"
    if not shouted and ((token.text[0].isupper() and not opens) or _shouts(token, text)):
        return "name"
    return "word"


def _with_roles(terms: list[Term], said: Spans, apart: Spans) -> list[Term]:
    """Each term with its role; the focus is the first thing named after the ask.

    A question without an ask that opens on a noun (« seuil des marchés ») is asked of that noun.
    """
    opening = 0 if terms and terms[0].start == 0 else sum(len(t.text) for t in terms) + 1_000
    asked_from = min((end for _, end in said), default=opening)
    roles: list[Term] = []
    focused = False
    for term in terms:
        if _inside(term.start, term.start + 1, apart):
            roles.append(replace(term, role="self"))
        elif term.kind != "ask" and not focused and term.start + len(term.text) > asked_from:
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


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in spans)
