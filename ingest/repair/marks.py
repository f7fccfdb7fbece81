"""Marks that are not words: line ends, hyphens, spaces, leftovers of HTML and Markdown.

Comes in: aligned text, of one line or more. Goes out: the text without them; words are left as
they are, but for those a line end had cut in two.
"""

import html
import re
import unicodedata

from ingest.aligned import Aligned
from ingest.repair.lexicon import frequency, known, listed

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")
INVISIBLE_INSIDE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]|\u00ad(?=[^\\W\\d_])")
CUT = re.compile(
    r"(?P<head>[^\W\d_]+)(?:[-‐‑¬]|\u00ad)[ \t]*(?:\r\n|\r|\n)[ \t]*(?P<tail>[^\W\d_]+)"
)
TAG = re.compile(
    r"</?(?:[biu]|em|strong|p|br|hr|div|span|a|ul|ol|li|h[1-6]|table|t[rdh]|tbody|thead|sup|sub|"
    r"img|font|small|mark|blockquote|section|article|figure|figcaption|header|footer|nav|code|pre)"
    r"(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])(?P<inner>[^*\n]*[^\s*])\1(?![\w*])")
UNDERLINE = re.compile(r"(?<![\w_/])(_{1,2})(?=[^\s_])(?P<inner>[^_\n]*[^\s_])\1(?![\w_/])")
LIGATURES = re.compile("[ﬀ-ﬆ]")
DECOMPOSED = re.compile("[^\\W\\d_][\u0300-\u0327]+")
SPACES = re.compile(r"(?<=\S)[ \u2009]{2,}(?=\S)")


CLITICS = re.compile("je|tu|ils?|elles?|on|[nv]ous|ce|ci|l[àae]|les|lui|leur|[mt]oi|eux|en|y", re.I)
ADVERBIAL = frozenset({"ment", "ments"})  # also a form of mentir
RARE = 1e-6  # rarer joined spellings of a word and a pronoun are slips


def tidy(text: Aligned) -> Aligned:
    """The text without the marks that its maker left in it; line ends are ``\\n``."""
    text = text.sub(INVISIBLE_INSIDE, "").sub(CUT, _rejoined).sub(r"\r\n?", "\n")
    text = text.sub(INVISIBLE, "").sub("\u2010", "-")
    text = text.sub(TAG, _untagged).sub(ENTITY, _character)
    text = _bare(_bare(text, EMPHASIS), UNDERLINE)
    text = text.sub(LIGATURES, _composed).sub(DECOMPOSED, _composed)
    return text.sub(SPACES, " ")


def _rejoined(match: re.Match[str]) -> str:
    """A word cut at a line end; the hyphen stays where the compound is the known word."""
    head, tail = match["head"], match["tail"]
    whole, compound = head + tail, f"{head}-{tail}"
    name = tail[:1].isupper() and not head.isupper()
    return compound if name or _apart(head, tail) else whole


def _apart(head: str, tail: str) -> bool:
    """Whether the compound is the word: listed, or made of words that make none together."""
    if listed(f"{head}-{tail}"):
        return True
    if listed(head + tail) or tail.lower() in ADVERBIAL or not known(head):
        return False
    rare = frequency(head + tail) < RARE
    return rare if CLITICS.fullmatch(tail) else known(tail) and not known(head + tail)


def _bare(text: Aligned, pattern: re.Pattern[str]) -> Aligned:
    """The text without the marks around the inner part of each match."""
    edits: list[tuple[int, int, str]] = []
    for match in pattern.finditer(text.text):
        edits.append((match.start(), match.start("inner"), ""))
        edits.append((match.end("inner"), match.end(), ""))
    return text.rewrite(edits)


def _untagged(match: re.Match[str]) -> str:
    return "\n" if re.match(r"</?(?:br|p|div|li|tr|h[1-6])\b", match.group(), re.I) else ""


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group()).replace("\u00ad", "")


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())
