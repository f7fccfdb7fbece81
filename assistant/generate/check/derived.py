"""A value that no passage writes in; whether it is told from those that one does, out.

A third is 32 %, seven years lie between 2014 and 2021, 10 000 € between 25 000 and 35 000; a list
of four is four.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from assistant.generate.check.marks import data, fits, plain
from assistant.generate.check.units import Hearing
from assistant.generate.check.values import Value

FEW = 12  # items that a person counts at a glance
MANY = 100  # from which the share that one number is of another is no chance
_ITEMS = re.compile(r",|;|/|\s(?:et|and|ou|or|puis)\s")
_LAPSE = re.compile(r"\s*(ans?|années?|years?|mois|months?)\b")
_RUN = re.compile(r"\b((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)\b")


def derived(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether a value follows from those held, or from the passages' rows and dates."""
    return any(way(value, hearing, held) for way in WAYS)


def _a_share(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether it is a share told as a part, or a part told as a share: a third, 32 %."""
    if isinstance(value.worth, str) or value.unit not in ("part", "share"):
        return False
    around = data()["derived"]
    for other in held:
        if isinstance(other.worth, str) or "part" not in (value.unit, other.unit):
            continue
        if other.unit not in ("part", "share"):
            continue
        far = around["beyond"] if hearing.claim.has("more", "less") else around["near"]
        if abs(other.worth - value.worth) <= far:
            return True
    return False


def _of_another(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether it is the part that one number held is of another, or such a part of one."""
    if value.unit == "part":
        known = [*held, *hearing.claim.values]
        return any(_near(100 * a / b, value.worth) for a, b in _pairs(known) if b >= MANY)
    parts = [v.worth for v in hearing.claim.values if v.unit == "part"]
    known = [v for v in held if v.unit == value.unit]
    return any(
        abs(v.worth * part / 100 - value.worth) < value.worth / 100
        for part in parts
        for v in known
        if isinstance(part, float) and isinstance(v.worth, float) and isinstance(value.worth, float)
    )


def _between(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether it is the difference of two values held, and the claim tells of a change."""
    words = data()["derived"]["change"].split()
    told = any(fits(form, word) for form in words for word in plain(hearing.claim.text))
    known = [v for v in held if v.unit == value.unit]
    return told and any(round(b - a, 2) == value.worth for a, b in _pairs(known))


def _lasts(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether it is the time between two years or months of the passages."""
    unit = _LAPSE.match(hearing.claim.text, value.end)
    if value.unit != "plain" or unit is None:
        return False
    kind = "month" if unit[1].startswith("mo") else "year"
    runs = {int(b) - int(a) + 1 for u in hearing.every for a, b in _RUN.findall(u.text)}
    dates = [v for v in held if v.unit == kind]
    # months told as a season are counted with their ends
    return value.worth in runs or any(
        value.worth in (b - a, b - a + (kind == "month")) for a, b in _pairs(dates)
    )


def _counts_a_row(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether it counts the passages named, or things put in a row after a colon."""
    if value.unit != "plain" or not isinstance(value.worth, float) or not 2 <= value.worth <= FEW:
        return False
    texts = [unit.text for unit in [hearing.claim, *hearing.every]]
    rows = [text.split(":", 1)[1] for text in texts if ":" in text]
    counts = {sum(bool(item.strip()) for item in _ITEMS.split(row)) for row in rows}
    return value.worth in counts | {len(hearing.named)}


def _elsewhere_bare(value: Value, hearing: Hearing, held: Sequence[Value]) -> bool:
    """Whether it is a sum left bare after another: « il en faudrait 12 000 »."""
    return value.unit == "money" and any(
        (value.worth, "plain") in {v.key for v in unit.values}
        and any(v.unit == "money" for v in unit.values)
        for unit in hearing.every
    )


WAYS: tuple[Callable[[Value, Hearing, Sequence[Value]], bool], ...] = (
    _a_share, _of_another, _between, _lasts, _counts_a_row, _elsewhere_bare,
)  # fmt: skip


def _pairs(found: Sequence[Value]) -> Iterator[tuple[float, float]]:
    """The lesser and the greater of two values of a unit."""
    for one, other in permutations(found, 2):
        if one.unit != other.unit or isinstance(one.worth, str) or isinstance(other.worth, str):
            continue
        if one.unit != "part" and 0 <= one.worth < other.worth:
            yield one.worth, other.worth


def _near(share: float, part: float | str) -> bool:
    return isinstance(part, float) and abs(share - part) <= data()["derived"]["near"]
