"""A sentence of a model and the passages that it names in; whether they support it, out.

A sentence is kept only when nothing speaks against it and enough speaks for it: what cannot be
decided is not kept. The reasons are general, their words and thresholds are data.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from assistant.generate.check.evidence import Evidence
from assistant.generate.check.marks import data
from assistant.generate.check.signs import Signs, signs
from assistant.types import Language

Support = Literal["supported", "unsupported", "undecided"]


# What a page could take for more than text; the documents' own addresses are cited, not retyped.
MARKUP = re.compile(r"[<>`|]|\]\(|!\[|://|www\.|@\w|\[")


class Verdict(NamedTuple):
    """Whether a sentence is supported, and what speaks against it."""

    support: Support
    why: tuple[str, ...]
    signs: Signs


def judge(sentence: str, named: Sequence[Evidence], language: Language) -> Verdict:
    """The verdict on a sentence without its markers, from the passages that they name."""
    found = signs(sentence, named, language)
    if MARKUP.search(sentence):
        return Verdict("unsupported", ("markup",), found)
    if found.wrong:
        return Verdict("unsupported", found.wrong, found)
    least = data()["thresholds"][language]
    weak = tuple(
        name for name in ("covered", "alike", "least") if getattr(found, name) < least[name]
    ) + (("gap",) if found.gap > least["gap"] else ())
    return Verdict("undecided" if weak else "supported", weak, found)


def supports(sentence: str, named: Sequence[Evidence], language: Language) -> bool:
    """Whether a sentence may be shown as what its passages say."""
    return judge(sentence, named, language).support == "supported"
