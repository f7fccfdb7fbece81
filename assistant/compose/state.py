"""What an answer must say that it does not say: now, a place, a false premise."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import slots
from assistant.compose.draft import Draft
from assistant.compose.materials import Case
from assistant.compose.select import Candidate
from assistant.compose.write import dated
from assistant.naming import Keys, named
from assistant.understand import Query, Term
from assistant.understand.asks import claims
from assistant.words import fold, fold_each

# What a question may take for granted.
PREMISES = ("amount", "year", "person", "percent")
WIDE = ("departement", "region", "etat")  # asked about, they are of the area of a town


def doubt(case: Case, chosen: Sequence[Candidate]) -> str | None:
    """What the chosen sentences leave unsaid, in the language of the question; None if nothing."""
    query = case.query
    false = _false(query, chosen) or _mixed(case, chosen) or _miscounted(case, chosen)
    if false:
        return case.words["premise"].format(said=false)
    away = _away(case, chosen)
    return case.words["elsewhere"].format(place=away) if away else None


def settled(case: Case, draft: Draft) -> Draft:
    """The draft, partial where it is asked what holds now, as passages tell their own date, or
    where the question takes for granted what no quotation says.
    """
    if draft.missing or not draft.parts:
        return draft
    claimed = _claimed(case, draft)
    if claimed:
        return replace(draft, status="partial", missing=case.words["claim"].format(said=claimed))
    source = case.materials.document(draft.parts[0].quotes[0].passage.source_id).source
    if not case.query.now or source.in_force_from:
        return draft  # a version of law was chosen by its days, which the answer tells
    missing = case.words["now"].format(date=dated(source.date, case.query.language))
    return replace(draft, status="partial", missing=missing)


def _false(query: Query, chosen: Sequence[Candidate]) -> str | None:
    """A sum, a year or a name that the question takes for granted and the answer contradicts.

    One value is held against the best sentence; several (« 2013 ou 2016 ? ») against them all.
    """
    for kind in PREMISES:
        said = slots.find(kind, query.text)
        told = chosen[:1] if len(said) == 1 else chosen
        stated = slots.find(kind, " ".join(c.verdict.unit.text for c in told))
        apart = [s for s in said if _plain(s) not in {_plain(t) for t in stated}]
        if apart and stated:
            return apart[0]
    return None


def _mixed(case: Case, chosen: Sequence[Candidate]) -> str | None:
    """A number that the question joins to a sum, where the sentence with the sum has another."""
    said, sums = (slots.find(kind, case.query.text) for kind in ("count", "amount"))
    wanted = {_plain(s) for s in sums}
    for unit in (u for c in chosen for u in case.materials.ground.units(c.verdict.unit.passage)):
        stated = {_plain(s) for s in slots.find("count", unit.text)}
        joined = wanted & {_plain(s) for s in slots.find("amount", unit.text)}
        if joined and stated and said and not stated & {_plain(s) for s in said}:
            return said[0]
    return None


def _miscounted(case: Case, chosen: Sequence[Candidate]) -> str | None:
    """A number of things in the question, where the chosen sentences count others of them."""
    query, text = case.query, " ".join(c.verdict.unit.text for c in chosen)
    for said in slots.find("count", query.text):
        at = query.text.find(said) + len(said)
        things = [t for t in query.terms if 0 < t.start - at <= 1]
        told = {_plain(v) for v in _counts(case, things[0], text)} if things else set()
        if told and _plain(said) not in told:
            return said
    return None


def _counts(case: Case, thing: Term, text: str) -> list[str]:
    """The numbers that stand right before a thing in a text."""
    found = [
        (value, match[1])
        for value in dict.fromkeys(slots.find("count", text))
        for match in re.finditer(rf"\b{re.escape(value)} (\S+ \S+)", text)
    ]
    return [value for value, words in found if named(thing, case.materials.ground.named(words))]


def _claimed(case: Case, draft: Draft) -> str | None:
    """What the question takes for forbidden, due or reserved, where no quotation does."""
    query = case.query
    said = claims(fold_each(query.text), query.language)
    told = (q.passage.text for part in draft.parts for q in part.quotes)
    if not said or any(claims(fold_each(text), "fr") for text in told):
        return None
    start, end = said[0]
    return query.text[start:end].strip()


def _away(case: Case, chosen: Sequence[Candidate]) -> str | None:
    """A town asked about that no chosen passage names: they are of the area around it."""
    query = case.query
    if query.ask.wanted == "contact" or query.echelon in WIDE:
        return None
    shown = (u for c in chosen for u in case.materials.ground.units(c.verdict.unit.passage))
    keys = Keys(key for unit in shown for key in unit.keys)
    towns = [t for t in query.about("city") if t.role != "carried"]
    return next((t.text for t in towns if not named(t, keys)), None)


def _plain(value: str) -> str:
    """A value as it compares: « 100 000 € » and « 100 000 euros » are one."""
    folded = fold(value).replace("€", "euro").replace("\u202f", "").replace("\u00a0", "")
    return re.sub(r"\s|d'|(?<=euro)s|(?<=million)s", "", folded)
