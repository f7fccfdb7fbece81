"""Claims in; per class, how many the check takes out of them, out."""

from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel

from assistant.generate.check import judge
from assistant.index import Index
from evals.claims.labelled import Claim, read
from evals.intervals import share


class Judged(BaseModel):
    """One claim and what the check says of it; ``why`` is empty where it is kept."""

    id: str
    kind: str
    language: str
    true: bool
    kept: bool
    why: tuple[str, ...] = ()


class Count(BaseModel):
    """Of ``n`` claims of a class, those that the check takes out."""

    n: int
    taken: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of their share, in [0, 1]."""
        _, low, high = share([1.0] * self.taken + [0.0] * (self.n - self.taken))
        return low, high


def judged(claims: Sequence[Claim], index: Index) -> list[Judged]:
    """Every claim judged as an answer's sentences are."""
    return [_judged(claim, index) for claim in claims]


def _judged(claim: Claim, index: Index) -> Judged:
    sentences, known = read(claim, index)
    why: list[str] = []
    for sentence in sentences:
        why += judge(sentence, known, claim.language).why
    return Judged(
        id=claim.id,
        kind=claim.kind,
        language=claim.language,
        true=claim.label == "supported",
        kept=not why,
        why=tuple(why),
    )


def counts(found: Sequence[Judged]) -> dict[str, Count]:
    """By class, then for all false and all true claims, and by language."""
    groups: dict[str, list[Judged]] = {}
    for one in found:
        label = "true" if one.true else "false"
        for name in (one.kind, f"all {label}", f"{one.language} {label}"):
            groups.setdefault(name, []).append(one)
    return {
        name: Count(n=len(held), taken=sum(not one.kept for one in held))
        for name, held in sorted(groups.items())
    }


def reasons(found: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """How often each reason spoke, against true claims and against false ones."""
    return {
        label: dict(Counter(why for one in found if one.true is true for why in one.why))
        for label, true in (("true", True), ("false", False))
    }
