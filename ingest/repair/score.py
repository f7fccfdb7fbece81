"""Whether a word was misread, and what was printed.

Comes in: a word in its place and the rate of misreadings. Goes out: the word that was surely
printed instead, or none. Bayes' rule over the noisy channel: see ``channel.py``.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

from ingest.repair.channel import accent_cost, guesses
from ingest.repair.costs import costs
from ingest.repair.lexicon import english, fold, frequency, known, listed
from ingest.repair.token import Word


def best(
    word: Word, rate: float, counts: Mapping[str, int], among: int, proof: float | None = None
) -> str | None:
    """The word printed where this one is read, if it is surely another; else none.

    ``rate``: share of misread words; ``counts``: the spellings of the document, of ``among``
    words; ``proof``: the gain asked for, in nats, instead of the usual one.
    """
    if word.barred or not _doubtful(word.text):
        return None
    ranked = sorted(_gains(word, rate, counts, among), reverse=True)
    if not ranked:
        return None
    gain, printed = ranked[0]
    others = [more for more, other in ranked if other.lower() != printed.lower()]
    margin = gain - others[0] if others else math.inf
    asked = costs().words["gain"] if proof is None else proof
    asked += _caution(word, printed, counts, among)
    return printed if gain >= asked and margin >= costs().words["margin"] else None


@lru_cache(maxsize=65536)
def _doubtful(text: str) -> bool:
    """Whether a spelling is worth a look at all."""
    letters = sum(c.isalpha() for c in text)
    if letters < 2 or letters * 2 <= len(text):
        return False
    if text.isupper() or (text[0].isdigit() and text[0] not in "015") or _capital_start(text):
        return False
    return frequency(text) < costs().words["doubted"] or not listed(text)


def _capital_start(text: str) -> bool:
    """Whether only the accent of its capital is missing: « Etat »."""
    if not text[:1].isupper() or not text.isalpha():
        return False
    return known(text) or any(
        known(form) and accent_cost(form[1:], text[1:].lower()) == 0 for form in _same_tail(text)
    )


def _same_tail(text: str) -> list[str]:
    heads = {"e": "éèêë", "a": "àâ", "i": "îï", "o": "ôœ", "u": "ùû", "c": "ç"}
    return [head + text[1:].lower() for head in heads.get(text[0].lower(), "")]


def _gains(
    word: Word, rate: float, counts: Mapping[str, int], among: int
) -> list[tuple[float, str]]:
    """Gain of each guess over no repair, in nats."""
    found = []
    base = word.text
    for printed, cost in guesses(base, start=word.opens):
        likely = _share(printed, counts, among)
        stays = _stays(base, printed, counts)
        found.append((math.log(likely * rate / stays) - cost, printed))
    return found


def _share(word: str, counts: Mapping[str, int], among: int) -> float:
    """Share of a word in French, mixed with its share in the document."""
    _head, _, rest = word.partition("'")
    core = rest if rest else word
    share = frequency(core) or costs().words["listed"]
    own = counts.get(core.lower(), 0) / among
    mixed = share + costs().words["local"] * own
    return mixed * costs().words["elided"] if rest else mixed


def _stays(read: str, printed: str, counts: Mapping[str, int]) -> float:
    """Share of the spelling as a word of its own: what misprints of the guess do not explain."""
    cost = costs().words
    is_listed = listed(read)
    same = fold(read) == fold(printed)
    kind = ("human_listed" if is_listed else "human_accents") if same else "human_letters"
    share = frequency(read) - cost[kind] * frequency(printed)
    least = cost["listed"] if is_listed else _unlisted(read) * max(1, counts.get(read, 1))
    return max(share, least)


def _unlisted(word: str) -> float:
    """Share of one spelling that no list has: the longer, the more such spellings there are."""
    cost = costs().words
    share = cost["unknown"] * cost["unknown_letter"] ** len(word)
    if len(word) < costs().strokes["least_apart"]:
        return share * cost["unknown_short"]
    return min(max(share, cost["unknown_least"]), cost["unknown_most"])


def _caution(word: Word, printed: str, counts: Mapping[str, int], among: int) -> float:
    """Further proof asked for: names, compounds, words that a dictionary lists."""
    cost = costs().words
    same = fold(word.text) == fold(printed)
    total = cost["hyphen"] if word.part else 0.0
    if listed(word.text) or frequency(word.text) >= cost["common"]:
        total += cost["listed_accents" if same else "listed_gap"]
    if english(word.text) and (word.text[:1].isupper() or not same):
        total += cost["english"]
    if _derived(word.text, printed):
        total += cost["derived"]
    if same and _reformed(word.text, printed):
        total += cost["reformed"]
    if word.text[:1].isupper() and not word.opens:
        total += _name(word, printed, counts, among)
    return total


def _name(word: Word, printed: str, counts: Mapping[str, int], among: int) -> float:
    """Proof asked of a word that may be a name: less where the document uses the word much."""
    cost = costs().words
    if word.text.isascii() and fold(word.text) == fold(printed):
        return cost["name"] + cost["name_accents"]
    times = counts.get(printed.lower(), 0)
    own = times > cost["met_often"] * frequency(printed) * among
    return cost["name_met" if own else "name"]


def _derived(read: str, printed: str) -> bool:
    """Whether a living suffix would be lost: « regardeur » is a new word, not « regarder »."""
    return any(read.endswith(s) and not printed.endswith(s) for s in costs().suffixes)


def _reformed(read: str, printed: str) -> bool:
    """Whether the spelling of 1990 writes what is read: « règlementaire », « maitrise »."""
    pairs = set(zip(read.lower(), printed.lower(), strict=False))
    return len(read) == len(printed) and bool(pairs & {("è", "é"), ("i", "î"), ("u", "û")})
