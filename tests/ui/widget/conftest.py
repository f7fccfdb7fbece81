"""The widget in a real browser, on a site of another origin than the assistant's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request

from assistant.settings import Settings
from tests.ui.chromium import CHROMIUM, chromium
from tests.ui.conftest import PATIENCE
from tests.ui.widget.stand_in import StandIn, standing_in

LOCAL = "Quel local pour une commune ?"


@dataclass
class Guest:
    """A visitor of the site, with all that the browser said and asked for."""

    page: Page
    site: StandIn
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    sent: list[Request] = field(default_factory=list)  # with a body

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The bodies of the questions of the site, as they left the browser."""
        return [one.post_data_json for one in self.sent if one.url.endswith("/api/ask/stream")]

    @property
    def launch(self) -> Locator:
        """The floating button."""
        return self.page.get_by_role("button", name="Une question sur les PTCE ?")

    @property
    def dialog(self) -> Locator:
        """The panel that it opens."""
        return self.page.get_by_role("dialog", name="Vos questions sur les PTCE")

    @property
    def box(self) -> Locator:
        """Where a question is written."""
        return self.page.get_by_label("Votre question")

    def open(self, path: str = "/") -> None:
        """Go to a page of the site and open the panel."""
        self.page.goto(f"{self.site.url}{path}")
        self.launch.click()

    def write(self, question: str) -> None:
        """Type a question and send it from the keyboard."""
        self.box.fill(question)
        self.box.press("Enter")

    def ask(self, question: str) -> None:
        """Ask, and wait for the whole answer."""
        answers = self.page.get_by_role("log").get_by_role("article")
        before = answers.count()
        self.write(question)
        answers.nth(before).wait_for()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for the folder, in place of one for each module."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium manque : make system-deps")
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="package")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """The site and the assistant, started once."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("widget"), rate_limit="off")
    with standing_in(settings) as made:
        yield made


@pytest.fixture
def guest(stand_in: StandIn, tab: Callable[[], Page]) -> Guest:
    """A visitor with no page open yet; the site and the assistant as new."""
    stand_in.renew()
    made = Guest(tab(), stand_in)
    made.page.set_default_timeout(PATIENCE)
    made.page.on("console", lambda message: made.said.append(message.text))
    made.page.on("pageerror", lambda error: made.said.append(str(error)))
    made.page.on("request", lambda request: made.requested.append(request.url))
    made.page.on("request", lambda one: made.sent.append(one) if one.method == "POST" else None)
    return made
