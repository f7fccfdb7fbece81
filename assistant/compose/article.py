"""An article of law asked for by its number: the article itself, in the version that is wanted.

Comes in: a case. Goes out: a draft that quotes the article and tells from when to when it is in
force, or that says why no version of it may answer; None when no such article is known.
"""

import re
from collections.abc import Sequence

from assistant.compose.draft import Draft, Part, Quote, whole
from assistant.compose.materials import Case
from assistant.compose.write import short, validity
from assistant.naming import named, numbered
from assistant.slots import years
from assistant.types import Source
from assistant.understand import Term
from assistant.versions import Wish, chosen, wish_of
from assistant.words import fold

MOST = 3  # versions, or articles of several texts
LONG = 4_000  # characters of an article that are quoted
NAMING = ("concept", "acronym", "name", "title", "number", "place", "city")
CARRIED = ("name", "number")  # what a follow-up still means: the law, not the subject
_SUFFIX = r"(?:\s(?:bis|ter|quater|quinquies|sexies|septies|octies))?"
_NUMBER = re.compile(
    rf"\bart(?:icle|\.)s?\s+(?:n\s?[°o]\s?)?((?:[lrda]\.?\s?)?\d+(?:-\d+)*(?:er)?{_SUFFIX})\b"
)


def article(case: Case) -> Draft | None:
    """The article that is asked for by number; of a wider or a narrower question, None."""
    query = case.query
    known = _known(case)
    if not known or (query.ask.strict and query.ask.wanted != "date"):
        return None
    wish = wish_of(query)
    own = bool(query.sources) and not query.in_force  # sources that a person names all answer
    found = known if own else chosen(known, wish)
    found = sorted(found, key=lambda s: s.in_force_from or "", reverse=True)[:MOST]
    if not found:
        return _none(case, known, wish)
    parts = [_part(case, source) for source in found]
    quoted = [] if wish else _quoted(case)
    cut = any(len(p.quotes) < len(_passages(case, s)) for p, s in zip(parts, found, strict=True))
    missing = case.words["article_cut"] if cut else None
    return Draft("partial" if cut else "answered", (*parts, *quoted), missing)


def _known(case: Case) -> list[Source]:
    """Every version of the articles of that number that name what the question names."""
    numbers = [_plain(n) for n in _NUMBER.findall(fold(case.query.text))]
    if any(t.role == "carried" for t in case.query.terms):
        numbers = numbers[-1:]  # a follow-up may name another one
    if not numbers:
        return []
    sources = (d.source for d in case.materials.index.documents.values())
    known = [s for s in sources if s.article and _plain(s.article) in numbers]
    if case.query.sources and not case.query.in_force:
        known = [s for s in known if s.id in case.query.sources]
    terms = [t for t in case.query.terms if _names(t, case)]
    known = [s for s in known if all(_holds(case, s, t) for t in terms)]
    folded = fold(case.query.text)
    called = [s for s in known if fold(s.title).partition(" ")[0] in folded]  # « loi », « décret »
    return called or known


def _names(term: Term, case: Case) -> bool:
    """Whether a term says which law, or which subject: not the number, nor the time asked."""
    if term.kind not in NAMING or term.role == "self":
        return False
    if years(term.text) and wish_of(case.query):
        return False
    if any(_plain(term.text) in _plain(n) for n in _NUMBER.findall(fold(case.query.text))):
        return False
    return term.role != "carried" or term.kind in CARRIED


def _holds(case: Case, source: Source, term: Term) -> bool:
    """Whether the text of an article, its title or the name of its law names a term."""
    text = f"{source.title} {source.law or ''} {case.materials.document(source.id).text}"
    return named(term, case.materials.ground.named(text)) > 0


def _part(case: Case, source: Source) -> Part:
    """The article whole, or its beginning where it is long."""
    kept: list[Quote] = []
    length = 0
    for quote in _passages(case, source):
        length += quote.end - quote.start
        if kept and length > LONG:
            break
        kept.append(quote)
    return Part(tuple(kept))


def _passages(case: Case, source: Source) -> list[Quote]:
    return [whole(p) for p in case.materials.index.passages_of(source.id) if p.units]


def _quoted(case: Case) -> list[Part]:
    """The same article where a document that is no law quotes it."""
    terms = case.query.about("article")
    for candidate in case.found:
        passage = candidate.verdict.unit.passage
        source = case.materials.document(passage.source_id).source
        if source.article or candidate.verdict.lacking:
            continue
        if any(numbered(term, passage) for term in terms):
            return [Part((whole(passage),))]
    return []


def _none(case: Case, known: Sequence[Source], wish: Wish | None) -> Draft:
    """Why none of the versions that are known answers: no longer in force, or of another time."""
    language = case.query.language
    told = (f"{short(s.title)}, {validity(s, language)}" for s in known[:MOST])
    listed = (" ; " if language == "fr" else "; ").join(told)
    said = case.words["not_then" if wish else "lapsed"].format(versions=listed)
    return Draft("refused", (), note=said)


def _plain(number: str) -> str:
    return re.sub(r"[\s.]", "", fold(number))
