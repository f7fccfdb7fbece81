"""A text in; the values that it states out: numbers in digits or letters, sums, shares, months.

« 152 K Euros », « 152 000 € » and "152,000 euros" are one value, « un quart » and "one in four"
too. A value stands where its first word stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from assistant.generate.check.marks import data
from assistant.words import fold

Unit = Literal["money", "share", "month", "part", "ordinal", "year", "plain"]
_SPACED = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)"
_NUMBER = re.compile(
    rf"(?P<money>€\s*)?(?P<number>{_SPACED}|(?:19|20)\d0(?=s\b)|\d+(?:[.,]\d+)?)(?P<order>er|ere|ème|eme|e|st|nd|rd|th)?(?:(?<=\d0)s\b|(?![\w]))"
    r"|(?P<glued>\d+)(?P<scale>k|m|km|h|ha|kg|t)(?:€)?(?!\w)|(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s*(?:d['’]\s*|of\s+)?(?:€|euros?\b|k€)", re.IGNORECASE)
_CENTS = re.compile(r"\s*(?:centimes?\b|cents\s+(?:more|less|each|per|an?)\b)", re.IGNORECASE)
# « un jeune sur trois », "nine in ten" are shares; « deux mairies sur trois sites » is none.
_RATIO = re.compile(
    r"\b(?=([^\W_]+)(?:\s(?:d['’])?[^\W\d_]+){0,2}\s(?:sur|in|out of)\s([^\W_]+)\b"
    r"(\s[^\W\d_]+[sx]\b)?)",
    re.IGNORECASE,
)
# « entre 80 et 150 € »: what the second number counts, the first does too.
_RANGE = re.compile(r"\s*(?:et|and|à|to|or|ou|-|–)\s*", re.IGNORECASE)
_DAY = re.compile(r"\s*(?:of\s+)?([^\W\d_]+)")
_SHARE = re.compile(r"\s*(?:%|pour\s?cent|per\s?cent|percent)", re.IGNORECASE)
_TENS = re.compile(r"-([^\W\d_]+)")  # quarante-deux, forty-two
_LINK = re.compile(r"[\s\u00a0-]*(?:d['’]\s*|de\s+|of\s+)?", re.IGNORECASE)
WHOLES = (*range(2, 11), 12, 20, 100)  # what people count shares on


@dataclass(frozen=True, slots=True)
class Value:
    """What a number is worth, in its unit, and where it is written."""

    worth: float | str
    unit: Unit
    start: int
    end: int

    @property
    def key(self) -> tuple[float | str, Unit]:
        """What makes two of them one."""
        return self.worth, self.unit


def values(text: str) -> list[Value]:
    """Every value of a text, in its order; « un » and "one" are articles."""
    found: list[Value] = []
    ratios = {value.start: value for value in _ratios(text)}
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done:
            continue
        value = ratios.get(match.start()) or _read(text, match)
        if value is not None:
            found.append(value)
            done = value.end
    return [_counted_alike(text, one, after) for one, after in zip_longest(found, found[1:])]


def _ratios(text: str) -> Iterator[Value]:
    """Its shares told by counts, in hundredths."""
    for match in _RATIO.finditer(text):
        part, whole = _counted(match[1]), _counted(match[2])
        if not part or not whole or whole not in WHOLES:
            continue
        if part >= whole or (match[3] and part > 1):
            continue
        yield Value(100 * part / whole, "part", match.start(1), match.end(2))


def _counted(word: str) -> float | None:
    folded = fold(word)
    if folded in ("un", "une", "one"):
        return 1.0
    return float(folded) if folded.isascii() and folded.isdigit() else _number(folded)


def _counted_alike(text: str, one: Value, after: Value | None) -> Value:
    """A number, in the unit of the one that it makes a range with."""
    if after is None or one.unit != "plain" or after.unit not in ("money", "share"):
        return one
    between = text[one.end : after.start]
    return replace(one, unit=after.unit) if _RANGE.fullmatch(between) else one


def _read(text: str, match: re.Match[str]) -> Value | None:
    if match["word"]:
        return _spelled(text, match)
    if match["glued"]:
        return _scaled(text, match, float(match["glued"]), match["scale"])
    number = _worth(match["number"])
    day = _DAY.match(text, match.end())
    if match["order"] and not (day and fold(day[1]) in _table("months")):
        return Value(number, "ordinal", match.start(), match.end())
    return _scaled(text, match, number, "")


def _spelled(text: str, match: re.Match[str]) -> Value | None:
    word = fold(match["word"])
    month = _table("months").get(word)
    if month is not None and (word not in ("mars", "may", "march") or _dated(text, match)):
        return Value(float(month), "month", match.start(), match.end())
    if word == "sept" and re.match(r"\s?[/.]|\s+(?:19|20)\d\d", text[match.end() :]):
        return Value(9.0, "month", match.start(), match.end())
    if word == "tiers" and re.search(r"\bdes\s+$", text[: match.start()]):
        return None  # other people, no third
    if word in _table("times"):
        return Value(_table("times")[word], "part", match.start(), match.end())
    if word in _table("fractions"):
        return Value(float(_table("fractions")[word]), "part", match.start(), match.end())
    number = _number(word)
    if number is None:
        return None
    part = _DAY.match(text, match.end())
    if part and fold(part[1]) in _table("fractions"):
        share = number * float(_table("fractions")[fold(part[1])])
        return Value(share, "part", match.start(), part.end())
    ten = _TENS.match(text, match.end())
    unit = _number(fold(ten[1])) if ten and 20 <= number < 100 else None
    if ten and unit is not None and unit < 10:
        return Value(number + unit, "plain", match.start(), ten.end())
    return _scaled(text, match, number, "")


def _number(word: str) -> float | None:
    """What a word counts: a French one or, failing that, an English one."""
    return next((float(t[word]) for t in (_table("fr"), _table("en")) if word in t), None)


def _dated(text: str, match: re.Match[str]) -> bool:
    """Whether a word that may be a month stands by a number: "may" is also a verb."""
    return bool(
        re.search(r"\d\s*$", text[: match.start()]) or re.match(r"\s*\d", text[match.end() :])
    )


def _scaled(text: str, match: re.Match[str], number: float, glued: str) -> Value:
    """The number with its scale (mille, million) and its unit."""
    end = match.end()
    scale = _table("scales").get(fold(glued)) if glued else None
    if not glued:
        following = re.match(rf"{_LINK.pattern}([^\W\d_]+)", text[end:], re.IGNORECASE)
        scale = _table("scales").get(fold(following[1])) if following else None
        if scale is not None and following is not None:
            end += following.end()
    number *= float(scale or 1)
    money, share, cents = (kind.match(text, end) for kind in (_MONEY, _SHARE, _CENTS))
    if cents and number >= 2:
        return Value(number / 100, "money", match.start(), cents.end())
    if money or match["money"] or text[end - 1] == "€":
        return Value(number, "money", match.start(), money.end() if money else end)
    if share:
        return Value(number, "share", match.start(), share.end())
    year = re.fullmatch(r"(?:19|20)\d\ds?", match.group()) is not None
    return Value(number, "year" if year else "plain", match.start(), end)


def _worth(digits: str) -> float:
    """« 12 500 », "12,500" and 12.500 are twelve thousand five hundred; 12,5 is not."""
    if re.fullmatch(_SPACED, digits):
        return float(re.sub(r"\D", "", digits))
    return float(digits.replace(",", "."))


@lru_cache(maxsize=8)
def _table(name: str) -> dict[str, str]:
    pairs = (entry.split() for entry in data()["numbers"][name].split("|"))
    return dict(pairs)
