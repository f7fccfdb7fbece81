"""A text in; the values that it states out: numbers in digits or letters, sums, shares, months.

« 152 K Euros », « 152 000 € » and "152,000 euros" are one value; « plus de 30 » is not « 30 au
plus ». A value stands where its first word stands.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.generate.check.marks import data
from assistant.words import fold

Unit = Literal["money", "share", "month", "part", "ordinal", "year", "plain"]
_SPACED = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)"
_NUMBER = re.compile(
    rf"(?P<money>€\s*)?(?P<number>{_SPACED}|\d+(?:[.,]\d+)?)(?P<order>er|ere|ème|eme|e|st|nd|rd|th)?(?![\w])"
    r"|(?P<glued>\d+)(?P<scale>k|m|km|h|ha|kg|t)(?:€)?(?!\w)|(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s*(?:d['’]\s*|of\s+)?(?:€|euros?\b|k€)", re.IGNORECASE)
_SHARE = re.compile(r"\s*(?:%|pour\s?cent|per\s?cent|percent)", re.IGNORECASE)
_TENS = re.compile(r"-([^\W\d_]+)")  # quarante-deux, forty-two
_LINK = re.compile(r"[\s\u00a0-]*(?:d['’]\s*|de\s+|of\s+)?", re.IGNORECASE)


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
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done:
            continue
        value = _read(text, match)
        if value is not None:
            found.append(value)
            done = value.end
    return found


def _read(text: str, match: re.Match[str]) -> Value | None:
    if match["word"]:
        return _spelled(text, match)
    if match["glued"]:
        return _scaled(text, match, float(match["glued"]), match["scale"])
    number = _worth(match["number"])
    if match["order"]:
        return Value(number, "ordinal", match.start(), match.end())
    return _scaled(text, match, number, "")


def _spelled(text: str, match: re.Match[str]) -> Value | None:
    word = fold(match["word"])
    month = _table("months").get(word)
    if month is not None and (word not in ("mars", "may", "march") or _dated(text, match)):
        return Value(float(month), "month", match.start(), match.end())
    if word == "sept" and re.match(r"\s?[/.]|\s+(?:19|20)\d\d", text[match.end() :]):
        return Value(9.0, "month", match.start(), match.end())
    part = _table("fractions").get(word)
    if part is not None:
        return Value(part, "part", match.start(), match.end())
    number = _number(word)
    if number is None:
        return None
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
    money, share = _MONEY.match(text, end), _SHARE.match(text, end)
    if money or match["money"] or text[end - 1] == "€":
        return Value(number, "money", match.start(), money.end() if money else end)
    if share:
        return Value(number, "share", match.start(), share.end())
    year = re.fullmatch(r"(?:19|20)\d\d", match.group()) is not None
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
