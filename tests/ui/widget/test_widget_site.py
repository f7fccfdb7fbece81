"""The widget on sites as they are: refused, hostile, strict, doubled, without script."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.widget.conftest import LOCAL, Guest
from tests.ui.widget.stand_in import ELEMENT, SCRIPT
from ui.widget.released import releases

HOSTILE_STYLE = """<style>
* { color: red !important; background: lime !important; font: 3px/1 fantasy !important;
    display: inline !important; position: static !important; opacity: .1 !important;
    visibility: hidden !important; text-transform: uppercase !important; width: 9px !important;
    letter-spacing: 1em !important; overflow: hidden !important; direction: rtl;
    pointer-events: none !important; cursor: wait !important; zoom: 3 !important;
    transform: rotate(9deg) !important }
html { font-size: 3px }
button, textarea, p { border: 9px solid red !important; margin: 99px !important }
</style>"""


def test_a_site_that_is_not_allowed_reads_why_in_french(guest: Guest) -> None:
    guest.page.goto(guest.site.url.replace("127.0.0.1", "localhost") + "/")
    guest.launch.click()
    guest.write(LOCAL)
    expect(guest.page.get_by_role("alert")).to_contain_text("Le service ne répond pas.")
    expect(guest.box).to_have_value(LOCAL)
    assert guest.site.core.questions == []
    assert any("CORS" in line for line in guest.said)


def test_the_button_is_whole_wherever_the_element_is_put(guest: Guest) -> None:
    guest.page.goto(f"{guest.site.url}/")
    plain = guest.launch.bounding_box()
    around = (
        "transform: rotate(3deg); opacity: .1; overflow: hidden; height: 9px; filter: blur(9px)"
    )
    body = f"<div style='{around}'>{SCRIPT}{ELEMENT.format('')}</div>"
    guest.page.goto(guest.site.page("/dedans", body=body))
    assert guest.launch.bounding_box() == plain
    guest.launch.click()  # nothing covers it
    expect(guest.dialog).to_be_visible()


def test_a_hostile_style_changes_nothing(guest: Guest) -> None:
    guest.open()
    shown = ["color", "font-size", "opacity", "visibility", "text-transform", "letter-spacing"]
    shown += ["pointer-events", "transform", "zoom", "background-color", "direction", "cursor"]
    styles = "(node, names) => names.map((name) => getComputedStyle(node)[name])"
    parts = [guest.launch, guest.box, guest.page.get_by_text("Vous écrivez à un assistant")]
    plain = [part.evaluate(styles, shown) for part in parts]
    guest.page.goto(guest.site.page("/hostile", head=HOSTILE_STYLE))
    guest.page.locator("button.launch").evaluate("(button) => button.click()")
    assert [part.evaluate(styles, shown) for part in parts] == plain
    guest.ask(LOCAL)
    expect(guest.page.get_by_role("log")).to_be_visible()


@pytest.mark.parametrize("pinned", [False, True])
def test_it_works_under_a_strict_policy_that_names_its_origin_only(
    guest: Guest, pinned: bool
) -> None:
    api, newest = guest.site.api, releases()[-1]
    guest.site.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {api}; connect-src {api}; "
        "require-trusted-types-for 'script'; trusted-types 'none'; form-action 'none'"
    )
    script = SCRIPT
    if pinned:
        script = f"<script type='module' src='{api}/widget/{newest.version}.js' "
        script += f"integrity='{newest.integrity}' crossorigin='anonymous'></script>"
    guest.page.goto(guest.site.page("/", body=script + ELEMENT.format(' accent="#8a1538"')))
    guest.launch.click()
    guest.ask(LOCAL)
    expect(guest.launch).to_have_css("background-color", "rgb(138, 21, 56)")
    with guest.page.expect_response("**/api/passages/*"):
        guest.page.get_by_role("button", name="Source 1").first.click()
    assert guest.said == []


def test_another_hash_is_refused_and_the_link_stays(guest: Guest) -> None:
    script = SCRIPT.replace("type=", "crossorigin integrity='sha384-AAAA' type=")
    with guest.page.expect_console_message():
        guest.page.goto(guest.site.page("/", body=script + ELEMENT.format("")))
    expect(guest.page.get_by_role("link", name="Poser une question")).to_be_visible()


def test_a_second_load_changes_nothing(guest: Guest) -> None:
    again = f"<script type='module' src='{{api}}/widget/{releases()[-1].version}.js'></script>"
    guest.page.goto(guest.site.page("/", body=SCRIPT + again + ELEMENT.format("") + SCRIPT))
    guest.launch.click()
    guest.ask(LOCAL)
    assert guest.said == []
    assert len(guest.asked) == 1


def test_two_on_a_page_have_a_conversation_each(guest: Guest) -> None:
    body = SCRIPT + ELEMENT.format(' inline id="un"') + ELEMENT.format(" inline")
    body += ELEMENT.format(" inline")
    address = guest.site.page("/", body=body)
    guest.page.goto(address)
    panels = guest.page.get_by_role("region", name="Vos questions sur les PTCE")
    for number, text in enumerate((LOCAL, "Quelle heure ?")):
        panels.nth(number).get_by_label("Votre question").fill(text)
        panels.nth(number).get_by_role("button", name="Poser la question").click()
    for _ in range(2):
        expect(panels.nth(0).get_by_role("log")).to_contain_text("Les documents répondent")
        expect(panels.nth(1).get_by_role("log")).to_contain_text("Les documents ne répondent pas")
        expect(panels.nth(2).get_by_role("article")).to_have_count(0)
        guest.page.reload()


def test_moved_it_keeps_its_conversation_and_removed_it_stops(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    guest.page.evaluate("document.body.append(document.querySelector('assistant-ptce'))")
    guest.launch.click()
    expect(guest.page.get_by_role("log").get_by_role("article")).to_have_count(1)
    guest.page.route("**/api/ask/stream", lambda route: None)  # never answered
    with guest.page.expect_request("**/api/ask/stream"):
        guest.write("Une autre ?")
    with guest.page.expect_event("requestfailed"):
        guest.page.evaluate("document.querySelector('assistant-ptce').remove()")
    assert guest.said == []


def test_removed_and_forgotten_it_leaves_nothing_in_memory(guest: Guest) -> None:
    guest.page.goto(f"{guest.site.url}/")
    guest.launch.wait_for()
    guest.page.evaluate("""() => {
      window.gone = [];
      for (let times = 0; times < 20; times += 1) {
        const made = document.createElement("assistant-ptce");
        document.body.append(made);
        made.setAttribute("inline", "");
        made.remove();
        document.body.append(made);
        made.remove();
        window.gone.push(new WeakRef(made));
      }
    }""")
    guest.page.request_gc()
    assert guest.page.evaluate("gone.filter((one) => one.deref()).length") == 0


def test_attributes_may_change_at_any_time(guest: Guest) -> None:
    guest.page.goto(f"{guest.site.url}/")
    guest.launch.wait_for()
    guest.page.evaluate("""() => {
      const one = document.querySelector("assistant-ptce");
      one.setAttribute("inline", "");
      one.setAttribute("echelon", "region");
    }""")
    expect(guest.launch).to_have_count(0)
    expect(guest.page.locator(".starts button").first).to_contain_text("une région")


def test_the_page_is_french_or_english_as_the_site_is(guest: Guest) -> None:
    guest.site.page("/")
    guest.site.pages["/"] = guest.site.pages["/"].replace('lang="fr"', 'lang="en-GB"')
    guest.page.goto(f"{guest.site.url}/")
    expect(guest.page.get_by_role("button", name="A question about PTCEs?")).to_be_visible()


class TestWithoutJavaScript:
    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"java_script_enabled": False}

    def test_the_link_is_what_the_visitor_sees(self, guest: Guest) -> None:
        guest.page.goto(f"{guest.site.url}/")
        link = guest.page.get_by_role("link", name="Poser une question sur les PTCE")
        expect(link).to_be_visible()
        expect(link).to_have_attribute("href", f"{guest.site.api}/")
