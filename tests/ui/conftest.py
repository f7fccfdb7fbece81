"""A page in a real browser, over a real server with a fake core."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.server import serving

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Visit:
    """One visit to the page, with all that the browser said and asked for."""

    page: Page
    url: str
    core: FakeAsk
    reader: FakeReader
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Ask from the keyboard, and wait for the reply."""
        replies = self.page.locator(".reply").count()
        self.page.get_by_label("Votre question").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator(".reply").nth(replies).wait_for()

    def foreign(self) -> list[str]:
        """The requests that left the origin."""
        return [url for url in self.requested if not url.startswith(self.url)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: its event loop would be in the way of other rooms' tests."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium manque : make system-deps")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def options() -> dict[str, Any]:
    """Options of the browser context; a test module or class may override them."""
    return {}


@pytest.fixture
def visit(browser: Browser, tmp_path: Path, options: dict[str, Any]) -> Iterator[Visit]:
    core, reader = FakeAsk(), FakeReader(make_index())
    app = create_app(Settings(data_dir=tmp_path, rate_limit="off"), reader, core)
    context = browser.new_context(locale="en-GB", **options)
    with serving(app) as port:
        made = Visit(context.new_page(), f"http://127.0.0.1:{port}", core, reader)
        made.page.on("console", lambda message: made.said.append(message.text))
        made.page.on("pageerror", lambda error: made.said.append(str(error)))
        made.page.on("request", lambda request: made.requested.append(request.url))
        made.page.goto(made.url)
        yield made
        context.close()
