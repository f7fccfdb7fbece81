"""What scanner noise looks like at the ends of a line.

Comes in: a line of text. Goes out: the stretch at its start or its end that cannot be French:
marks that stand alone, then the scraps of letters and digits beside them.
"""

import re
from collections.abc import Mapping

Stretch = tuple[int, int]
TABLE = 3  # bars that make a line the row of a table
RULE = re.compile(r"\s*([=~_*-])\1{2,}\s*")  # a rule drawn across the page
PROSE = 3  # words in lower case that make a line prose
LEADING = re.compile(
    r"\s*(?P<noise>(?:[.,=|\\~^_‘`´¬]|[=|\\~^_.,]{2,}(?<!\.\.))\s+)(?=[^\W\d_\[(«“\"]|\[)"
)
ODD = re.compile(r"[=|\\<>~^{}¬§¥£¢©®°_]")
END = re.compile(r"[.!?…:;,»”\")]$")
SENTENCE_END = re.compile(r"\d+[.,;]?|[^\W\d_]|[^\W_]°|[«»“”\"'’()!?…%.:;,]+")
KEPT = frozenset("×«»“”\"'’()!?…€%+/•►–—-:;.,*#&")


def whole(line: str) -> Stretch | None:
    """A line that is all scraps, one of them a mark that stands for nothing."""
    tokens = line.split()
    if not any(_mark(t) and ODD.search(t) for t in tokens) or RULE.fullmatch(line):
        return None
    scraps = all(_scrap(t, {}) for t in tokens)
    return (0, len(line)) if scraps and line.count("|") < TABLE else None


def leading(line: str) -> Stretch | None:
    """Marks before the first word that no list begins with."""
    match = LEADING.match(line) if line.count("|") < TABLE else None
    return match.span("noise") if match else None


def trailing(line: str, counts: Mapping[str, int], *, doubt: bool) -> Stretch | None:
    """Scraps after the last word; ``doubt`` drops a doubtful run as well."""
    if line.count("|") >= TABLE:
        return None
    tokens = list(re.finditer(r"\S+", line))
    first = len(tokens)
    while first and _scrap(tokens[first - 1].group(), counts):
        first -= 1
    first = _after_words(tokens, first)
    run = [token.group() for token in tokens[first:]]
    if not run or not _prose(tokens[:first]) or not _noisy(run, tokens[first - 1].group(), doubt):
        return None
    return tokens[first - 1].end(), len(line)


def _after_words(tokens: list[re.Match[str]], first: int) -> int:
    """Past what may end the sentence: numbers, points, lone letters begin no run of scraps."""
    while first < len(tokens) and SENTENCE_END.fullmatch(tokens[first].group()):
        if first + 1 == len(tokens) and tokens[first].group().isupper():
            break  # one capital alone at the end: the caller judges it
        first += 1
    return first


def _prose(tokens: list[re.Match[str]]) -> bool:
    return sum(t.group()[:1].islower() and len(t.group()) > 1 for t in tokens) >= PROSE


def _scrap(token: str, counts: Mapping[str, int]) -> bool:
    """Whether a token may be noise: marks, or a few letters and digits that are no word."""
    if _mark(token):
        return True
    if len(token) > 3 or (token.islower() and len(token) > 1):
        return False
    if not token.isalnum():
        return not any(c.isalnum() for c in token) and len(token) == 1
    if token.isdigit():
        return len(token) < 3
    return counts.get(token, 0) < 2 or len(token) == 1


def _mark(token: str) -> bool:
    """Whether a token is made of marks that French does not use alone."""
    if len(ODD.findall(token)) > 1 and sum(c.isalpha() for c in token) * 2 < len(token) + 1:
        return not re.fullmatch(r"[\d.,]+\s*[°%€]|[<>]=?|[©®°§]\w\S*", token)
    return not any(c.isalnum() or c in KEPT for c in token)


def _noisy(run: list[str], before: str, doubt: bool) -> bool:
    """Whether a run of scraps is noise: it has a mark, a mixture, or stands after an end."""
    if any(_mark(token) for token in run):
        return True
    mixed = any(re.search(r"[A-Z]\d|\d[A-Z]", token) for token in run)
    if len(run) >= 3 and mixed and END.search(before):
        return True
    lone = len(run) == 1 and re.fullmatch(r"[A-Z]|-", run[0]) is not None
    return doubt and lone and END.search(before) is not None
