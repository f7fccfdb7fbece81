"""Web pages (HTML): bytes in, the main text of the page out, without menus, forms or scripts.

The page is cut down to its main part by the rules of ``web.toml``; trafilatura turns that part
into Markdown, or :mod:`ingest.read.tree` where that loses words of it. A page saved from
Légifrance is law, and goes to the reader of the law.
"""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from lxml import etree, html
from lxml.html import HtmlElement

from ingest import messages
from ingest.read import endnotes, legifrance, tree
from ingest.read.formats import refused
from ingest.read.reading import Reading

ENOUGH = 0.95  # of the words of the main part; with less, all of it is taken
DEEPEST = 200  # elements inside one another; the pages of people stay under 60
_WHOLE = ("html", "body", "main")  # never dropped, whatever they are called
_LEGIFRANCE = b"legifrance.gouv.fr"


def read(content: bytes) -> Sequence[Reading]:
    """The main text of a page, as one reading; the articles of a Légifrance page, each its own.

    Nothing is fetched and no script runs. Raises CorpusError ``corpus_unreadable_file`` when the
    page is nested beyond measure or holds no text.
    """
    page = parsed(content)
    if _LEGIFRANCE in content and (articles := legifrance.articles(page)):
        return articles
    whole = html.tostring(page, encoding="unicode")
    main = main_of(page)
    if main is None or not _words(main):
        raise refused(messages.NO_TEXT, "{file}")
    from trafilatura import extract_metadata  # a second to import: not for what is refused

    about = extract_metadata(whole, extensive=False)  # a date of the text is not the page's
    text, obtained = _text(main)
    return [
        Reading(
            text,
            obtained,
            title=about.title or None,
            date=about.date or None,
            publisher=about.sitename or None,
            url=about.url if (about.url or "").startswith("https://") else None,
        )
    ]


def parsed(content: bytes) -> HtmlElement:
    """The page as a tree, in the encoding that it declares, else UTF-8, else the Windows one.

    Raises CorpusError ``corpus_unreadable_file`` when it is nested beyond measure.
    """
    parser = html.HTMLParser(
        encoding=_encoding(content), huge_tree=False, no_network=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    page = html.document_fromstring(content, parser=parser)
    if _depth(page) > DEEPEST:
        raise refused(messages.NESTED_FILE, "{file}")
    return page


def main_of(page: HtmlElement) -> HtmlElement | None:
    """The main part of a page, which is stripped of what is no text; None without a body."""
    rules = tomllib.loads((files("ingest.read") / "web.toml").read_text("utf-8"))
    for element in [e for path in rules["drop"] for e in page.xpath(path)]:
        if element.tag not in _WHOLE:
            _drop(element)
    body: HtmlElement | None = page.find("body")
    if body is None:
        return None
    _clear(body, re.compile("|".join(rules["furniture"]), re.I), rules["bulk"])
    whole = len(_words(body))
    for path in rules["main"]:
        found: list[HtmlElement] = page.xpath(path)
        if found and len(_words(found[0])) >= rules["share"] * whole:
            return found[0]
    return body


def _clear(body: HtmlElement, furniture: re.Pattern[str], bulk: float) -> None:
    """Drop what a class or id names as no text, but for what holds the bulk of the page."""
    most = bulk * len(_words(body))
    for element in body.xpath("descendant::*[@class or @id]"):
        names = f"{element.get('class', '')} {element.get('id', '')}".split()
        kept = element.tag in (*_WHOLE, "article") or not any(map(furniture.fullmatch, names))
        if not kept and len(_words(element)) <= most:
            _drop(element)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:  # the words after it stay
        element.drop_tree()


def _plain(main: HtmlElement) -> None:
    """Without the names by which trafilatura would choose anew; captions stand above tables."""
    etree.strip_tags(main, "time")  # a date is dropped with it
    for element in list(main.iter()):
        element.attrib.pop("class", None)
        element.attrib.pop("id", None)
        table = element.getparent()
        if element.tag == "caption" and table is not None and table.tag == "table":
            element.tag, element.tail = "p", None
            table.addprevious(element)


def _text(main: HtmlElement) -> tuple[str, str]:
    """The text of the main part and how it was won: whole where trafilatura loses too much."""
    endnotes.set_apart(main)
    _plain(main)
    text, whole = _markdown(main), tree.written(main)
    taken, there = (len(re.findall(r"\w+", one)) for one in (text, whole))
    if taken >= ENOUGH * there:
        return text, messages.FROM_WEB
    return whole, messages.FROM_WHOLE_WEB.format(percent=100 - 100 * taken // there)


def _markdown(main: HtmlElement) -> str:
    from trafilatura import extract

    body = html.tostring(main, encoding="unicode", with_tail=False)
    text = extract(
        f"<html><body><article>{body}</article></body></html>",
        output_format="markdown",
        fast=True,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        deduplicate=False,
    )
    return re.sub(r"\\(?=[\[\]*_#>|`~-])", "", text or "")


def _encoding(content: bytes) -> str:
    declared = re.search(rb"""charset=["']?([\w-]+)""", content[:4096])
    names = [declared[1].decode("ascii")] if declared else []
    for name in [*names, "utf-8", "cp1252"]:
        try:
            content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return name
    return "latin-1"


def _depth(page: HtmlElement) -> int:
    """How many elements stand inside one another, counted without recursion."""
    deepest, stack = 0, [(page, 1)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack += [(child, depth + 1) for child in element]
    return deepest


def _words(element: HtmlElement) -> list[str]:
    return str(element.text_content()).split()
