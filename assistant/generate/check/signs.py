"""A sentence and the passages that it names in; what speaks for it and against it, out.

Each sign is one general reason to doubt: a value, a name or an échelon that no passage holds, a
negation or a modal that is not the passage's, words that nothing there says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.generate.check import bound, crossed, roles, stance, stated
from assistant.generate.check.evidence import Evidence
from assistant.generate.check.marks import plain
from assistant.generate.check.units import Hearing, read
from assistant.types import Language

AGAINST: dict[str, Callable[[Hearing], bool]] = {
    "value": stated.strange_value,
    "date": stated.strange_date,
    "period": stated.period_changed,
    "bound": stated.bound_changed,
    "name": stated.strange_name,
    "office": stated.strange_office,
    "address": stated.strange_address,
    "place": stated.strange_place,
    "level": stated.other_level,
    "negation": stance.denied,
    "modal": stance.modal_changed,
    "scope": stance.scope_changed,
    "general": stance.made_general,
    "cause": stance.cause_invented,
    "purpose": stance.purpose_invented,
    "opposite": stance.turned_over,
    "merged": crossed.merged,
    "joined": crossed.joined,
    "exchanged": crossed.exchanged,
    "roles": roles.roles_turned,
    "untold": bound.untold,
    "unbound": bound.unbound,
    "unmarked": bound.unmarked,
    "another": bound.exchanged_near,
    "by": bound.period_dropped,
}


# What a marker amid a sentence answers for alone.
EXACT = (stated.strange_value, stated.strange_name, stated.strange_place)


@dataclass(frozen=True)
class Signs:
    """What was found, the numbers in [0, 1]; ``wrong`` names the reasons that suffice alone."""

    wrong: tuple[str, ...]
    own: float  # the share of the claim's words that the passages tell
    gap: float  # the weight of its longest stretch that nothing tells, against the whole
    least: float  # the share that the least of several passages tells; 1 for one passage


def signs(sentence: str, named: Sequence[Evidence], language: Language) -> Signs:
    """The signs of a sentence that names these passages, one at least."""
    hearing = Hearing(read(sentence, language), tuple(named))
    if _verbatim(hearing):
        return Signs((), own=1.0, gap=0.0, least=1.0)
    shares = [hearing.share(units) for units in hearing.told]
    return Signs(
        wrong=tuple(name for name, found in AGAINST.items() if found(hearing)),
        own=hearing.share(hearing.every),
        gap=_gap(hearing),
        least=min(shares) if len(shares) > 1 else 1.0,
    )


def astray(part: str, named: Sequence[Evidence], language: Language) -> bool:
    """Whether what stands before a marker states what the passages of that marker do not."""
    hearing = Hearing(read(part, language), tuple(named))
    return any(found(hearing) for found in EXACT)


def _verbatim(hearing: Hearing) -> bool:
    """Whether a claim is, word for word, one whole sentence of its passage."""
    claim = plain(hearing.claim.text)
    return len(hearing.named) == 1 and any(plain(u.text) == claim for u in hearing.every)


def _gap(hearing: Hearing) -> float:
    """The weight of the longest run of words that are not told, against that of all."""
    found = hearing.claim.words
    total = sum(word.weight for word in found) or 1.0
    longest = run = 0.0
    for word, told in zip(found, hearing.shares([*hearing.every, *hearing.around]), strict=True):
        run = run + word.weight * (1 - told) if told < stated.SURE else 0.0
        longest = max(longest, run)
    return longest / total
