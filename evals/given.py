"""What any system gave for a question, in the words of the HTTP contract, and how it is compared.

A quotation is found when a cited text of its source holds it, without much around it, or is most of
it; white space, case and the form of apostrophes and quotation marks aside.
"""

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.types import Checked, Status
from evals.case import Case, Expected

SHARE = 0.6  # of the characters of an expected quotation; a lesser piece of it is a scrap
# Characters around an expected quotation. No paragraph of the documents is longer, nor any chunk of
# the peers, and the shortest document is twice that: who cites it whole shows nobody where to look.
AROUND = 1_000


class Place(BaseModel):
    """A text taken from a source; the offsets are of its normalised text, where they are told."""

    model_config = ConfigDict(frozen=True)

    source_id: str
    quote: str
    start: int | None = None
    end: int | None = None
    number: int | None = Field(default=None, description="Of its marker; its rank by default.")


class Given(BaseModel):
    """One answer, whoever gave it; an Answer of the HTTP contract is read as it is."""

    model_config = ConfigDict(frozen=True)

    status: Status | None = None
    answer: str = ""
    missing: str | None = None
    citations: tuple[Place, ...] = ()
    ranked: tuple[Place, ...] | None = Field(
        default=None, description="What was retrieved, best first; None when it is not told."
    )
    elapsed_ms: float | None = None
    generator: str | None = Field(default=None, description="Who worded it, where it is told.")
    checked: Checked | None = Field(
        default=None, description="What the check of a language model's sentences took out."
    )
    failure: str | None = Field(default=None, description="Why there is no answer.")

    @field_validator("citations")
    @classmethod
    def _numbered(cls, citations: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(
            c if c.number is not None else c.model_copy(update={"number": i})
            for i, c in enumerate(citations, 1)
        )


def failed(reason: str, *, ranks: bool) -> Given:
    """No answer, which scores zero; a system that ranks passages ranked none."""
    return Given(failure=reason, ranked=() if ranks else None)


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Lower case, straight apostrophes and quotes, single plain spaces."""
    straight = text.replace("’", "'").replace("«", '"').replace("»", '"')
    return " ".join(straight.split()).casefold()


def holds(place: Place, expected: Expected) -> bool:
    """Whether a text holds an expected quotation of its source, or is most of it."""
    held, wanted = plain(place.quote), plain(expected.quote)
    if place.source_id != expected.source:
        return False
    if wanted in held:
        return len(held) - len(wanted) <= AROUND
    return held in wanted and len(held) >= SHARE * len(wanted)


def needs(case: Case) -> tuple[tuple[Expected, ...], ...]:
    """What is needed: each quotation by itself, or any one of them where one is enough."""
    if not case.quotes:
        return ()
    return (case.quotes,) if case.need == "one" else tuple((quote,) for quote in case.quotes)


def meets(place: Place, need: tuple[Expected, ...]) -> bool:
    """Whether a text holds a quotation that meets a need."""
    return any(holds(place, expected) for expected in need)
