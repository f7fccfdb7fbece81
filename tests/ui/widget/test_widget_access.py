"""The widget for everybody: axe-core, the keyboard alone, voices, sizes, forced colours."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ui.test_access import answer, violations
from tests.ui.widget.conftest import LOCAL, Guest

FOCUSED = """() => {
  let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return (at.ariaLabel || at.id || at.innerText || at.localName).trim().split("\\n")[0];
}"""
SMALL = """() => [...document.querySelector("assistant-ptce").shadowRoot
  .querySelectorAll("button, summary, textarea, a")]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.innerText, node.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([text]) => text)"""


def focused(page: Page) -> str:
    """The name of what has the focus, inside the widget too."""
    return str(page.evaluate(FOCUSED))


@pytest.mark.parametrize(
    ("attributes", "scheme"),
    [
        ("", "light"),
        ('accent="#ffd400"', "dark"),
        ("inline", "dark"),
        ('lang="en" accent="#8a1538" inline', "light"),
    ],
)
def test_axe_finds_nothing_in_any_state(guest: Guest, attributes: str, scheme: str) -> None:
    head = f"<style>:root{{color-scheme:{scheme}}} a{{color:inherit}}</style>"
    guest.page.goto(guest.site.page("/", attributes, head=head))
    guest.page.wait_for_function("customElements.get('assistant-ptce') !== undefined")
    assert violations(guest.page) == []
    for button in guest.page.locator("button.launch").all():
        button.click()
    assert violations(guest.page) == []
    box = guest.page.locator("textarea")
    log = guest.page.locator("[role=log] article")
    for number, status in enumerate(("answered", "partial", "refused")):
        guest.site.core.answer = answer(id=f"a-{number}", status=status)
        box.fill(LOCAL)
        box.press("Enter")
        log.nth(number).wait_for()
    log.last.locator(".marker").first.click()
    guest.site.core.error = RuntimeError()
    box.fill(LOCAL)
    box.press("Enter")
    expect(guest.page.get_by_role("alert")).not_to_be_empty()
    assert violations(guest.page) == []


def test_all_is_done_with_the_keyboard_alone(guest: Guest) -> None:
    page, press = guest.page, guest.page.keyboard.press
    page.goto(guest.site.page("/"))
    press("Tab")
    assert focused(page) == "Une autre page"
    press("Tab")
    assert focused(page) == "Une question sur les PTCE ?"
    press("Enter")
    expect(guest.dialog).to_be_visible()
    assert focused(page) == "box"
    page.keyboard.type(LOCAL)
    press("Enter")
    page.get_by_role("log").get_by_role("article").wait_for()
    reached = []
    for _ in range(14):
        press("Shift+Tab")
        reached.append(focused(page))
    wanted = [
        "Nouvelle conversation",
        "Non",
        "Oui",
        "[1] Points de repères, mai 2022 · Les communes",
        "Source 1",
        "Source 1",
        "Fermer",
    ]
    assert [name for name in reached if name in wanted][: len(wanted)] == wanted
    assert "Une autre page" not in reached  # the page behind is out of reach
    press("Escape")
    expect(guest.dialog).to_have_count(0)
    assert focused(page) == "Une question sur les PTCE ?"


def test_the_block_holds_nobody_back(guest: Guest) -> None:
    body = "<script type='module' src='{api}/widget.js'></script>"
    body += "<assistant-ptce inline></assistant-ptce><p><a href='/'>Après</a></p>"
    guest.page.goto(guest.site.page("/", body=body))
    expect(guest.page.get_by_role("region", name="Vos questions sur les PTCE")).to_be_visible()
    guest.box.focus()
    reached = []
    for _ in range(3):
        guest.page.keyboard.press("Tab")
        reached.append(focused(guest.page))
    assert reached[:2] == ["Poser la question", "Après"]
    guest.box.focus()
    guest.page.keyboard.press("Escape")
    expect(guest.box).to_be_visible()


def test_a_press_beside_the_panel_closes_it(guest: Guest) -> None:
    guest.open()
    guest.dialog.locator("header").click()
    expect(guest.dialog).to_be_visible()
    guest.page.mouse.click(20, 20)
    expect(guest.dialog).to_have_count(0)
    expect(guest.launch).to_be_focused()
    guest.launch.click()
    guest.page.get_by_role("button", name="Fermer").click()
    expect(guest.launch).to_be_focused()


def test_an_answer_is_announced_once_and_whole(guest: Guest) -> None:
    guest.open()
    guest.page.evaluate("""() => {
      window.heard = [];
      const root = document.querySelector("assistant-ptce").shadowRoot;
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          window.heard.push(...[...addedNodes].map((node) => node.localName));
      }).observe(root.querySelector("[role=log]"), { childList: true, subtree: true });
    }""")
    guest.ask("Quel territoire pour une commune ?")
    assert guest.page.evaluate("window.heard") == ["article"]
    expect(guest.page.get_by_role("status").first).to_have_text("")
    log = guest.page.get_by_role("log", name="Conversation")
    assert log.get_attribute("aria-live") in (None, "polite")
    assert log.locator("[role=alert], [role=status], [aria-live]").count() == 0


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_every_width_holds_it_with_large_targets(guest: Guest, width: int) -> None:
    guest.page.set_viewport_size({"width": width, "height": 844})
    guest.site.core.answer = answer(answer="- " + "anticonstitutionnellement" * 12 + " [1]")
    guest.open()
    assert guest.page.evaluate(SMALL) == []
    guest.ask(LOCAL + "x" * 300)
    guest.page.get_by_role("button", name="Source 1").click()
    assert guest.page.evaluate(SMALL) == []
    for part in (guest.dialog, guest.dialog.locator(".scroll")):
        assert part.evaluate("(node) => node.scrollWidth - node.clientWidth") <= 0
    box = guest.dialog.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    header = guest.dialog.locator("header").bounding_box()
    assert header and header["y"] >= 0


def test_zoomed_four_times_everything_can_be_reached(guest: Guest) -> None:
    guest.page.set_viewport_size({"width": 320, "height": 256})
    guest.open()
    assert focused(guest.page) == "title"  # the box would push out of sight what comes first
    guest.ask(LOCAL)
    for name in ("Fermer", "Oui", "Poser la question"):
        target = guest.page.get_by_role("button", name=name)
        target.scroll_into_view_if_needed()
        expect(target).to_be_in_viewport()
    guest.page.get_by_role("button", name="Fermer").click()
    expect(guest.launch).to_be_focused()


class TestForced:
    """Colours of the system, and no movement."""

    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"forced_colors": "active", "reduced_motion": "reduce"}

    def test_controls_keep_their_edges_and_nothing_moves(self, guest: Guest) -> None:
        guest.page.goto(f"{guest.site.url}/")
        expect(guest.launch).to_have_css("border-top-style", "solid")
        guest.launch.click()
        guest.ask(LOCAL)
        expect(guest.page.locator("article h3")).to_have_css("border-top-style", "solid")
        assert guest.page.evaluate("document.getAnimations().length") == 0


class TestOnATelephone:
    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}

    def test_no_keyboard_hides_what_is_read_first(self, guest: Guest) -> None:
        guest.page.goto(f"{guest.site.url}/")
        guest.launch.tap()
        assert focused(guest.page) == "title"
        expect(guest.page.get_by_text("assistant automatique")).to_be_in_viewport()
        box = guest.dialog.bounding_box()
        assert box and list(box.values()) == [0, 0, 390, 844]
        expect(guest.dialog).to_have_css("border-radius", "0px")
