"""How damaged a document is, before any of it is mended.

Comes in: the whole text of a document. Goes out: a :class:`Damage`, the evidence that the
repair of each block leans on.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.repair import alone, elision
from ingest.repair.costs import costs
from ingest.repair.debris import trailing
from ingest.repair.score import best
from ingest.repair.token import Word, words


@dataclass(frozen=True)
class Damage:
    """What a whole document says of its own state; rates are shares in [0, 1]."""

    words: int = 0
    suspects: int = 0
    elisions: int = 0
    rate: float = 0.0
    lost_a: float = 0.0
    noisy: bool = False
    counts: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def clean(self) -> bool:
        """Whether nothing tells that letters were misread."""
        return self.rate == 0.0 and self.lost_a == 0.0


def estimate(text: str) -> Damage:
    """The damage of a whole document: its raw text, line ends and all."""
    found = list(words(text))
    counts = Counter(word.text for word in found)
    proof = costs().damage["suspect_rate"], costs().damage["suspect_gain"]
    suspects = _mended(found, counts, *proof)
    elisions = elision.broken(text)
    rate = _rate(len(suspects) + elisions, len(found))
    mended = _mended(found, counts, rate, costs().words["gain"]) if rate else []
    return Damage(
        words=len(found),
        suspects=len(suspects),
        elisions=elisions,
        rate=rate,
        lost_a=_lost_a(text),
        noisy=_noisy_lines(text, counts) >= costs().damage["least_noise"],
        counts=_met(counts, mended),
    )


def _noisy_lines(text: str, counts: Mapping[str, int]) -> int:
    """How many lines end in scanner noise without doubt."""
    return sum(trailing(line, counts, doubt=False) is not None for line in text.splitlines())


def _met(counts: Counter[str], mended: list[str]) -> Counter[str]:
    """The spellings of the document, and in lower case the words that misreadings hide."""
    low = Counter(word.lower() for word in mended)
    for word, times in counts.items():
        if word != word.lower() and not word.isupper():
            low[word.lower()] += times
    return counts + low


def _mended(found: list[Word], counts: Mapping[str, int], rate: float, proof: float) -> list[str]:
    """The words printed where misread ones are proven; names and compounds are not judged."""
    judged = [word for word in found if not (word.barred or word.part or _short_or_name(word))]
    alike = {(word.text, word.opens): word for word in judged}  # each spelling is weighed once
    printed = {key: best(word, rate, counts, 10**9, proof) for key, word in alike.items()}
    return [new for word in judged if (new := printed[word.text, word.opens])]


def _short_or_name(word: Word) -> bool:
    return len(word.text) < 4 or word.text[:1].isupper()


def _rate(broken: int, among: int) -> float:
    cost = costs().damage
    if broken < cost["least_suspects"] or broken < cost["least_rate"] * among:
        return 0.0
    return min(1.0, broken / among / cost["provable"])


def _lost_a(text: str) -> float:
    """The share of the « à » that are read « a » or « & »; 0 where too few prove it."""
    cost = costs().alone
    sure = sum(gain >= cost["sure"] for _, _, gain in alone.places(text))
    kept = text.split().count("à")
    if sure < cost["least_lost"] or sure < cost["least_share"] * (sure + kept):
        return 0.0
    return sure / (sure + kept)
