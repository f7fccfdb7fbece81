"""From a question and its answer, as it comes, to the HTML of one exchange of the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from assistant.types import Answer
from ui.cards import Card, card
from ui.markdown import prefixes, to_html
from ui.messages import CHAT, STATES
from ui.render import render

if TYPE_CHECKING:  # at run time it brings the index libraries
    from assistant.index import Index

LONGEST = 300  # characters of a question that is shown without being answered


def waiting(question: str) -> Markup:
    """The question alone, while its answer is sought."""
    return render("exchange.html", step="waiting", question=_short(question))


def growing(question: str, answer: Answer) -> Iterator[Markup]:
    """The exchange as the text of its answer comes, line by line, without its sources yet."""
    for text in prefixes(_text(answer)):
        yield render(
            "exchange.html",
            step="growing",
            question=question,
            answer=answer,
            state=state(answer),
            html=to_html(text, _targets(answer)),
        )


def whole(question: str, answer: Answer, index: Index, suggestions: Sequence[str] = ()) -> Markup:
    """The exchange with its sources as cards, what may be done with it and what to ask next."""
    cards = [card(cited, index) for cited in answer.citations]
    return render(
        "exchange.html",
        step="done",
        question=question,
        answer=answer,
        state=state(answer),
        html=to_html(_text(answer), _targets(answer)),
        cards=cards,
        nearest=[card(near, index) for near in answer.nearest],
        suggestions=suggestions,
        plain=plain(question, answer, cards),
    )


def failed(question: str, message: str) -> Markup:
    """The exchange that gave no answer, and why, in French."""
    return render("exchange.html", step="failed", question=_short(question), message=message)


def state(answer: Answer) -> str:
    """The state of an answer as people say it; a polite line to small talk is none."""
    return CHAT["small_talk"] if answer.polite else STATES[answer.status]


def plain(question: str, answer: Answer, cards: Sequence[Card]) -> str:
    """The exchange as text to be pasted elsewhere, each source with its address on a line."""
    lines = [question, "", answer.answer.replace("**", "").replace("### ", ""), ""]
    for one in cards:
        page = f", page {one.page}" if one.page else ""
        lines += [f"[{one.number}] {one.title}, {one.publisher}, {one.date}{page}", one.address]
    return "\n".join(lines).strip()


def _text(answer: Answer) -> str:
    """The text without its last paragraph where that says what is missing: the page says it."""
    body, _, last = answer.answer.rpartition("\n\n")
    told = answer.missing is not None and last.endswith(answer.missing)
    return body if body and told else answer.answer


def _short(question: str) -> str:
    return question if len(question) <= LONGEST else question[: LONGEST - 1] + "…"


def _targets(answer: Answer) -> dict[int, str]:
    return {cited.number: f"#source-{answer.id}-{cited.number}" for cited in answer.citations}
