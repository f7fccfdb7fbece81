"""The pages around the chat, as plain HTML: the reading view of a document, and À propos.

An application and a reader of the index in; ``/lire/{passage_id}?de=…&a=…``,
``/lire/document/{source_id}`` and ``/a-propos`` out. They need no script to be read.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.types import Document, Passage, Span
from ui.layout import Block, blocks
from ui.messages import PASSAGE_KINDS, READING, SOURCE_KINDS
from ui.render import render

if TYPE_CHECKING:  # at run time they bring the index libraries
    from assistant.index import Index, Reader

log = logging.getLogger("ui")
NOTHING = Span(start=0, end=0)


@dataclass(frozen=True)
class Quotation:
    """What is highlighted: verified when the document holds it at its offsets, and as received."""

    passage: Passage
    text: str
    kind: str | None
    verified: bool
    raw: str | None


def mount(app: FastAPI, reader: Reader, settings: Settings) -> None:
    """Add the pages, and the style and scripts of all pages, to an application."""
    app.mount("/static", StaticFiles(packages=[("ui", "static")]), name="ui")

    @app.get("/lire/document/{source_id}", include_in_schema=False)
    def document(source_id: str) -> HTMLResponse:
        return _answered(lambda: document_page(source_id, reader.current()))

    @app.get("/lire/{passage_id}", include_in_schema=False)
    def passage(passage_id: str, de: str = "", a: str = "") -> HTMLResponse:
        return _answered(lambda: passage_page(passage_id, de, a, reader.current()))

    @app.get("/a-propos", include_in_schema=False)
    def about() -> HTMLResponse:
        return _answered(lambda: about_page(reader.current(), settings))


def unknown_page() -> HTMLResponse:
    """What a person finds at an address of this site that is none; 404."""
    html = render(
        "lost.html",
        title=READING["address_unknown"],
        more=READING["address_unknown_more"],
        documents=[],
    )
    return HTMLResponse(html, status_code=404)


def document_page(source_id: str, index: Index) -> HTMLResponse:
    """A whole document; 404 with the list of documents for an id that none bears."""
    document = index.documents.get(source_id)
    if document is None:
        return _lost("source_unknown", index)
    return HTMLResponse(_reading(document, None, index))


def passage_page(passage_id: str, start: str, end: str, index: Index) -> HTMLResponse:
    """The document of a passage with ``passage[start:end]`` highlighted; all of it by default.

    404 with the list of documents for an id that no passage bears.
    """
    passage = index.passages.get(passage_id)
    if passage is None:
        return _lost("passage_unknown", index)
    document = index.documents[passage.source_id]
    return HTMLResponse(_reading(document, _quotation(passage, document, start, end), index))


def about_page(index: Index, settings: Settings) -> HTMLResponse:
    """What the assistant is, what it knows, and the statements the law asks for."""
    count = {id: sum(p.source_id == id for p in index.passages.values()) for id in index.documents}
    return HTMLResponse(
        render(
            "about.html",
            here="about",
            documents=_sources(index),
            count=count,
            version=index.version,
            settings=settings,
            legal=tomllib.loads((files("ui") / "legal.toml").read_text("utf-8")),
        )
    )


def _reading(document: Document, quotation: tuple[Quotation, Span] | None, index: Index) -> str:
    shown, marked = quotation or (None, NOTHING)
    passages = [p for p in index.passages.values() if p.source_id == document.source.id]
    return render(
        "reading.html",
        source=document.source,
        kind=SOURCE_KINDS[document.source.kind],
        quotation=shown,
        groups=_grouped(blocks(document, passages, marked)),
    )


def _grouped(made: list[Block]) -> list[tuple[str, list[Block]]]:
    """Blocks with those of one kind together, so that the items of a list make one list."""
    return [(kind, list(group)) for kind, group in groupby(made, key=lambda b: b.kind)]


def _quotation(
    passage: Passage, document: Document, start: str, end: str
) -> tuple[Quotation, Span]:
    """The stretch of a passage that an address names; offsets that do not fit name all of it."""
    from assistant.compose.write import received

    first, last = _offset(start), _offset(end)
    if first is None or last is None or not first < last <= len(passage.text):
        first, last = 0, len(passage.text)
    at = Span(start=passage.start + first, end=passage.start + last)
    text = passage.text[first:last]
    verified = document.text[at.start : at.end] == text
    raw = received(document, at.start, at.end) if verified else None
    return Quotation(passage, text, PASSAGE_KINDS.get(passage.kind), verified, raw), at


def _offset(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 8 else None


def _sources(index: Index) -> list[Document]:
    return list(index.documents.values())


def _lost(code: str, index: Index) -> HTMLResponse:
    html = render(
        "lost.html",
        title=READING[code],
        more=READING[f"{code}_more"],
        documents=_sources(index),
    )
    return HTMLResponse(html, status_code=404)


def _answered(make: Callable[[], HTMLResponse]) -> HTMLResponse:
    """The page, or one that says in French that the documents cannot be read now."""
    try:
        return make()
    except AssistantError as error:
        log.warning("%s: %s", error.code, error.message)
        title, more = READING["unavailable"], READING["unavailable_more"]
        html = render("lost.html", title=title, more=more, documents=[])
        return HTMLResponse(html, status_code=503)
