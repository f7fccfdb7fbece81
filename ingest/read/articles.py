"""The text of one article of law as a reading: its paragraphs under their path.

Comes in: what a file says of an article and its paragraphs (alinéas), one string each. Goes out:
Markdown where « I » and « A » are headings and « 1° », « a) » items, so that each can be cited.
"""

import re
from collections.abc import Iterable

from ingest.read.reading import Article, Reading
from ingest.read.sheet import Sheet

_BIS = r"(?:\s(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies))?"
_DASH = r"\s*[-–—―‐‑]+\s*"
_ROMAN = re.compile(
    rf"([IVX]{{1,6}}{_BIS}(?:\s[A-Z])?)\s?(?:\.{_DASH}|{_DASH}(?=[A-ZÀ-Þ])|\.\s+(?=[A-ZÀ-Þ]))"
)
_LETTER = re.compile(rf"([A-H]{_BIS})\s?\.{_DASH}")
_DEGREE = re.compile(rf"(\d{{1,2}}°{_BIS}\)?)\s*")
_SMALL = re.compile(rf"([a-z]{{1,2}}{_BIS}\))\s*")
_ADDRESS = "https://www.legifrance.gouv.fr/{part}/{id}"


def reading(text: str, article: Article, alineas: Iterable[str], obtained: str) -> Reading:
    """The reading of an article; ``text`` is the name of the law, decree or code it belongs to."""
    sheet = Sheet()
    sheet.heading(1, f"Article {article.number}")
    depth = 0
    for alinea in alineas:
        depth = _put(sheet, " ".join(alinea.split()), depth)
    return Reading(
        sheet.text(),
        obtained,
        title=f"{_plain(text)}, article {article.number}",
        date=article.start,
        url=address(article.id, code=text.lower().startswith("code")),
        article=article,
    )


def address(id: str | None, *, code: bool) -> str | None:
    """Where Légifrance shows an article, from its number; None without one."""
    if not id:
        return None
    if id.startswith("JORFARTI"):
        return _ADDRESS.format(part="jorf/article_jo", id=id)
    return _ADDRESS.format(part="codes/article_lc" if code else "loda/article_lc", id=id)


def _put(sheet: Sheet, alinea: str, depth: int) -> int:
    """Write one paragraph down; what comes back is the depth of the list that it leaves open."""
    for level, pattern in ((2, _ROMAN), (3, _LETTER)):
        if found := pattern.match(alinea):
            sheet.heading(level, found[1])
            return _put(sheet, alinea[found.end() :], 0)
    if found := _DEGREE.match(alinea):
        sheet.signed(0, found[1], alinea[found.end() :])
        return 1
    if found := _SMALL.match(alinea):
        sheet.signed(min(depth, 1), found[1], alinea[found.end() :])
        return 1 + min(depth, 1)
    if found := re.match(r"[-–—―]\s*(?=\w)", alinea):
        sheet.item(depth, alinea[found.end() :])
        return depth
    sheet.paragraph(alinea)
    return 0


def _plain(text: str) -> str:
    """« LOI n° 2014-856 du 31 juillet 2014 relative à… (1) » without what only describes it."""
    text = " ".join(text.split())
    dated = re.match(r".*?\bn°\s?\S+ du \d{1,2}(?:er)? \w+ \d{4}", text)
    short = dated[0] if dated else re.sub(r"\s*\(\d+\)$", "", text).rstrip(".")
    first, _, rest = short.partition(" ")
    return f"{first.capitalize() if first.isupper() else first} {rest}".strip()
