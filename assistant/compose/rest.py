"""Two questions in one: when what the first wants is not told, what the other asks is."""

import re
from dataclasses import replace

from assistant.compose.materials import Case
from assistant.understand import Query, Term
from assistant.understand.asks import Ask
from assistant.words import fold_each

_CLAUSE = re.compile(r"[^?!.;:,]*?(?:[?!.;:,]+|\b(?:et|puis|and)\b|$)")
_ASKS = re.compile(r"\?|\b(?:quoi|quel\w*|comment|pourquoi|qui|ou|what|how|why|which|who|where)\b")
AND = (" et", " and")  # « le référent de la fiche, et son numéro »
KEPT = ("place", "city", "name", "acronym", "title", "article", "echelon")  # wherever they stand


def rest(case: Case) -> Case | None:
    """The question without what wants a value or a definition; None where no other clause asks."""
    query = case.query
    wants = query.ask.strict or query.ask.wanted == "definition"
    if not wants or not query.ask.spans or any(t.role == "carried" for t in query.terms):
        return None
    folded = fold_each(query.text)
    clauses = [m.span() for m in _CLAUSE.finditer(folded) if m.group().strip()]
    said = [c for c in clauses if any(_in(span[0], c) for span in query.ask.spans)]
    others = [c for c in clauses if c not in said]
    terms = tuple(t for t in query.terms if t.kind in KEPT or any(_in(t.start, c) for c in others))
    if not any(_says(t, others) for t in terms):
        return None
    asks = tuple(a for a in query.asks if any(_in(s[0], c) for s in a.spans for c in others))
    told = (folded[start:end].rstrip() for start, end in others)
    if not asks and not any(_ASKS.search(clause) or clause.endswith(AND) for clause in told):
        return None
    return case.asking(_asking(query, asks, terms))


def _asking(query: Query, asks: tuple[Ask, ...], terms: tuple[Term, ...]) -> Query:
    return replace(query, asks=asks or (Ask("prose", False, ()),), terms=terms)


def _says(term: Term, clauses: list[tuple[int, int]]) -> bool:
    """Whether one of the clauses names more than who asks."""
    plain = term.kind in ("ask", "number") or term.role == "self"
    return not plain and any(_in(term.start, c) for c in clauses)


def _in(at: int, clause: tuple[int, int]) -> bool:
    return clause[0] <= at < clause[1]
