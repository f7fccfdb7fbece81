"""From a question and its answer, as it comes, to the HTML of one exchange of the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from assistant.messages import ANSWERS
from assistant.types import Answer
from ui.cards import Card, card
from ui.markdown import prefixes, to_html
from ui.messages import CHAT, GENERATORS, STATES
from ui.render import render

if TYPE_CHECKING:  # at run time it brings the index libraries
    from assistant.index import Index

LONGEST = 300  # characters of a question that is shown without being answered
# The core's sentence on whom to turn to, whose site becomes a link.
_TURN_TO = {
    language: re.compile(
        re.escape(said["turn_to"]).replace(r"\{site\}", r"(?P<site>www\.[a-z0-9.-]*[a-z0-9])")
    )
    for language, said in ANSWERS.items()
}


@dataclass(frozen=True)
class Asked:
    """What a person asked, through which lens; ``turn`` is the browser's own number for it."""

    text: str
    lens: str = ""
    turn: str = ""


def growing(asked: Asked, answer: Answer) -> Iterator[Markup]:
    """The exchange as the text of its answer comes, line by line, without its sources yet."""
    for text in prefixes(_text(answer)):
        yield render(
            "exchange.html",
            step="growing",
            asked=asked,
            answer=answer,
            state=state(answer),
            written=written(answer),
            html=_html(text, answer),
        )


def provisional(asked: Asked, text: str) -> Markup:
    """The exchange while a model writes: its words, unchecked, and said to be so."""
    html = to_html(text, {})
    return render("exchange.html", step="provisional", asked=asked, html=html)


def whole(asked: Asked, answer: Answer, index: Index, suggestions: Sequence[str] = ()) -> Markup:
    """The exchange with its sources as cards, what may be done with it and what to ask next."""
    cards = [card(cited, index) for cited in answer.citations]
    return render(
        "exchange.html",
        step="done",
        asked=asked,
        answer=answer,
        state=state(answer),
        written=written(answer),
        html=_html(_text(answer), answer),
        cards=cards,
        nearest=[card(near, index) for near in answer.nearest],
        suggestions=suggestions,
        plain=plain(asked, answer, cards),
    )


def failed(asked: Asked, message: str) -> Markup:
    """The exchange that gave no answer, and why, in French."""
    short = asked.text if len(asked.text) <= LONGEST else asked.text[: LONGEST - 1] + "…"
    told = replace(asked, text=short)
    return render("exchange.html", step="failed", asked=told, message=message)


def written(answer: Answer) -> str:
    """Who worded the answer, where it is not the documents themselves; empty otherwise."""
    return GENERATORS.get(answer.generator, "")


def state(answer: Answer) -> str:
    """The state of an answer as people say it; a polite line to small talk is none."""
    return CHAT["small_talk"] if answer.polite else STATES[answer.status]


def plain(asked: Asked, answer: Answer, cards: Sequence[Card]) -> str:
    """The exchange as text to be pasted elsewhere, each source with its address on a line."""
    lens = [CHAT["lens"].format(lens=asked.lens)] if asked.lens else []
    lines = [asked.text, *lens, "", answer.answer.replace("**", "").replace("### ", ""), ""]
    lines += [written(answer), ""] if written(answer) else []
    for one in cards:
        page = f", page {one.page}" if one.page else ""
        lines += [f"[{one.number}] {one.title}, {one.publisher}, {one.date}{page}", one.address]
    return "\n".join(lines).strip()


def _text(answer: Answer) -> str:
    """The text without its last paragraph where that says what is missing: the page says it."""
    body, _, last = answer.answer.rpartition("\n\n")
    told = answer.missing is not None and last.endswith(answer.missing)
    return body if body and told else answer.answer


def _html(text: str, answer: Answer) -> Markup:
    """The text as HTML; in a refusal, which quotes nothing, the site to turn to is a link."""
    html = to_html(text, _targets(answer), answer.language)
    found = _TURN_TO[answer.language].search(text) if answer.status == "refused" else None
    if found is None:
        return html
    link = Markup('<a href="https://{0}" rel="noreferrer">{0}</a>').format(found["site"])
    return html.replace(found["site"], link)


def _targets(answer: Answer) -> dict[int, str]:
    return {cited.number: f"#source-{answer.id}-{cited.number}" for cited in answer.citations}
