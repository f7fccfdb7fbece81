"""A query that the documents do not answer in; a plain refusal with what is nearest out."""

from assistant.compose.draft import Draft, Quote, whole
from assistant.compose.gather import asks_examples, experiences
from assistant.compose.materials import Case
from assistant.messages import ANSWERS
from assistant.understand import Query

NEAREST = 3
NEAR = 0.3  # the share of the question that a nearest passage covers at least


def polite(query: Query) -> Draft:
    """A line for small talk, or for orders that ask nothing of the documents."""
    words = ANSWERS[query.language]
    return Draft("refused", (), note=words.get(query.empty or "", words["greeting"]))


def refuse(case: Case) -> tuple[Draft, tuple[Quote, ...]]:
    """The refusal, and the passages nearest to the question, best first."""
    note = case.words["refused"]
    site = case.materials.site
    if site:
        note += " " + case.words["turn_to"].format(site=site)
    near = _near(case)
    if near:
        note += " " + case.words["near"]
    return Draft("refused", (), note=note), near


def _near(case: Case) -> tuple[Quote, ...]:
    """The best unit of each of the nearest passages."""
    best: dict[str, Quote] = {}
    for candidate in case.found:
        unit = candidate.verdict.unit
        if candidate.verdict.own >= NEAR:
            best.setdefault(unit.passage.id, Quote(unit.passage, unit.rank, unit.rank))
        if len(best) == NEAREST:
            break
    if not best and asks_examples(case.query):
        return tuple(map(whole, experiences(case)[:NEAREST]))
    return tuple(best.values())
