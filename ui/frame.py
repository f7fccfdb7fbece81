"""Where Gradio meets the application: its page framed by our document, its routes narrowed.

An application, a reader and an ``ask`` in; the page at ``/`` out, with only the few Gradio routes
that it needs. All others (uploads, files, calls, monitoring…) do not exist.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.routing import Match, Mount
from starlette.types import Message, Receive, Scope, Send

from assistant.errors import AssistantError
from assistant.settings import Settings
from ui.chat import Chat, build
from ui.messages import SCRIPT
from ui.render import render
from ui.starts import choices, named, starts

if TYPE_CHECKING:  # at run time gradio takes seconds to import, and the index libraries too
    import gradio as gr

    from assistant.index import Reader
    from ui.chat import Asks

log = logging.getLogger("ui")
# What the page asks of Gradio, and nothing else.
ROUTES = re.compile(
    r"GET (?:/assets/[\w.-]+|/theme\.css|/gradio_api/(?:queue/data|app_id))"
    r"|POST /gradio_api/queue/join"
)
# Gradio compiles the template of gr.HTML with Function(), hence 'unsafe-eval', which no nonce and
# no hash replaces; and it adds one style element, empty, whose hash stands below. Nothing else is
# inline: scripts and styles are files of this server, and no handler in an attribute can run.
EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
POLICY = (
    f"default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' {EMPTY}; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


class Narrowed(Mount):
    """Gradio at the root of the site, for ROUTES only: any other address stays unknown."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A full match for a route of ROUTES, none for the rest."""
        if scope["type"] != "http" or not ROUTES.fullmatch(f"{scope['method']} {scope['path']}"):
            return Match.NONE, {}
        return super().matches(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with the headers of the reply put right."""

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _put_right(MutableHeaders(scope=message), scope["path"], message["status"])
            await send(message)

        await super().handle(scope, receive, closed)


def mount(app: FastAPI, reader: Reader, asks: Asks, settings: Settings, in_flight: int) -> None:
    """Add the page to an application, after every other of its routes.

    ``in_flight`` caps the questions that are waiting; Gradio refuses those beyond it with 503.
    """
    # Gradio leaves event loops open behind it unless one runs while it builds.
    with ThreadPoolExecutor(1) as thread:
        blocks = thread.submit(asyncio.run, _mounted(app, Chat(reader, asks), in_flight)).result()
    gradio_app = app.router.routes.pop()
    assert isinstance(gradio_app, Mount)
    parts = {**_parts(blocks), "settings": settings}

    @app.get("/", include_in_schema=False)
    def chat() -> HTMLResponse:
        html = render("chat.html", here="chat", **_known(reader), **parts)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    app.router.routes.append(Narrowed("/", app=gradio_app.app))


async def _mounted(app: FastAPI, chat: Chat, in_flight: int) -> gr.Blocks:
    """Gradio's part of the page, mounted on the application as Gradio does it."""
    # Else Gradio sums its events up with pandas after each, seconds for the first, for nobody.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", str(10**9))
    import gradio

    blocks = build(chat, in_flight)
    gradio.mount_gradio_app(
        app,
        blocks,
        path="/",
        # Gradio's plainest theme on the fonts of the system; chat.css gives the colours.
        theme=gradio.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace"]),
        footer_links=[],
        show_error=False,
        run_history=False,  # else questions and answers would stay in the browser for good
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
    )
    return blocks


def _parts(blocks: gr.Blocks) -> dict[str, object]:
    """What the document holds whatever the index: Gradio's script and what the page offers."""
    return {
        "script": _script(),
        "config": _embedded(_config(blocks)),
        "texts": _embedded(SCRIPT),
        "starts": starts(),
        "choices": choices(),
        "named": named,
    }


def _known(reader: Reader) -> dict[str, object]:
    """How many documents the index holds and from when to when; zero without an index."""
    try:
        documents = reader.current().documents.values()
    except AssistantError as error:
        log.warning("%s: %s", error.code, error.message)
        return {"count": 0, "years": ()}
    years = sorted(document.source.date.lstrip("~")[:4] for document in documents)
    return {"count": len(years), "years": (years[0], years[-1]) if years else ()}


def _config(blocks: gr.Blocks) -> Mapping[str, Any]:
    """What Gradio's own page would hold; the browser resolves ``root`` against its address."""
    return {**blocks.config, "root": "/", "username": None, "current_page": ""}


def _embedded(value: object) -> Markup:
    """A value as JSON that no HTML parser can leave early."""
    text = json.dumps(value, ensure_ascii=True, default=str)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


def _script() -> str:
    """The address of Gradio's script, whose name holds its hash; it loads all else."""
    import gradio

    page = Path(gradio.__file__).parent / "templates" / "frontend" / "index.html"
    found = re.search(r'<script type="module"[^>]*src="\.(/assets/[^"]+)"', page.read_text("utf-8"))
    assert found is not None
    return found[1]


def _put_right(headers: MutableHeaders, path: str, status: int) -> None:
    """Gradio lets every other site read its replies, and its files, named by hash, be refetched."""
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]
    if path.startswith("/assets/") and status == 200:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
