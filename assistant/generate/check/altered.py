"""A sentence that is nearly that of a passage in; what was changed in it out.

The nearer to the very words, the more one that is added or turned tells: it is read as quoted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.generate.check.align import KIN, Word, said, same, words
from assistant.generate.check.marks import data
from assistant.types import Language
from assistant.words import fold, tokens

NEAR = 0.85  # the share of its content words that such a sentence takes as they are
LEAST = 4  # content words; of a shorter one no share tells anything
RUN = 4  # words that follow one another, from which a stretch is copied
COPIED = 0.6  # the share of its content words that a sentence takes in such stretches
_QUOTED = re.compile(r"[«“]([^«»“”]*)[»”]")


def altered(text: str, quotes: Sequence[str], language: Language) -> Iterator[str]:
    """``quotation`` where what stands between quotation marks is not in a passage as it is, or a
    mark has no other; ``added`` where a near copy holds a content word, or one that turns its
    meaning, that no passage holds.
    """
    if any(_plain(text) in _plain(quote) for quote in quotes):
        return  # copied as it is, with the marks that it has there
    if not _quoted(text, quotes):
        yield "quotation"
    if _added(text, quotes, language):
        yield "added"


def _quoted(text: str, quotes: Sequence[str]) -> bool:
    """Whether all that a sentence quotes is in a passage, letter by letter."""
    if re.search(r"[«»“”]", _QUOTED.sub("", text)):
        return False
    plain = [_plain(quote) for quote in quotes]
    return all(any(_plain(said) in quote for quote in plain) for said in _QUOTED.findall(text))


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .,;:")


def _added(text: str, quotes: Sequence[str], language: Language) -> bool:
    quote = " ".join(quotes)
    claim, told = words(text, language), words(quote, language)
    own = [word for word in claim if not same(word, told)]
    taken = len(claim) >= LEAST and len(own) <= (1 - NEAR) * len(claim)
    if not taken and not any(_copied(text, claim, one) for one in quotes):
        return False  # a free rewording: the other checks weigh it
    measures = data()[language]["measures"].split()  # values are weighed by what they are worth
    new = (word for word in own if word.weight and fold(word.text) not in measures)
    untold = any(said(word, told) < KIN for word in new)
    return untold or _turned(text, quote, language)


def _copied(text: str, claim: Sequence[Word], quote: str) -> bool:
    """Whether most of a sentence is stretches of a passage: a lie of many words was added to it."""
    mine, theirs = tokens(text), tokens(quote)
    blocks = SequenceMatcher(
        None, [fold(t.text) for t in mine], [fold(t.text) for t in theirs], autojunk=False
    ).get_matching_blocks()
    spans = [(mine[b.a].start, mine[b.a + b.size - 1].end) for b in blocks if b.size >= RUN]
    inside = sum(start <= word.start < end for word in claim for start, end in spans)
    return inside >= max(LEAST, COPIED * len(claim))


def _turned(text: str, quote: str, language: Language) -> bool:
    """Whether a small word that turns a meaning stands more often than in the passages."""
    turning = set(data()[language]["turning"].split())
    said, held = (Counter(fold(t.text) for t in tokens(one)) for one in (text, quote))
    return any(said[word] > held[word] for word in turning)
