"""A text and a claim in; whether the text says the claim, as whole words and whole numbers, out.

Amounts are compared by what they are worth: « 152 K Euros », « 152\u202f000 € » and « 152 mille
euros » are one. What is negated is said all the same: no words are understood here.
"""

import re
from functools import lru_cache

from evals.given import plain
from evals.markers import unmarked

WORTH = {"k": 1_000, "mille": 1_000, "m": 1_000_000, "million": 1_000_000, "millions": 1_000_000}
GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,]\d{3})+(?!\d|,\d)")
MONEY = re.compile(r"\s*(?:€|\b(?:d'|of )?euros?\b)")
SCALED = re.compile(
    r"(?<![\d.,])(\d{1,12})(?:[.,](\d{1,6}))?\s*(k|mille|m(?=\s*euros)|millions?)\b"
)


def says(text: str, claim: str) -> bool:
    """Whether a text holds a claim: « 9 » is in neither « 2019 » nor « 9,5 »."""
    said = _alike(claim)
    before = r"(?<![\w])(?<!\d[.,])" if said[:1].isalnum() else ""
    after = r"(?!\w|[.,]\d)" if said[-1:].isalnum() else ""
    return bool(said) and re.search(before + re.escape(said) + after, _alike(text)) is not None


@lru_cache(maxsize=10_000)
def _alike(text: str) -> str:
    """The text as it is read, with one way to write each number and each amount."""
    alone = GROUPS.sub(lambda found: re.sub(r"\D", "", found[0]), plain(unmarked(text)))
    alone = alone.replace(" %", "%")
    return SCALED.sub(_scaled, MONEY.sub(" euros", alone))


def _scaled(found: re.Match[str]) -> str:
    whole, part, unit = found[1], found[2] or "", found[3]
    scaled = int(whole + part) * WORTH[unit] / 10 ** len(part)
    return f"{scaled:.0f}" if scaled.is_integer() else found[0]
