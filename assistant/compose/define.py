"""What a thing is: the sentence that defines it, spells out its acronym, or has it for subject."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant import lexicon
from assistant.compose.draft import Draft, Part, Quote, quotes, whole
from assistant.compose.materials import Case, Materials
from assistant.compose.select import Candidate
from assistant.compose.state import doubt
from assistant.evidence import KEPT, Ground, Unit
from assistant.understand import Query, Term
from assistant.understand.terms import Kind
from assistant.words import content, fold, stem, tokens

# How surely a sentence defines: an article of law, a spelt-out acronym, a subject of « est ».
LAW, SPELT, SUBJECT, SAID = 3, 3, 2, 1
_IS = re.compile(
    r"\b(?:est|sont|etait|etaient|designe\w*|signifie\w*|consiste\w*|regroupe\w*|reunit|reunissent|"
    r"marque|permet\w*|vise\w*|renvoi\w*|correspond\w*)\b"
)
FRAME = ("ask", "facet", "echelon", "number")  # what frames a question is not what it is about
WHOSE: tuple[Kind, ...] = ("name", "place", "city")
_BEFORE = 4  # words that may stand before the subject: « Le terme de PTCE »


def define(case: Case) -> Draft | None:
    """The sentences that say what the thing asked about is; None when none does."""
    query, materials = case.query, case.materials
    if not query.wants("definition") or query.ask.strict:
        return None
    things = _things(query)
    if not things:
        return None
    full = [c for c in case.found if not c.verdict.lacking]
    found = [(_defines(c.verdict.unit, things, materials), c) for c in full]
    sure = sorted(((s, c) for s, c in found if s > 0), key=lambda p: (-p[0], -p[1].worth))
    if not sure:
        return None
    chosen = _apart([c for s, c in sure if s >= sure[0][0] - 1])
    missing = doubt(case, chosen)
    return Draft("partial" if missing else "answered", (Part(_quotes(chosen)),), missing)


def _things(query: Query) -> list[Term]:
    """What is to be defined: what « c'est quoi » is said of, and whose; acronyms; or else all."""
    things = [t for t in query.terms if t.kind not in FRAME and t.role != "self"]
    if any(t.role == "focus" for t in things):
        return [t for t in things if t.role == "focus" or t.kind in WHOSE]
    return [t for t in things if t.kind in ("acronym", "name")] or things


def spells_out(text: str, acronym: str) -> bool:
    """Whether a text gives the words of an acronym: « Société Coopérative … (SCIC) »."""
    if "(" not in text:
        return False
    around = re.search(rf"([^().;:]*)\(\s*{re.escape(acronym)}\s*\)", text)
    after = re.search(rf"\b{re.escape(acronym)}\s*\(([^()]*)\)", text)
    words = around.group(1) if around else after.group(1) if after else ""
    initials = "".join(fold(t.text)[0] for t in tokens(words))
    return _in_order(fold(acronym)[: max(3, len(acronym) - 1)], initials[-3 * len(acronym) :])


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return bool(letters) and all(letter in rest for letter in letters)


def _defines(unit: Unit, things: Sequence[Term], materials: Materials) -> int:
    """How surely a unit defines all that is asked about; 0 when it does not."""
    around = unit.keys | materials.ground.head(unit.passage)
    if not all(_named(t, around, materials.ground) for t in things):
        return 0
    if unit.passage.kind == "law":
        quoted = unit.text.lstrip().startswith(('"', "«", "“"))
        return LAW * (quoted and _is_subject(unit, things, materials))
    if any(spells_out(unit.text, a) for t in things for a in _acronyms(t, unit)):
        return SPELT
    if any(_expanded(t, unit, materials.ground.folded) for t in things):
        return SUBJECT
    if _is_subject(unit, things, materials):
        return SUBJECT
    return SAID * (unit.passage.kind == "definition")


def _named(term: Term, keys: frozenset[str], ground: Ground) -> bool:
    """Whether keys name a term; in its very words where the documents have them: a « bail
    emphytéotique » is no « local », though both are of one concept.
    """
    return term.stems <= keys if ground.said(term) else bool(term.keys & keys)


def _expanded(term: Term, unit: Unit, folded: Callable[[str], str]) -> bool:
    """Whether a unit has the words that the lexicon gives for an acronym."""
    if term.kind != "acronym":
        return False
    words = lexicon.load().concept(next(iter(term.keys)).removeprefix("@")).expansion
    return bool(words) and fold(words or "") in folded(unit.text)


def _acronyms(term: Term, unit: Unit) -> set[str]:
    """The acronyms of a unit that stand for a term."""
    if term.kind != "acronym" and term.kind != "name":
        return set()
    wanted = {fold(term.text).replace(" ", "")} | {k.removeprefix("@") for k in term.keys}
    return {a for a in _capitals(unit.text) if fold(a) in wanted or stem(a) in term.keys}


@lru_cache(maxsize=KEPT)
def _capitals(text: str) -> frozenset[str]:
    """The words of a text that open on two capitals."""
    return frozenset(re.findall(r"\b[A-Z]{2,}[A-Za-z]*\b", text))


def _is_subject(unit: Unit, things: Sequence[Term], materials: Materials) -> bool:
    """Whether the unit opens on the thing and says what it is: « La charte … marque », « X : »."""
    named = materials.ground.opening(unit.text, _BEFORE + len(things))
    if not any(_named(t, named, materials.ground) for t in things):
        return False
    label, colon, _ = unit.text.partition(":")
    says = _IS.search(materials.ground.folded(unit.text[:160]))
    return bool(says) or bool(colon and _only(label, things))


def _only(label: str, things: Sequence[Term]) -> bool:
    """Whether a label names the things and nothing else: « Territorial : », not « Taille du … »."""
    keys = frozenset().union(*(t.keys for t in things))
    named = [m for m in lexicon.load().find(label) if f"@{m.concept}" in keys]
    return all(
        stem(word.text) in keys or any(m.start <= word.start < m.end for m in named)
        for word in content(label)
    )


def _apart(found: Sequence[Candidate]) -> list[Candidate]:
    """At most two, from passages of their own, and not twice the same words."""
    chosen: list[Candidate] = []
    for candidate in found:
        unit = candidate.verdict.unit
        if all(c.verdict.unit.passage.id != unit.passage.id for c in chosen):
            chosen.append(candidate)
    return chosen[:2]


def _quotes(chosen: Sequence[Candidate]) -> tuple[Quote, ...]:
    """An article whole with its reference; of other passages, the sentence that defines."""
    made: list[Quote] = []
    for candidate in chosen:
        unit = candidate.verdict.unit
        made += [whole(unit.passage)] if unit.passage.kind == "law" else quotes([unit])
    return tuple(made)
