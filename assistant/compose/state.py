"""What an answer must say that it does not say: now, a place, a false premise."""

from collections.abc import Sequence

from assistant.compose.select import Candidate
from assistant.compose.materials import Materials
from assistant.messages import ANSWERS
from assistant.slots import dates
from assistant.understand import Query

# What changes with time: a question about now is not settled by what held at a date.
CHANGING = ("count", "amount", "percent", "person", "names", "actor", "date")


def doubt(query: Query, chosen: Sequence[Candidate], materials: Materials) -> str | None:
    """What the chosen sentences leave unsaid, in the language of the question; None if nothing."""
    words = ANSWERS[query.language]
    if query.now and _ages(query, chosen):
        return words["now"].format(date=_date(chosen, materials, query))
    return None


def _ages(query: Query, chosen: Sequence[Candidate]) -> bool:
    return query.wants(*CHANGING) or any(dates(c.verdict.unit.text) for c in chosen)


def _date(chosen: Sequence[Candidate], materials: Materials, query: Query) -> str:
    from assistant.compose.write import dated

    source = chosen[0].verdict.unit.passage.source_id
    return dated(materials.index.documents[source].source.date, query.language)
