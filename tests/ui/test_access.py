"""The pages for everybody: axe-core in every state, light and dark; keyboard, widths, voices."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.types import Answer, Question
from tests.api.fake_core import answer_to, make_index
from tests.ui.conftest import Visit

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
LOCAL = "Quel local pour une commune ?"
# A colour on its way to another is neither: two frames for what is to begin, then its end.
SETTLED = """async () => {
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(moving.map((one) => one.finished));
}"""
HOSTILE = [
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    "<svg/onload=window.owned=1>",
    "[1](javascript:window.owned=1)",
    "![x](https://ailleurs.example/x.png)",
    '"><a href="javascript:window.owned=1">x</a>',
    "**<b onmouseover=window.owned=1>x</b>**",
    "### <iframe src=//ailleurs.example></iframe>",
    "- <style>*{display:none}</style>",
    "${window.owned=1} {{owned}} `${window.owned=1}`",
    "&lt;script&gt;",
]


def violations(page: Page, *tags: str) -> list[str]:
    """What axe-core finds on a page by its rules, or by those of some tags: rule, then the nodes.

    Its rules are those of WCAG 2.1 AA and of good practice.
    """
    if not AXE.exists():
        pytest.fail("axe-core manque : make browser-deps")
    if page.evaluate("!window.axe"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # not a script of the page: its policy holds
    page.evaluate(SETTLED)
    wanted = {"resultTypes": ["violations"], **({"runOnly": list(tags)} if tags else {})}
    found = page.evaluate("(wanted) => axe.run(wanted).then((done) => done.violations)", wanted)
    return [
        f"{rule['id']}: {json.dumps([node['html'][:150] for node in rule['nodes']])}"
        for rule in found
    ]


def answer(**changes: Any) -> Answer:
    """An answer with a citation and a nearest passage, changed as told."""
    index = make_index()
    cited = answer_to(Question(text=LOCAL), index).model_dump()
    near = answer_to(Question(text="Quelle heure ?"), index).model_dump()["nearest"]
    return Answer.model_validate({**cited, "nearest": near, **changes})


def violations_in_both(page: Page) -> list[str]:
    """What axe-core finds on a page in the light, and of its colours in the dark."""
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return found + violations(page, "cat.color")


def test_axe_finds_nothing_from_opening_to_opinion(visit: Visit) -> None:
    page = visit.page
    assert violations_in_both(page) == []
    page.locator("#lens summary").click()
    assert violations_in_both(page) == []
    answered = Event()
    visit.core.held = {LOCAL: answered}
    visit.write(LOCAL)
    expect(page.locator("#pending .waiting")).to_be_visible()
    assert violations_in_both(page) == []
    answered.set()
    page.locator("#conversation .exchange").wait_for()
    page.get_by_role("button", name="Non", exact=True).click()
    assert violations_in_both(page) == []


def test_axe_finds_nothing_in_any_state(visit: Visit) -> None:
    visit.ask("Quel territoire pour une commune ?")
    visit.core.answer = answer(id="b-1", status="refused", citations=(), answer="Rien.")
    visit.ask("Quelle heure est-il ?")
    visit.core.error = RuntimeError()
    visit.write("Quelle heure est-il ?")
    expect(visit.page.locator("#failure")).to_be_visible()
    assert violations_in_both(visit.page) == []


def test_axe_finds_nothing_on_the_other_pages(visitor: Callable[[], Visit]) -> None:
    visit = visitor()
    for path in ("/lire/etude-2014-0", "/lire/document/reperes-2022", "/a-propos", "/lire/inconnu"):
        visit.open(path)
        assert violations_in_both(visit.page) == [], path


def test_the_documentation_draws_itself(visitor: Callable[[], Visit]) -> None:
    visit = visitor()
    visit.open("/docs")
    expect(visit.page.get_by_role("heading", name="POST/api/ask", exact=True)).to_be_visible()
    expect(visit.page.locator("section")).to_have_count(9)
    assert visit.said == visit.foreign() == []


def test_the_page_is_french_whatever_the_browser_speaks(visit: Visit) -> None:
    visit.ask(LOCAL)
    assert visit.page.locator("html").get_attribute("lang") == "fr"
    shown = visit.page.locator("body").inner_text()
    for word in ("Submit", "Clear", "Loading", "Error", "Gradio", "Textbox"):
        assert word not in shown


def test_an_answer_is_announced_once(visit: Visit) -> None:
    visit.page.evaluate("""() => {
      window.heard = [];
      const note = () => window.heard.push(document.getElementById("said").textContent);
      new MutationObserver(note).observe(document.getElementById("said"), { childList: true });
    }""")
    visit.ask("Quel territoire pour une commune ?")
    assert visit.page.evaluate("window.heard") == [
        "Recherche dans les documents…",
        "Les documents ne répondent qu’en partie, 2 sources, mot pour mot",
    ]
    live = visit.page.locator("[aria-live], [role=status], [role=alert], [role=log]")
    spoken = "".join(live.all_text_contents()).replace("\n", "").strip()
    assert spoken == "Les documents ne répondent qu’en partie, 2 sources, mot pour mot"


def test_the_keyboard_reaches_everything_in_order(visit: Visit) -> None:
    visit.ask(LOCAL)
    visit.page.reload()
    visit.page.locator("#around").wait_for()
    reached: list[str] = []
    for _ in range(40):
        visit.page.keyboard.press("Tab")
        at = visit.page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            " || document.activeElement.id || document.activeElement.tagName).trim()"
        )
        reached.append(at.split("\n")[0])
    wanted = [
        "Aller au contenu",
        "À propos",
        "Source 1",
        "Voir dans le document",
        "Copier la réponse et ses sources",
        "Oui",
        "TEXTAREA",
        "Poser la question",
        "Préciser votre territoire (facultatif)",
        "Nouvelle conversation",
        "Confidentialité",
    ]
    places = [next(i for i, r in enumerate(reached) if r.startswith(w)) for w in wanted]
    assert places == sorted(places), reached


def test_no_width_scrolls_sideways(visit: Visit) -> None:
    visit.core.answer = answer(answer="- " + "anticonstitutionnellement" * 12 + " [1]")
    visit.page.locator("#lens summary").click()
    visit.ask("Quel local pour une commune ? " + "x" * 300)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for path in ("/", "/lire/reperes-2022-1", "/a-propos"):
        visit.open(path)
        for width in (320, 375, 640, 768, 1280, 1920):
            visit.page.set_viewport_size({"width": width, "height": 640})
            assert visit.page.evaluate(wide) == 0, (path, width)


def test_a_telephone_shows_the_box_and_its_button_at_once(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    for said in ("assistant automatique", "documents", "donnée personnelle", "enregistrées"):
        expect(visit.page.locator("#notice")).to_contain_text(said)
    assert visit.page.evaluate("scrollY") == 0
    expect(visit.page.get_by_role("button", name="Poser la question")).to_be_in_viewport(ratio=1)


def test_targets_are_large_enough(visit: Visit) -> None:
    visit.ask(LOCAL)
    for button in visit.page.locator("button:visible").all():
        box = button.bounding_box()
        assert box and box["height"] >= 44
    for marker in visit.page.locator(".marker").all():
        box = marker.bounding_box()
        assert box and box["height"] >= 24 and box["width"] >= 24


def test_print_shows_the_answer_and_every_source_and_no_control(visit: Visit) -> None:
    visit.ask("Quel territoire pour une commune ?")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator("#conversation blockquote:visible")).to_have_count(2)
    expect(visit.page.locator("button:visible, textarea:visible, nav:visible")).to_have_count(0)
    where = visit.page.locator("#conversation .where:visible")
    expect(where).to_contain_text([f"{visit.url}/lire/reperes-2022-{n}?" for n in (0, 1)])


def test_nothing_hostile_runs(visit: Visit) -> None:
    base = answer().model_dump()
    inert = "script, img, iframe, style, object, [onerror], [onload], [onmouseover]"
    for number, text in enumerate(HOSTILE):
        cited = {**base["citations"][0], "source_title": text, "quote": text, "raw": text}
        cited |= {"publisher": text, "date": text, "section": (text,), "url": "javascript:owned=1"}
        near = {key: value for key, value in cited.items() if key != "number"}
        said: dict[str, Any] = {"answer": f"{text} [1]", "missing": text, "status": "partial"}
        visit.core.answer = answer(id=f"h-{number}", citations=(cited,), nearest=(near,), **said)
        visit.ask(f"Un PTCE ? {text}")
        last = visit.page.locator("#conversation .exchange").last
        expect(last.locator("blockquote").first).to_have_text(text)
        expect(last.locator(".asked")).to_contain_text(f"Un PTCE ? {text}")
        assert last.locator(f":is({inert})").count() == 0, text
        for link in last.locator("a").all():
            target = link.get_attribute("href") or ""
            assert target.startswith(("#source-", "#reply-", "/lire/")), text
        assert visit.page.evaluate("window.owned") is None, text
    assert visit.said == visit.foreign() == []


class TestWithoutJavaScript:
    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"java_script_enabled": False}

    def test_the_documents_and_the_rtes_are_named(self, visitor: Callable[[], Visit]) -> None:
        visit = visitor()
        visit.page.goto(visit.url)
        expect(visit.page.get_by_text("www.rtes.fr")).to_be_visible()
        expect(visit.page.get_by_text("assistant automatique", exact=True)).to_be_visible()
