"""What goes wrong in the widget: failures, a line that is slow or cut, texts that would run."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Route, expect

from assistant.errors import IndexUnavailable
from tests.ui.conftest import ALONE
from tests.ui.test_access import HOSTILE, answer
from tests.ui.widget.conftest import LOCAL, Guest

# In place of the network: a reply whose events the test lets through one by one.
FED = """() => {
  window.fetch = async (address, { signal }) => new Response(new ReadableStream({
    start(controller) {
      window.feed = (text) => controller.enqueue(new TextEncoder().encode(text));
      window.cut = () => controller.close();
      signal.addEventListener("abort", () => controller.error(signal.reason));
    },
  }));
}"""


def refuse(route: Route) -> None:
    """What a gateway says while the server restarts."""
    route.fulfill(
        status=502, body="<h1>Bad gateway</h1>", headers={"Access-Control-Allow-Origin": "*"}
    )


def test_every_failure_is_told_and_the_question_kept(guest: Guest) -> None:
    guest.open()
    asked = "Quel local, déjà ?"
    for path, failing, told in (
        ("**/api/ask/stream", lambda route: route.abort(), "Le service ne répond pas."),
        ("**/api/ask/stream", refuse, "ne peuvent pas être consultés"),
    ):
        guest.page.route(path, failing)
        guest.write(asked)
        expect(guest.page.get_by_role("alert")).to_contain_text(told)
        expect(guest.box).to_have_value(asked)
        guest.page.unroute(path)
    guest.site.reader.error = IndexUnavailable("index_missing", "make ingest")
    guest.write(asked)
    expect(guest.page.get_by_role("alert")).to_have_text(re.compile("dans quelques minutes"))
    guest.site.reader.error = None
    guest.write("x" * 1001)
    expect(guest.page.get_by_role("alert")).to_contain_text("1000 au plus")
    expect(guest.page.get_by_role("alert")).to_contain_text("Votre question est conservée.")
    guest.page.context.set_offline(True)
    guest.write(asked)
    expect(guest.page.get_by_role("alert")).to_contain_text("plus connecté à Internet")
    guest.page.context.set_offline(False)
    guest.ask(asked)
    expect(guest.page.get_by_role("alert")).to_have_text("")


@ALONE
def test_a_server_that_goes_silent_is_given_up(guest: Guest) -> None:
    guest.page.clock.install()
    guest.open()
    guest.page.evaluate(FED)
    guest.write(LOCAL)
    guest.page.clock.fast_forward(20_000)
    guest.page.evaluate("""feed('event: text\\ndata: {"text": "Une commune"}\\n\\n')""")
    expect(guest.page.locator("article .text")).to_have_text("Une commune")
    guest.page.clock.fast_forward(20_000)
    expect(guest.page.get_by_role("alert")).to_have_text("")
    guest.page.clock.fast_forward(11_000)
    expect(guest.page.get_by_role("alert")).to_contain_text("met trop de temps")
    expect(guest.box).to_have_value(LOCAL)


def test_an_answer_is_shown_as_it_comes_however_it_is_cut(guest: Guest) -> None:
    guest.open()
    guest.page.evaluate(FED)
    guest.write(LOCAL)
    expect(guest.page.get_by_role("status")).to_have_text("Recherche dans les documents…")
    draft = guest.page.locator("article .text")
    for piece, shown in (
        ('event: text\\r\\ndata: {"te', "Recherche dans les documents…"),
        ('xt": "Une **com"}\\r\\n\\r', "Recherche dans les documents…"),
        ('\\n: silence\\n\\nevent: text\\ndata: {"text": "mune** é"}\\n\\n', "Une commune é"),
    ):
        guest.page.evaluate(f"feed('{piece}')")
        expect(draft).to_have_text(shown)
    expect(guest.page.get_by_text("pas encore vérifiée")).to_be_visible()
    expect(guest.page.get_by_role("log").get_by_role("article")).to_have_count(0)
    guest.page.evaluate("cut()")
    expect(guest.page.get_by_role("alert")).to_contain_text("Le service ne répond pas")
    expect(guest.page.get_by_role("article")).to_have_count(0)


def test_what_is_typed_during_an_answer_stays(guest: Guest) -> None:
    guest.open()
    with guest.page.expect_request("**/api/ask/stream"):
        guest.page.route(
            "**/api/ask/stream", lambda route: (guest.box.fill("Et"), route.continue_())
        )
        guest.write(LOCAL)
    guest.page.get_by_role("log").get_by_role("article").wait_for()
    expect(guest.box).to_have_value("Et")


def test_a_slow_line_gives_the_same_answer(guest: Guest) -> None:
    guest.open()
    slow = {
        "offline": False,
        "latency": 300,
        "downloadThroughput": 8_000,
        "uploadThroughput": 8_000,
    }
    session = guest.page.context.new_cdp_session(guest.page)
    session.send("Network.emulateNetworkConditions", slow)
    guest.ask(LOCAL)
    expect(guest.page.get_by_role("log")).to_contain_text("Les documents répondent")


def offering(text: str) -> Callable[[Route], None]:
    """What answers in place of the API that a text may be asked next."""
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
    return lambda route: route.fulfill(json={"suggestions": [text]}, headers=headers)


def test_nothing_hostile_runs(guest: Guest) -> None:
    guest.open()
    base = answer().model_dump()
    for number, text in enumerate(HOSTILE):
        cited = {**base["citations"][0], "source_title": text, "quote": text, "publisher": text}
        cited |= {"passage_id": f"../../{text}", "url": "javascript:owned=1"}
        near = {key: value for key, value in cited.items() if key != "number"}
        said: dict[str, Any] = {"answer": f"{text} [1]", "missing": text, "status": "partial"}
        guest.site.core.answer = answer(
            id=f"h-{number}", citations=(cited,), nearest=(near,), **said
        )
        guest.page.route("**/api/suggestions", offering(text))
        guest.ask(f"Un PTCE ? {text}")
        expect(guest.page.locator(".next button")).to_have_text(text)
    for _ in range(2):  # as it came, then as the tab kept it
        log = guest.page.get_by_role("log")
        expect(log.locator("li:first-child > details > blockquote")).to_have_text(
            [text for text in HOSTILE for _ in ("cited", "near")]
        )
        inert = "script, img, svg, iframe, style, object, [onerror], [onload], [onmouseover]"
        assert guest.dialog.locator(f":is({inert})").count() == 0
        links = log.locator("a").evaluate_all("(all) => all.map((one) => one.href)")
        assert len(links) == 2 * len(HOSTILE)
        assert {link[: len(guest.site.api) + 9] for link in links} == {f"{guest.site.api}/lire/..%"}
        assert guest.page.evaluate("window.owned") is None
        guest.page.goto(f"{guest.site.url}/autre")
        guest.launch.click()
    assert guest.said == []
