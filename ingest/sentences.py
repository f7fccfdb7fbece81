"""Where the sentences of a French paragraph begin and end.

Comes in: the text of one block. Go out: the spans of its sentences, white space between them
left out. A sentence is never cut inside brackets or quotation marks, unless the quotation is
longer than a paragraph should be.
"""

import re
from collections.abc import Iterator

Bounds = tuple[int, int]

LONG_QUOTE = 900  # characters; beyond, sentences inside the quotation are told apart

# The end of a sentence: its mark, what closes with it, then a capital, a digit or an opening.
_END = re.compile(
    r"[.!?…]+(?P<close>(?:\s?[»”]|[\"’')\]])*)(?P<gap>\s+|$)(?=$|[\"“«‹(\[—–-]*\s?[^\W_a-zà-öø-ÿœ])"
)
# A full stop glued to the next sentence: « financé.Le ».
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿœ]{3})[.!?](?=[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ’' ])")
# Words that a full stop shortens, before anything and before a number.
_SHORT = re.compile(
    r"(?:^|[\s(«“\"'’-])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|Mgr|St|Ste|Sts|av|bd|cf|ex|env|hab|resp|dép|"
    r"réf|tél|p\. ?ex|c\.-à-d|[A-ZÀ-ÖØ-Þ])$"
)
_SHORT_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(«“\"'’-])(?:art|arts|al|p|pp|n|nos|no|chap|fig|tab|vol|t|ch|sect|§|[LRDA])$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}|[a-zA-Z]|[IVX]{1,5})$")
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”"}
_PAIRED = re.compile(r"[()\[\]«»“”]")


def sentences(text: str) -> tuple[Bounds, ...]:
    """The spans of the sentences, in order; a scrap without a letter joins its neighbour."""
    shut = _shut(text)
    found: list[Bounds] = []
    start = 0
    for end in sorted({*_ends(text, shut), len(text)}):
        span = _trimmed(text, start, end)
        if span[0] < span[1]:
            found.append(span)
        start = end
    return tuple(_joined(text, found))


def _ends(text: str, shut: list[Bounds]) -> Iterator[int]:
    start = 0
    for match in _END.finditer(text):
        end = match.start("gap")
        if _open(end - 1, match.start(), shut) or _abbreviated(text, start, match):
            continue
        if ")" in match["close"] and not _whole_bracket(text, match, shut):
            continue
        start = end
        yield end
    for match in _GLUED.finditer(text):
        if not _open(match.start(), match.start(), shut) and not _address(text, match.start()):
            yield match.end()


def _open(last: int, mark: int, shut: list[Bounds]) -> bool:
    """Whether brackets or quotation marks that hold the mark are still open after ``last``."""
    return any(start < mark and last < end - 1 for start, end in shut)


def _abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop only shortens a word, or numbers a paragraph (« 1. »)."""
    if not match.group().startswith(".") or match.group().startswith(".."):
        return False
    before, after = text[start : match.start()], text[match.end() :]
    if _SHORT.search(before) or _NUMBERING.match(before.strip()):
        return bool(after)
    return bool(_SHORT_BEFORE_NUMBER.search(before)) and after[:1].isdigit()


def _whole_bracket(text: str, match: re.Match[str], shut: list[Bounds]) -> bool:
    """Whether a bracket that closes after the full stop opened a sentence of its own."""
    opened = [start for start, end in shut if start < match.start() < end <= match.start("gap")]
    before = text[: min(opened)].rstrip() if opened else "x"
    return not before or before[-1] in ".!?…»”"


def _address(text: str, at: int) -> bool:
    """Whether a full stop stands inside an address (www.…, name@…)."""
    left = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    word = text[left : (text.find(" ", at) + 1 or len(text) + 1) - 1]
    return "@" in word or "/" in word or word.lower().startswith("www")


def _shut(text: str) -> list[Bounds]:
    """The stretches inside which no sentence ends: pairs of brackets and quotation marks."""
    opened: list[tuple[str, int]] = []
    pairs: list[Bounds] = []
    for mark in _PAIRED.finditer(text):
        i, char = mark.start(), mark.group()
        if char in _PAIRS:
            opened.append((_PAIRS[char], i))
        while any(close == char for close, _ in opened):
            close, start = opened.pop()
            if close == char:
                pairs.append((start, i + 1))
                break
    straight = [i for i, char in enumerate(text) if char == '"']
    if len(straight) % 2 == 0:
        pairs += [(a, b + 1) for a, b in zip(straight[::2], straight[1::2], strict=True)]
    return [(a, b) for a, b in pairs if b - a <= LONG_QUOTE]


def _trimmed(text: str, start: int, end: int) -> Bounds:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _joined(text: str, found: list[Bounds]) -> list[Bounds]:
    """With scraps that hold no word of two letters joined to the sentence before or after."""
    kept: list[Bounds] = []
    for start, end in found:
        scrap = not re.search(r"[^\W\d_]{2}|\d", text[start:end])
        first_scrap = kept and not re.search(r"[^\W\d_]{2}|\d", text[slice(*kept[-1])])
        if kept and (scrap or first_scrap):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept
