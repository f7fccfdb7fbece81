"""Web pages (HTML): bytes in, the main text of the page out, without menus, forms or scripts.

The page is cut down to its main part by the rules of ``web.toml``; trafilatura turns that part
into Markdown. A page saved from Légifrance is law, and goes to the reader of the law.
"""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

import trafilatura
from lxml import html
from lxml.html import HtmlElement

from ingest import messages
from ingest.read import legifrance
from ingest.read.formats import refused
from ingest.read.reading import Reading

DEEPEST = 200  # elements inside one another; the pages of people stay under 60
_LEGIFRANCE = b"legifrance.gouv.fr"


def read(content: bytes) -> Sequence[Reading]:
    """The main text of a page, as one reading; the articles of a Légifrance page, each its own.

    Nothing is fetched and no script runs. Raises CorpusError ``corpus_unreadable_file`` when the
    page is nested beyond measure or holds no text.
    """
    page = parsed(content)
    if _LEGIFRANCE in content and (articles := legifrance.articles(page)):
        return articles
    about = trafilatura.extract_metadata(
        html.tostring(page, encoding="unicode"),
        extensive=False,  # a date of the text is not that of the page
    )
    text = main_text(page)
    if not text:
        raise refused(messages.NO_TEXT, "{file}")
    return [
        Reading(
            text,
            messages.FROM_WEB,
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


def main_text(page: HtmlElement) -> str:
    """The Markdown of the main part of a page; empty when it holds none."""
    rules = tomllib.loads((files("ingest.read") / "web.toml").read_text("utf-8"))
    for path in rules["drop"]:
        for element in page.xpath(path):
            element.drop_tree()
    main = page.find("body")
    if main is None:
        return ""
    whole = len(_words(main))
    for path in rules["main"]:
        found = page.xpath(path)
        if found and len(_words(found[0])) >= rules["share"] * whole:
            main = found[0]
            break
    return _markdown(main)


def _markdown(main: HtmlElement) -> str:
    body = html.tostring(main, encoding="unicode", with_tail=False)
    text = trafilatura.extract(
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
