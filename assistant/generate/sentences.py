"""The text of a model in; its lines out, each made of sentences with the numbers that they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_MARK = r"\[\s*\d{1,6}(?:\s*[,;–-]\s*\d{1,6})*\s*\]"
MARKER = re.compile(_MARK)
MOST = 50  # numbers that one range names; more are no citations
# A sentence ends at its stop, with the quotation marks and markers that follow it.
_END = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<tail>[\s]*[»”\")]*(?:\s*{_MARK})*[.]?)(?=\s+[«“\"(]?\s*[A-ZÀ-ÖØ-Þ0-9]|\s*$)"
)
# After a marker that closes a sentence without a stop, another sentence may follow.
_ABBREVIATION = re.compile(
    r"(?:^|[\s('’])(?:[A-ZÀ-Ý]|MM?|Mmes?|Mlle|Dr|Pr|St|Ste|arts?|al|n|no|p|pp|cf|ex|env|vol|fig|"
    r"e\.g|i\.e|Mr|Mrs|Ms)$"
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_HEADING = re.compile(
    rf"^\s*#+\s|^\s*\*\*[^*]+\*\*\s*:?\s*$|^\s*(?:```|~~~)\w*\s*$|^(?!.*{_MARK}).*:\s*$"
)
# What names sources and says nothing else: a line of its own, or the head of a list of them.
_SOURCES = re.compile(
    r"^[\W_]*(?:sources?|références?|references?|citations|passages cités|bibliographie)"
    r"(?:\s+(?:citées?|utilisées?|used|cited))?[\s*_]*(?::|$)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^\([^().]*\b\d{4}\)[.]?$")
_LISTED = re.compile(rf"^\s*{_MARK}")
# Courtesies, which a model adds whatever it is told: they state nothing.
_COURTESY = re.compile(
    r"^\W*(?:bonjour|bonsoir|bien sûr|certainement|avec plaisir|d'accord|voici|j'espère|"
    r"n'hésitez|je reste à votre|bonne (?:journée|lecture)|cordialement|merci|excellente question|"
    r"hello|hi|sure|certainly|of course|here (?:is|are)|i hope|feel free|let me know|"
    r"thank you|thanks|please let|great question|do not hesitate|don't hesitate)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markers, and the numbers that they name, each once."""

    text: str
    numbers: tuple[int, ...]
    parts: tuple[tuple[str, tuple[int, ...]], ...] = ()  # what stands before each of its markers


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a list item."""

    sentences: tuple[Sentence, ...]
    item: bool


def lines(text: str, *, whole: bool = True) -> list[Line]:
    """The lines that say something; headings, fences, courtesies and lists of sources are left out,
    since they state nothing that could be proved.

    Of a reply that is not ``whole``, what follows the last stop or marker is left out too.
    """
    if not whole:
        text = _closed(text)
    kept = (line for line in _stating(text) if not _HEADING.match(line))
    found = [
        Line(tuple(_states(_BULLET.sub("", line))), bool(_BULLET.match(line))) for line in kept
    ]
    return [line for line in found if line.sentences]


def _stating(text: str) -> Iterator[str]:
    """The lines that are not of a list of sources."""
    listing = False
    for line in filter(str.strip, text.splitlines()):
        if _SOURCES.match(line):
            listing = True
        elif not (listing and (_BULLET.match(line) or _LISTED.match(line))):
            listing = False
            yield line


def _states(line: str) -> list[Sentence]:
    """The sentences of a line that state something."""
    return [
        one
        for one in split(line)
        if re.search(r"\w", one.text)
        and not (_SOURCES.match(one.text) or _ASIDE.match(one.text))
        and (one.numbers or not _COURTESY.match(one.text))
    ]


def split(text: str) -> list[Sentence]:
    """The sentences of a line."""
    text = text.replace("**", "").strip()
    found, start = [], 0
    for match in _END.finditer(text):
        if match["stop"] == "." and _ABBREVIATION.search(text[start : match.start()]):
            continue
        if (
            match["stop"] == "?"
            and not MARKER.search(match["tail"])
            and text[match.end() :].strip()
        ):
            continue  # a question states nothing: it opens what answers it
        found.append(_sentence(text[start : match.end()]))
        start = match.end()
    rest = _sentence(text[start:])
    return [one for one in [*found, rest] if re.search(r"\w", one.text) or one.numbers]


def numbers(text: str) -> tuple[int, ...]:
    """The numbers that markers name, in the order of the first of each: [1][2], [1, 2], [1-3]."""
    found: dict[int, None] = {}
    for mark in MARKER.findall(text):
        for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", mark):
            low = int(first)
            found |= dict.fromkeys(range(low, min(int(last or low) + 1, low + MOST)))
    return tuple(found)


def _sentence(text: str) -> Sentence:
    """Its words on one line, the space that a marker leaves before a stop closed."""
    ends = [match.end() for match in re.finditer(rf"(?:{_MARK}\s*)+", text)]
    cut = [text[a:b] for a, b in pairwise([0, *ends])]
    return Sentence(_bare(text), numbers(text), tuple((_bare(part), numbers(part)) for part in cut))


def _bare(text: str) -> str:
    bare = " ".join(MARKER.sub(" ", text).split())
    return re.sub(r"\s+([.,])", r"\1", bare)


def _closed(text: str) -> str:
    """The text up to the last stop or marker."""
    ends = [m.end() for m in re.finditer(rf"[.!?…]\s|{_MARK}[.]?", text)]
    return text[: ends[-1]] if ends else ""
