"""« a » and « & » that stand for « à ».

Comes in: the text of a block and how often the document lost its « à ». Goes out: edits, where
the words around call for « à » and not for the verb, nor for « et ».
"""

import math
import re
from collections.abc import Iterator

from ingest.repair.context import likely, tokens
from ingest.repair.costs import costs
from ingest.repair.lexicon import english

Edit = tuple[int, int, str]
ALONE = re.compile(r"(?<![^\s(«“\"])(?:a|&|á|ä|â)(?![^\s])")
READ = frozenset("a&")
WINDOW = 60  # characters on each side: far more than the two tokens looked at


def gain(text: str, start: int, end: int) -> float:
    """How much likelier « à » is than what is read there, in nats, from the context alone."""
    before = tokens(text[max(0, start - WINDOW) : start])
    after = tokens(text[end : end + WINDOW])
    found = likely("alone", before, after)
    if text[start:end] == "&":
        return found["à"] - found["et"]
    return found["à"] - found["a"]


def places(text: str) -> Iterator[tuple[int, int, float]]:
    """Each « a » or « & » that stands alone, with the gain of « à » there."""
    for match in ALONE.finditer(text):
        if (match.group() != "&" or _plain(text, *match.span())) and not _foreign(text, match):
            yield match.start(), match.end(), gain(text, *match.span())


def lost(text: str, share: float) -> Iterator[Edit]:
    """Edits; ``share`` is the share of the document's « à » that were lost, in [0, 1]."""
    cost = costs().alone
    for start, end, found in places(text):
        if text[start:end] not in READ:
            yield start, end, "à"  # no French word: nothing to weigh
            continue
        if share <= 0:
            continue
        needed = cost["gain_sign"] if text[start] == "&" else cost["gain"]
        if found + math.log(share) >= needed:
            yield start, end, "à"


def _foreign(text: str, match: re.Match[str]) -> bool:
    """Whether the word before or after is English: « a » is a word there too."""
    before = text[max(0, match.start() - WINDOW) : match.start()].split()[-1:]
    after = text[match.end() : match.end() + WINDOW].split()[:1]
    return any(english(word.strip(".,;:!?")) for word in (*before, *after))


def _plain(text: str, start: int, end: int) -> bool:
    """Whether a sign stands between lower-case words, as « à » does and names do not."""
    before = text[max(0, start - WINDOW) : start].split()
    after = text[end : end + WINDOW].split()
    return bool(before and after and before[-1].islower() and _little(after[0]))


def _little(word: str) -> bool:
    """Whether a word begins as a determiner, an elision or an infinitive does."""
    low = word.lower().strip('«“"(')
    determiner = re.match(
        r"(?:l[ae]s?|un|une|des|ce|cet|cette|ces|leurs?|ses|son|sa|nos|notre)$", low
    )
    return bool(determiner or re.match(r"[lIi1|][’']", word) or re.search(r"(?:er|ir|re)$", low))
