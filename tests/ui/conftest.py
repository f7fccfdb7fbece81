"""The pages in a real browser, over a real server with a fake core."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.app import create_app
from assistant import lexicon
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.server import serving
from tests.ui.chromium import CHROMIUM, chromium

PATIENCE = 30_000  # ms for what is to come on a page: a busy machine is no failure
expect.set_options(timeout=PATIENCE)
# For a test that changes its whole context, such as its clock, or starts with nothing fetched.
ALONE = pytest.mark.parametrize("alone", [True], ids=["alone"])


@dataclass
class Visit:
    """One visit to the pages, with all that the browser said and asked for."""

    page: Page
    url: str
    core: FakeAsk
    reader: FakeReader
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Go to a page; the chat page is open once its box can be written in."""
        self.page.goto(f"{self.url}{path}")
        if path == "/":
            self.page.locator("#around").wait_for()

    def write(self, question: str) -> None:
        """Type a question and send it from the keyboard."""
        self.page.get_by_label("Votre question").fill(question)
        self.page.keyboard.press("Enter")

    def ask(self, question: str) -> None:
        """Ask, and wait for the whole answer."""
        answers = self.page.locator("#conversation .exchange")
        before = answers.count()
        self.write(question)
        answers.nth(before).wait_for()

    def foreign(self) -> list[str]:
        """The requests that left the origin."""
        return [url for url in self.requested if not url.startswith(f"{self.url}/")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: its event loop would be in the way of other rooms' tests."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium manque : make system-deps")
    with chromium() as launched:
        yield launched


@pytest.fixture
def options() -> dict[str, Any]:
    """Options of the browser context; a test module or class may override them."""
    return {}


@pytest.fixture
def alone() -> bool:
    """Whether the contexts of a test are its own."""
    return False


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """The contexts of a module: what a page is made of is fetched once, not in each test."""
    made: dict[str, BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def tab(
    browser: Browser, contexts: dict[str, BrowserContext], options: dict[str, Any], alone: bool
) -> Iterator[Callable[[], Page]]:
    """Opens tabs, each of somebody else; after the test their contexts keep what was fetched."""
    used: dict[str, BrowserContext] = {}

    def opened() -> Page:
        key = f"{len(used)} {options}"
        kept = None if alone else contexts.get(key)
        used[key] = kept or browser.new_context(**{"locale": "en-GB", **options})
        return used[key].new_page()

    yield opened
    for key, context in used.items():
        if alone:
            context.close()
            continue
        contexts[key] = context
        context.clear_cookies()
        context.clear_permissions()
        context.set_offline(False)
        for page in context.pages:
            page.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, FakeAsk, FakeReader]]:
    """A served application: its address, its core and its reader."""
    core, reader = FakeAsk(), FakeReader(make_index())
    lexicon.load()  # a second, which the service takes before it is ready: suggestions do not wait
    settings = Settings(data_dir=tmp_path_factory.mktemp("ui"), rate_limit="off")
    with serving(create_app(settings, reader, core)) as port:
        yield f"http://127.0.0.1:{port}", core, reader


@pytest.fixture
def site(served: tuple[str, FakeAsk, FakeReader]) -> tuple[str, FakeAsk, FakeReader]:
    """The served application, its core and its reader as new."""
    url, core, reader = served
    vars(core).update(vars(FakeAsk()))
    vars(reader).update(vars(FakeReader(make_index())))
    return url, core, reader


@pytest.fixture
def visitor(tab: Callable[[], Page], site: tuple[str, FakeAsk, FakeReader]) -> Callable[[], Visit]:
    """Makes visits to one site, each by somebody else; no page is open yet.

    The site comes first: it ends last, once no browser holds a connection to it.
    """

    def visit() -> Visit:
        made = Visit(tab(), *site)
        made.page.set_default_timeout(PATIENCE)
        made.page.on("console", lambda message: made.said.append(message.text))
        made.page.on("pageerror", lambda error: made.said.append(str(error)))
        made.page.on("request", lambda request: made.requested.append(request.url))
        return made

    return visit


@pytest.fixture
def visit(visitor: Callable[[], Visit]) -> Visit:
    """A visit with the chat page open."""
    made = visitor()
    made.open()
    return made
