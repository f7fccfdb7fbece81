"""The site of somebody else, on a port of its own, that takes the widget in as its staff would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.app import create_app
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.server import serving

ELEMENT = (
    "<assistant-ptce{}><a href='{{api}}/'>Poser une question sur les PTCE</a></assistant-ptce>"
)
SCRIPT = "<script type='module' src='{api}/widget.js'></script>"
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Un site</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>
<body><main><h1>Un site</h1><p><a href="/autre">Une autre page</a></p>{body}</main></body></html>"""


@dataclass
class StandIn:
    """The site and the assistant that it names; ``pages`` and ``headers`` may be changed."""

    url: str
    api: str
    core: FakeAsk
    reader: FakeReader
    pages: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)

    def page(self, path: str = "/", attributes: str = "", body: str = "", head: str = "") -> str:
        """Put a page with the widget, or another body, at a path; gives its address."""
        body = body or SCRIPT + ELEMENT.format(f" {attributes}" if attributes else "")
        self.pages[path] = PAGE.replace("{head}", head).replace("{body}", body)
        self.pages[path] = self.pages[path].replace("{api}", self.api)
        return f"{self.url}{path}"

    def renew(self) -> None:
        """A core and a reader as new, and one page with the floating button."""
        vars(self.core).update(vars(FakeAsk()))
        vars(self.reader).update(vars(FakeReader(make_index())))
        self.pages.clear()
        self.headers.clear()
        self.page("/")
        self.page("/autre")


@contextmanager
def standing_in(settings: Settings, *, fake: bool = True) -> Iterator[StandIn]:
    """Both servers, each on a port of its own; the assistant allows the site, by 127.0.0.1.

    Without ``fake`` the published index answers.
    """
    pages: dict[str, str] = {}
    headers: dict[str, str] = {}
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @site.get("/{path:path}")
    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(pages.get(request.url.path, "<!doctype html>"), headers=headers)

    core, reader = FakeAsk(), FakeReader(make_index())
    parts = (reader, core) if fake else ()
    with serving(site) as port:
        url = f"http://127.0.0.1:{port}"
        allowing = settings.model_copy(update={"allowed_origins": (url,)})
        with serving(create_app(allowing, *parts)) as api:
            made = StandIn(url, f"http://127.0.0.1:{api}", core, reader, pages, headers)
            made.renew()
            yield made
