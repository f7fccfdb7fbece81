"""A sentence of a model and the passages that it names in; whether they support it, out.

A sentence is kept only when nothing speaks against it and enough speaks for it: what cannot be
decided is not kept. The reasons are general, their words and thresholds are data.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from assistant.generate.check.altered import altered
from assistant.generate.check.evidence import Evidence
from assistant.generate.check.marks import data
from assistant.generate.check.signs import Signs, astray, signs
from assistant.generate.sentences import Sentence
from assistant.types import Language
from assistant.understand.language import detect

Support = Literal["supported", "unsupported", "undecided"]


# What a page could take for more than text.
MARKUP = re.compile(r"[<>`|\[\]]")


class Verdict(NamedTuple):
    """Whether a sentence is supported, and what speaks against it."""

    support: Support
    why: tuple[str, ...]
    signs: Signs | None = None


def judge(sentence: Sentence, known: Mapping[int, Evidence], language: Language) -> Verdict:
    """The verdict on a sentence, from the passages that its markers name."""
    named = [known[n] for n in sentence.numbers if n in known]
    if not named or len(named) < len(sentence.numbers):
        return Verdict("unsupported", ("marker",))
    if MARKUP.search(sentence.text):
        return Verdict("unsupported", ("markup",))
    if detect(sentence.text, language) != language:
        return Verdict("unsupported", ("language",))
    found = signs(sentence.text, named, language)
    if found.wrong:
        return Verdict("unsupported", found.wrong, found)
    if any(astray(text, [known[n] for n in numbers], language) for text, numbers in sentence.parts):
        return Verdict("unsupported", ("astray",), found)
    weak = (*_weak(found), *altered(sentence.text, [one.quote for one in named], language))
    return Verdict("undecided" if weak else "supported", weak, found)


def supports(sentence: Sentence, known: Mapping[int, Evidence], language: Language) -> bool:
    """Whether a sentence may be shown as what its passages say."""
    return judge(sentence, known, language).support == "supported"


def _weak(found: Signs) -> Iterator[str]:
    """What does not speak enough for a sentence: too many of its words are its own."""
    bounds = data()["thresholds"]
    if found.least < bounds["least"]:
        yield "least"
    if found.own < bounds["own"]:
        yield "own"
    if found.gap > bounds["gap"]:
        yield "gap"
