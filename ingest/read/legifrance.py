"""A page saved from Légifrance: its tree in, one reading an article that it shows out."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from ingest import messages
from ingest.read.articles import reading
from ingest.read.law import paragraphs
from ingest.read.reading import Article, Reading

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_DAY = rf"(\d{{1,2}})(?:er)? ({'|'.join(_MONTHS)}) (\d{{4}})"
_SINCE = re.compile(rf"(?:depuis le|du|à compter du|le) {_DAY}", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:au|jusqu['’]au|abrogée? (?:le|depuis le)) {_DAY}", re.IGNORECASE)
_VERSION = re.compile(rf"(?:version|abrogé|en vigueur|modifié)[^.;]{{0,60}}?{_DAY}", re.IGNORECASE)
_NUMBER = re.compile(
    r"Article\s+((?:Annexe|liminaire|préliminaire|unique|(?:[LRDA]\*{0,2}\.?\s?)?\d[\w.-]*)"
    r"(?:\s(?:bis|ter|quater|quinquies|sexies|septies|octies))?(?:\s[A-Z])?)\b"
)
_ID = re.compile(r"(?:LEGI|JORF)ARTI\d{12}")
_NAMED = "*[contains(concat(' ', normalize-space(@class), ' '), ' name-article ')]"
_NAME = f"descendant-or-self::{_NAMED}[not(ancestor::{_NAMED})]"  # a name may hold another
_CONTENT = "descendant::*[contains(concat(' ', normalize-space(@class), ' '), ' content ')]"


def articles(page: HtmlElement) -> list[Reading]:
    """The articles of a page, in its order; none when the page is not the text of a law.

    Those that the page names and whose text is not found are told in ``obtained``.
    """
    text = _text(page)
    names = page.xpath(_NAME)
    seen: dict[str, Reading | None] = {}
    for name in names if text else []:
        number = _NUMBER.search(" ".join(str(name.text_content()).split()))
        if number is None or seen.get(number[1]):
            continue
        holder = _holder(name)
        seen[number[1]] = None
        if holder is not None:
            article = _article(holder, number[1].replace(". ", "").replace(".", ""), page)
            article = replace(article, law=text)
            content = paragraphs(holder.xpath(_CONTENT)[0])
            seen[number[1]] = reading(text, article, content, messages.FROM_LEGIFRANCE)
    lost = ", ".join(number for number, one in seen.items() if one is None)
    found = [one for one in seen.values() if one]
    told = messages.ARTICLES_LOST.format(read=len(found), named=len(seen), lost=lost)
    return [replace(one, obtained=f"{one.obtained} {told}") for one in found] if lost else found


def _text(page: HtmlElement) -> str:
    """The name of the law: the heading of the page, else its title up to the name of the site."""
    for path in ("//h1", "//*[contains(@class, 'main-title')]", "//title"):
        for element in page.xpath(path):
            said = " ".join(str(element.text_content()).split())
            named = re.search(r"(?:loi|décret|arrêté|ordonnance|code|circulaire)\b.*", said, re.I)
            if named:
                return re.split(r"\s+[-|–]\s+(?:Légifrance|Article)", named[0])[0]
    return ""


def _holder(name: HtmlElement) -> HtmlElement | None:
    """The nearest element above the name of an article that holds its text and no other name."""
    for above in name.iterancestors():
        if len(above.xpath(_NAME)) > 1:
            return None
        if above.xpath(_CONTENT):
            return above
    return None


def _article(holder: HtmlElement, number: str, page: HtmlElement) -> Article:
    said = " ".join(str(holder.text_content()).split()).split("Liens relatifs")[0]
    version = _version(holder, page)
    since, until = _SINCE.search(version), _UNTIL.search(version)
    return Article(
        number=number,
        id=next(iter(_ids(holder)), None) or next(iter(_ids(page)), None),
        state="ABROGE" if re.search(r"\babrogé", f"{version} {said[:200]}", re.I) else None,
        start=_date(since) if since else None,
        end=_date(until) if until else None,
    )


def _version(holder: HtmlElement, page: HtmlElement) -> str:
    """The words that date the version: beside the article, else at the top of the page."""
    for element in (holder, page):
        for marked in element.xpath("descendant::*[contains(@class, 'version')]"):
            said = " ".join(str(marked.text_content()).split())
            if _VERSION.search(said):
                return said[:200]
    found = _VERSION.search(" ".join(str(page.text_content()).split()))
    return found[0] if found else ""


def _ids(element: HtmlElement) -> Iterator[str]:
    for marked in element.iter():
        for value in (marked.get(name) for name in ("id", "data-id", "data-article-id", "href")):
            yield from _ID.findall(value or "")


def _date(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}"
