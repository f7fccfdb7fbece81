"""From a question and its answer to what may well be asked next, and will be answered.

Candidates come from ``follow.toml``, filled with what the cited passages name; those that the
documents do not answer in full, or that would bring nothing new, are dropped.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from assistant import lexicon, places
from assistant.types import Answer, Passage, Question, Turn

if TYPE_CHECKING:  # at run time it brings the index libraries
    from assistant.index import Index

SHOWN = 3
TRIED = 8  # each takes one answer, unless it is known from before
PATIENCE = 1.0  # seconds in all, since the answer waits for them

Texts = Mapping[str, str]


def suggestions(
    question: Question,
    answer: Answer,
    index: Index,
    ask: Callable[[Question, Index], Answer],
    patience: float = PATIENCE,
) -> tuple[str, ...]:
    """At most three questions, each answered in full and from a passage not yet cited.

    They are in the language of the answer, and tried as they would be asked: after this
    question, through the same lens. None follows small talk.
    """
    if answer.polite:
        return ()
    seen = {cited.passage_id for cited in answer.citations}
    said = {turn.content for turn in question.history} | {question.text}
    kept: list[str] = []
    until = time.monotonic() + patience
    for text in islice((c for c in _candidates(question, answer, index) if c not in said), TRIED):
        tried = ask(_next(question, text), index)
        new = {cited.passage_id for cited in tried.citations} - seen
        if tried.status == "answered" and new:
            kept.append(text)
            seen |= new
        if len(kept) == SHOWN or time.monotonic() > until:
            break
    return tuple(kept)


def warm(index: Index, ask: Callable[[Question, Index], Answer]) -> None:
    """Try now what names nothing of a passage, in the language of most: an ask each."""
    texts = _texts()["fr"]
    for text in chain.from_iterable(texts[sort].values() for sort in texts if sort != "names"):
        ask(Question(text=text), index)


def _next(question: Question, text: str) -> Question:
    history = (*question.history, Turn(content=question.text))
    return question.model_copy(update={"text": text, "history": history})


def _candidates(question: Question, answer: Answer, index: Index) -> Iterator[str]:
    """The candidates of each sort in turn, once each, so that the three shown differ."""
    cited = [index.passages[c.passage_id] for c in answer.citations]
    levels = _levels(question, cited)
    texts = _texts()[answer.language]
    turn_to = [] if cited else [texts["refused"]["contact"]]
    others = (text for level, text in texts["echelons"].items() if level not in levels[:1])
    examples = (texts["examples"][e] for e in levels if e in texts["examples"])
    named = _named(question, cited, texts["names"])
    rows = zip_longest(turn_to, examples, named, _other_kinds(cited, texts["kinds"]), others)
    yield from dict.fromkeys(text for row in rows for text in row if text)


def _levels(question: Question, cited: Sequence[Passage]) -> list[str]:
    """The échelons that the question names, then the lens, then those of the passages."""
    named = [m.echelon for m in lexicon.load().find(question.text) if m.echelon]
    own = [question.echelon] if question.echelon else []
    found = [*named, *own, *(e for p in cited for e in p.echelons)]
    return list(dict.fromkeys(str(echelon) for echelon in found))


def _named(question: Question, cited: Sequence[Passage], forms: Texts) -> Iterator[str]:
    """What the cited passages name and neither question does: acronyms, then cities."""
    asked = {match.concept for match in lexicon.load().find(question.text)}
    for passage in cited:
        acronyms, cities = _names(passage.text)
        for concept, name in acronyms:
            if concept not in asked and name not in forms["acronym"]:
                yield forms["acronym"].format(name=name)
        for name in cities:
            if "city" in forms:
                yield forms["city"].format(name=name)


@lru_cache(maxsize=512)
def _names(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The acronyms of a text, each with its concept, and the cities; of the passages cited most."""
    acronyms = (
        (match.concept, text[match.start : match.end]) for match in lexicon.load().find(text)
    )
    cities = (place.name for place in places.find(text) if place.kind == "city")
    return tuple(one for one in acronyms if one[1].isupper()), tuple(cities)


def _other_kinds(cited: Sequence[Passage], texts: Texts) -> Iterator[str]:
    kinds = {passage.kind for passage in cited}
    return (text for kind, text in texts.items() if kind not in kinds)


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, Texts]]:
    return tomllib.loads((files("ui") / "follow.toml").read_text("utf-8"))
