"""Texts in; the names in several words that they give to bodies, people and projects out.

A person types « graines de corbieres »: only the documents say that it is one name, by the
capitals that they write it with, and that they never write its words together without.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant import lexicon, places
from assistant.words import Token, content, fold

Name = tuple[str, ...]  # its folded words that say something
HONORIFICS = frozenset({"m", "mm", "mme", "mmes", "mr", "dr"})
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’']*[a-zà-ÿ]\w*"
_LINK = r"(?: (?:de la|de l['’]|des|de|du|&|la|le|les|en|sur|aux?|à)? ?(?:[ld]['’])?|-)"
# What stands in the address of a site or of a person is written without capitals.
ADDRESS = re.compile(r"\S*(?:@|www\.|://)\S*")
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:{_LINK}{_CAPITAL})+")


def names(texts: Iterable[str]) -> list[str]:
    """The names as they are written, each without what only introduces it, sorted.

    What the lexicon or the places know is no name; nor is one whose first two words are also
    written together without capitals.
    """
    read = list(texts)
    written = {match.group() for text in read for match in _NAME.finditer(text)}
    found = {name for name in map(_bare, written) if len(content(name)) > 1 and not _known(name)}
    plain = _plain(read, {words_of(name)[0] for name in found})
    return sorted(name for name in found if words_of(name)[:2] not in plain)


def among(written: str) -> frozenset[Name]:
    """The names of the list of what documents write, one a line."""
    lines = (line for line in written.splitlines() if not line.isalnum())
    return frozenset(name for line in lines if len(name := words_of(line)) > 1)


def find(text: str, known: frozenset[Name]) -> Iterator[tuple[int, int]]:
    """Where a text names one of them, with capitals or without; of two that begin alike, the
    longer.
    """
    found = content(text)
    folded = [fold(token.text) for token in found]
    longest, i = _longest(known), 0
    while i < len(found):
        ends = range(min(i + longest, len(found)), i + 1, -1)
        end = next((j for j in ends if tuple(folded[i:j]) in known), i)
        if end > i:
            yield found[i].start, found[end - 1].end
        i = max(end, i + 1)


@lru_cache(maxsize=2)  # of the index that serves and of the one before
def _longest(known: frozenset[Name]) -> int:
    return max(map(len, known), default=0)


def words_of(name: str) -> Name:
    """The folded words of a name that say something."""
    return tuple(fold(token.text) for token in content(name))


def _bare(name: str) -> str:
    """A name without the small words, kinds of body and échelons that stand before it."""
    found = content(name)
    kinds = [m.end for m in lexicon.load().find(name) if m.start == found[0].start] if found else []
    if found and fold(found[0].text) in HONORIFICS:
        kinds.append(found[0].end)
    rest = name[max(kinds) :] if kinds else ""
    if len(content(rest)) > 1:
        return _bare(rest)
    return name[found[0].start :].strip() if found else ""


def _known(name: str) -> bool:
    """Whether the lexicon or the places know all of a name."""
    spans = [(m.start, m.end) for m in lexicon.load().find(name)]
    spans += [(m.start, m.end) for m in places.find(name)]
    return all(any(s <= t.start and t.end <= e for s, e in spans) for t in content(name))


def _plain(texts: Sequence[str], first: set[str]) -> set[Name]:
    """The pairs of words that stand together without capitals, of those that open on some word."""
    return {pair for text in texts for pair in _pairs(content(text), first)}


def _pairs(found: Sequence[Token], first: set[str]) -> Iterator[Name]:
    for one, other in pairwise(found):
        if other.text[0].islower() and fold(one.text) in first:
            yield fold(one.text), fold(other.text)
