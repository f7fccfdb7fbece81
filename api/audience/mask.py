"""A text that a person wrote in; the same out with addresses, telephones and names put out.

Addresses and telephones have a form, names have none: a name is known by what goes before it (a
title, « je m'appelle »), or by a first name of two lists. docs/privacy.md gives what was measured
and what is missed.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from assistant import lexicon, places
from assistant.understand.language import frequency
from assistant.words import fold, stopwords

MAIL, PHONE, NAME = "[courriel]", "[téléphone]", "[nom]"
RARE = 3.6  # on Zipf's scale: a word that is rarer, after a first name in lower case, is a name
USUAL = 5.0  # a first name in lower case that is more usual is a word
FOLLOWING = 3  # words after a first name or a title that may be of the same name

_AT = r"\s?(?:@|[(\[]\s?(?:at|arobase|à)\s?[)\]]|\sarobase\s)\s?"
_DOT = r"(?:\.|\s?[(\[](?:dot|point)[)\]]\s?|\spoint\s)"
_MAIL = re.compile(rf"[\w.+'’-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)+", re.I)
# nine figures or more from a 0, or eight from a country code, however they are set apart
_APART = r"[\s.\-/_·\u00a0\u2009\u202f]{0,2}"
_PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00){_APART}[1-9]\d{{0,2}}{_APART}(?:\(0\){_APART})?(?:\(?\d\)?{_APART}){{6,12}}\d"
    rf"|\(?0\)?{_APART}[1-9]\)?(?:{_APART}\d){{7,9}})(?!\w)"
)
# letters, joined by hyphens and apostrophes: Jean-Paul, O'Brien, D’Artagnan
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \t\u00a0\u202f]+")

Span = tuple[int, int]


def mask(text: str) -> str:
    """The text with MAIL, PHONE and NAME in the place of what they name."""
    masked = _PHONE.sub(PHONE, _MAIL.sub(MAIL, text))
    for start, end in reversed(_joined(_names(masked))):
        masked = masked[:start] + NAME + masked[end:]
    return masked


def _names(text: str) -> Iterable[Span]:
    """Where names stand."""
    words = [_Word(m, text) for m in _WORD.finditer(text)]
    elsewhere = [(p.start, p.end) for p in places.find(text)]
    for i, word in enumerate(words):
        after = words[i + 1 :]
        if word.title:
            yield from _after_title(after, text, word)
        elif word.opens:
            yield from _run(after, text, word.end, loose=True)
        elif word.first_name and not _inside(word, elsewhere):
            yield from _from_first_name(words, i, text)
        elif word.office:
            named = [w for w in after[:1] if not _inside(w, elsewhere) and not w.ordinary]
            yield from _run(named, text, word.end)


class _Word:
    """One word of a text, and what it may be of a name."""

    def __init__(self, match: re.Match[str], text: str) -> None:
        whole = match.group()
        data = _data()
        self.text = whole.rstrip(".")
        self.start, self.end = match.start(), match.start() + len(self.text)
        self.stop = whole.endswith(".")
        self.folded = fold(self.text)
        self.capital = self.text[0].isupper()
        self.title = self.text in data["titles"] and (self.stop or len(self.text) > 1)
        self.office = self.folded in data["offices"]
        self.particle = self.folded in data["particles"]
        before = fold(text[max(0, self.start - 30) : self.end + self.stop])
        self.opens = any(_ends(before, opening) for opening in data["openings"])
        parts = self.folded.split("-")
        self.first_name = all(p in data["names"] for p in parts) or self.folded in data["names"]
        self.careful = self.folded in data["careful"]

    @property
    def ordinary(self) -> bool:
        """No part of a name: a function word, an office, a thing of the lexicon."""
        return (
            self.folded in stopwords()
            or self.text in _data()["roles"]
            or bool(lexicon.load().find(self.text))
        )

    @property
    def shouted(self) -> bool:
        """In capitals, and no acronym of the lexicon: a family name before a first name."""
        return self.text.isupper() and len(self.text) > 3 and not self.ordinary

    @property
    def known(self) -> bool:
        """A usual word, in either language, whatever its capital; or the name of an office."""
        return (
            self.folded in stopwords()
            or self.text in _data()["roles"]
            or max(frequency(self.folded, "fr"), frequency(self.folded, "en")) > RARE
        )


def _after_title(after: list[_Word], text: str, title: _Word) -> Iterable[Span]:
    """« Mme Durand », « M. de La Tour »; not « Madame la Maire »."""
    first = next((w for w in after[:3] if not w.particle), None)
    if first is None or first.text in _data()["roles"]:
        return
    yield from _run(after, text, title.end)


def _from_first_name(words: list[_Word], i: int, text: str) -> Iterable[Span]:
    """A first name with the family name after it, or before it in capitals; or alone."""
    word, start, before = words[i], words[i].start, words[i - 1] if i else None
    after = words[i + 1 :]
    if before and before.shouted and _adjacent(text, before.end, start):
        start = before.start
    if word.capital:
        following = list(_run(after, text, word.end, first=True))
    else:
        following = _lower_run(after[:1], text, word)
    alone = not word.careful and (word.capital or frequency(word.folded, "fr") < USUAL)
    if following and (word.capital or alone):
        yield start, following[-1][1]
    elif alone or start != word.start:
        yield start, word.end


def _lower_run(after: list[_Word], text: str, word: _Word) -> list[Span]:
    """The rare word after a first name, where nothing has a capital."""
    return [
        (w.start, w.end)
        for w in after
        if _adjacent(text, word.end, w.start) and not w.known and not word.careful
    ]


def _run(
    after: list[_Word], text: str, end: int, *, loose: bool = False, first: bool = False
) -> Iterable[Span]:
    """The words with a capital, and the particles between them, that go on from ``end``.

    ``loose`` takes two words without a capital; ``first`` takes no usual word after a first name.
    """
    taken: list[_Word] = []
    for word in after[: FOLLOWING + 2]:
        if not _adjacent(text, end, word.start):
            break
        small = word.particle and not word.capital
        name = word.capital or (loose and _loosely(word, taken))
        if not (small or name) or (first and word.text in _data()["roles"]):
            break
        taken.append(word)
        end = word.end
        if word.stop and len(word.text) > 1:
            break
    while taken and taken[-1].particle and not taken[-1].capital:
        taken.pop()
    if taken:
        yield taken[0].start, taken[-1].end


def _loosely(word: _Word, taken: list[_Word]) -> bool:
    """Whether a word without a capital is of the name that « je m'appelle » gives."""
    if taken:
        return len(taken) == 1 and not word.known
    return not word.ordinary and not re.search("['’]", word.text)


def _adjacent(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return bool(_GAP.fullmatch(gap.removeprefix(".").removeprefix(":") or " "))


def _ends(before: str, opening: str) -> bool:
    at = len(before) - len(opening)
    return before.endswith(opening) and (at == 0 or not before[at - 1].isalnum())


def _inside(word: _Word, spans: Iterable[Span]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=1)
def _data() -> dict[str, frozenset[str]]:
    """The lists, folded where capitals do not matter."""
    own = tomllib.loads((files("api.audience") / "names.toml").read_text("utf-8"))
    core = tomllib.loads((files("assistant") / "data" / "firstnames.toml").read_text("utf-8"))
    folded = {key: frozenset(fold(word) for word in words) for key, words in own.items()}
    return {
        **folded,
        "names": folded["names"] | folded["careful"] | {fold(name) for name in core["names"]},
        "careful": folded["careful"] | {fold(name) for name in core["common_words"]},
        "titles": frozenset(own["titles"]),
        "roles": frozenset(own["roles"]),
    }
