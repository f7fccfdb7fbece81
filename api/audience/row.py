"""A question with its answer in; what is kept of it out: how it went, and by default not its text.

Lexicon and mask are read here, in the thread that writes, so that no answer waits for them.
"""

from api.audience.asked import Asked
from api.audience.mask import mask
from api.audience.table import Answered
from assistant import lexicon
from assistant.types import Answer

NAMED = frozenset({"domain", "acronym", "facet"})  # kinds of concepts that a question is about
THEMES = 6


def row_of(asked: Asked, *, keep_text: bool) -> Answered:
    """The row of a question, without its text unless ``keep_text``, and then masked."""
    question, answer = asked.question, asked.answer
    found = lexicon.load().find(question.text, answer.language)
    wanting = answer.status != "answered" and not answer.polite
    return Answered(
        day=asked.day,
        answer_id=answer.id[:100],
        status=answer.status,
        polite=answer.polite,
        language=answer.language,
        echelon=question.echelon or next((m.echelon for m in found if m.echelon), None),
        channel=asked.channel,
        generator=answer.generator[:50],
        elapsed_ms=answer.elapsed_ms,
        index_version=answer.index_version[:100],
        themes=_themes([m.concept for m in found]) if wanting else "",
        section=_section(answer) if wanting else None,
        text=clean(mask(question.text))[:4_000] if keep_text else None,
    )


def clean(text: str) -> str:
    """The text without what a database may refuse: NUL, and halves of a pair of surrogates."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _themes(concepts: list[str]) -> str:
    known = lexicon.load().concepts
    named = [c for c in dict.fromkeys(concepts) if known[c].kind in NAMED]
    return " ".join(named[:THEMES])[:200]


def _section(answer: Answer) -> str | None:
    """The heading of the passage nearest to what was asked."""
    near = next((n for n in answer.nearest if n.section), None)
    return clean(near.section[-1])[:300] if near else None
