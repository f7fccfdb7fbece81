"""The labelled sentences: JSON lines in, claims with what their markers name out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from assistant.compose.write import dated, short
from assistant.generate.check.evidence import Evidence
from assistant.generate.plan import above
from assistant.generate.sentences import Sentence, split
from assistant.index import Index
from assistant.types import Frozen, Language

FOLDER = Path(__file__).parent
Half = Literal["development", "second", "third", "test", "fourth", "fifth"]
HALVES: tuple[Half, ...] = get_args(Half)
BLIND: frozenset[Half] = frozenset({"test", "fifth"})


class Given(Frozen):
    """A passage that the model was given."""

    number: int
    source_id: str
    quote: str


class Claim(Frozen):
    """A sentence with its markers, the passages given, and whether those that it names hold it."""

    id: str
    language: Language
    kind: str = Field(alias="class")
    label: Literal["supported", "unsupported"]
    sentence: str
    passages: tuple[Given, ...]


def load(half: Half) -> list[Claim]:
    """The claims of a file; those of ``BLIND`` are scored, and never read.

    Raises pydantic's ValidationError on a bad line.
    """
    lines = (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines()
    return [Claim.model_validate(json.loads(line)) for line in lines]


def read(claim: Claim, index: Index) -> tuple[list[Sentence], dict[int, Evidence]]:
    """The sentences of a claim, and its passages under what stands above them."""
    return split(claim.sentence), {p.number: _evidence(p, index, claim) for p in claim.passages}


def _evidence(given: Given, index: Index, claim: Claim) -> Evidence:
    """A passage written for the claims stands in no document: nothing is above it."""
    if given.source_id not in index.documents:
        return Evidence(given.number, given.quote, "")
    source = index.documents[given.source_id].source
    about = f"{short(source.title)}, {dated(source.date, claim.language)}"
    heading = next((above(id, index) for id in _holding(given, index)), "")
    return Evidence(given.number, given.quote, f"{heading}\n{about}")


def _holding(given: Given, index: Index) -> Iterator[str]:
    """The passages of the index that hold a quotation."""
    of_source = (p for p in index.order if p.source_id == given.source_id)
    return (p.id for p in of_source if given.quote in p.text)
