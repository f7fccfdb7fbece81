"""What a sentence may be proved by: the words of a passage, and what stands around them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation under its number; ``around`` holds its headings, its document and its date."""

    number: int
    quote: str
    around: str = ""
