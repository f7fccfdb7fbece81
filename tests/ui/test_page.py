"""The plain page: a question gives an answer with its sources, for everybody, and safely."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.errors import IndexUnavailable
from assistant.types import Answer, Question
from tests.api.fake_core import RAW_FIGURE, ROLE, answer_to, make_index
from tests.api.kept import opinions
from tests.ui.conftest import Visit

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
    "&lt;script&gt;",
]


def answer(**changes: Any) -> Answer:
    """An answer with a citation and a nearest passage, changed as told."""
    index = make_index()
    cited = answer_to(Question(text="Quel local pour une commune ?"), index).model_dump()
    near = answer_to(Question(text="Quelle heure ?"), index).model_dump()["nearest"]
    return Answer.model_validate({**cited, "nearest": near, **changes})


def test_a_question_gives_an_answer_with_its_sources(visit: Visit) -> None:
    visit.ask("Quel local pour une commune ?")
    reply = visit.page.locator(".reply")
    expect(reply.locator(".state")).to_have_text("Réponse")
    expect(reply.get_by_role("heading", name="Ce que disent les documents")).to_be_visible()
    expect(reply.locator(".text li")).to_contain_text("mettre à disposition un local")
    expect(reply.locator("strong").first).to_have_text("surtout")
    source = reply.locator(".source")
    expect(source).to_have_count(1)
    expect(source.locator(".number")).to_have_text("[1]")
    expect(source.locator("blockquote")).to_have_text(ROLE)
    for part in ("Points de repères", "RTES", "mai 2022", "guide", "page 3", "Les communes"):
        expect(source).to_contain_text(part)
    link = source.get_by_role("link", name="Ouvrir le document d’origine")
    expect(link).to_have_attribute("href", "https://example.org/reperes.pdf")
    expect(visit.page.get_by_role("status")).to_have_text("Réponse, 1 source.")
    assert visit.said == []
    assert visit.foreign() == []


def test_a_marker_leads_to_its_source_and_back(visit: Visit) -> None:
    visit.ask("Quel local pour une commune ?")
    marker = visit.page.get_by_role("link", name="Source 1").first
    marker.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#source-1-1")).to_be_focused()
    expect(visit.page.locator("#source-1-1")).to_be_in_viewport()
    visit.page.get_by_role("link", name="Revenir à la réponse").click()
    expect(visit.page.locator("#reply-1")).to_be_focused()


def test_a_marker_without_source_is_plain_text(visit: Visit) -> None:
    visit.ask("Quel local pour une commune ?")
    expect(visit.page.locator(".text")).to_contain_text("et non la [9]")
    assert visit.page.get_by_role("link", name="Source 9").count() == 0


def test_the_three_states_are_said_in_words(visit: Visit) -> None:
    visit.ask("Quelle heure est-il ?")
    visit.ask("Quel territoire pour une commune ?")
    states = visit.page.locator(".state")
    expect(states).to_have_text(["Les documents ne le disent pas", "Réponse partielle"])
    refused, partial = visit.page.locator(".reply").nth(0), visit.page.locator(".reply").nth(1)
    expect(refused.get_by_role("heading", name="Passages les plus proches")).to_be_visible()
    expect(refused.get_by_role("link", name=re.compile("Source"))).to_have_count(0)
    expect(partial.locator(".missing")).to_contain_text("Le rôle de la région.")


def test_repaired_text_is_said_with_the_received_form(visit: Visit) -> None:
    visit.ask("Combien de PTCE étudiés ?")
    repaired = visit.page.locator(".repaired")
    repaired.get_by_text("Texte corrigé").click()
    expect(repaired.locator("q")).to_have_text(RAW_FIGURE)
    expect(visit.page.locator(".source").last).to_contain_text("vers 2014")


def test_a_follow_up_sends_what_was_asked_before(visit: Visit) -> None:
    visit.ask("Quel local pour une commune ?")
    visit.ask("Et pour une région ?")
    assert [turn.content for turn in visit.core.questions[1].history] == [
        "Quel local pour une commune ?"
    ]
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(visit.page.locator(".reply")).to_have_count(0)
    visit.ask("Et pour un département ?")
    assert visit.core.questions[2].history == ()


def test_a_long_conversation_stays_within_the_limits(visit: Visit) -> None:
    for number in range(12):
        visit.ask(f"{number} " + "é" * 990)
    assert len(visit.core.questions[-1].history) == 8


def test_an_example_asks_its_question(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Combien de PTCE ont été étudiés ?").click()
    expect(visit.page.locator(".asked")).to_have_text("Combien de PTCE ont été étudiés ?")
    expect(visit.page.locator("#reply-1")).to_be_focused()


def test_shift_enter_is_a_new_line(visit: Visit) -> None:
    box = visit.page.get_by_label("Votre question")
    box.fill("Un")
    box.press("Shift+Enter")
    expect(box).to_have_value("Un\n")
    assert visit.core.questions == []


def test_an_error_is_french_and_the_question_is_kept(visit: Visit) -> None:
    visit.core.error = IndexUnavailable("index_missing", "Aucun index n'est prêt.")
    box = visit.page.get_by_label("Votre question")
    box.fill("Un PTCE ?")
    visit.page.get_by_role("button", name="Poser la question").click()
    expect(visit.page.get_by_role("alert")).to_contain_text("Aucun index n'est prêt.")
    expect(box).to_have_value("Un PTCE ?")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-invalid", "true")
    visit.core.error = None
    visit.ask("Quel local pour une commune ?")
    expect(visit.page.get_by_role("alert")).to_have_text("")


def test_a_question_too_long_is_kept_whole(visit: Visit) -> None:
    box = visit.page.get_by_label("Votre question")
    box.fill("é" * 1001)
    box.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("1001 caractères")
    assert len(box.input_value()) == 1001


def test_an_empty_question_goes_nowhere(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Poser la question").click()
    expect(visit.page.get_by_role("alert")).to_have_text("Écrivez une question.")
    assert visit.core.questions == []


def test_a_lost_connection_is_said(visit: Visit) -> None:
    visit.page.route("**/api/ask", lambda route: route.abort())
    box = visit.page.get_by_label("Votre question")
    box.fill("Un PTCE ?")
    box.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("Le service ne répond pas")
    expect(box).to_have_value("Un PTCE ?")


def test_a_second_submission_waits_for_the_first(visit: Visit) -> None:
    visit.core.seconds = 0.5
    box = visit.page.get_by_label("Votre question")
    box.fill("Un PTCE ?")
    box.press("Enter")
    box.press("Enter")
    visit.page.locator(".reply").wait_for()
    assert len(visit.core.questions) == 1


def test_an_opinion_is_kept(visit: Visit, tmp_path: Path) -> None:
    visit.ask("Quel local pour une commune ?")
    visit.page.get_by_role("button", name="Non").click()
    expect(visit.page.get_by_text("Merci, votre avis est enregistré.")).to_be_focused()
    (kept,) = opinions(tmp_path)
    assert (kept["answer_id"], kept["rating"]) == ("a-1", "down")


@pytest.mark.parametrize("text", [*HOSTILE, "\n".join(HOSTILE)])
def test_nothing_hostile_runs(visit: Visit, text: str) -> None:
    base = answer().model_dump()
    cited = {**base["citations"][0], "source_title": text, "quote": text, "raw": text}
    cited |= {"publisher": text, "date": text, "section": (text,), "url": "javascript:owned=1"}
    near = {key: value for key, value in cited.items() if key != "number"}
    visit.core.answer = answer(
        answer=text, missing=text, status="partial", citations=(cited,), nearest=(near,)
    )
    visit.ask(f"Un PTCE ? {text}")
    assert visit.page.evaluate("window.owned") is None
    inert = "script, img, svg, iframe, style, object, [onerror], [onload], [onmouseover]"
    assert visit.page.locator(f"#conversation :is({inert})").count() == 0
    for link in visit.page.locator("#conversation a").all():
        assert (link.get_attribute("href") or "").startswith("#")
    expect(visit.page.locator(".source blockquote").first).to_have_text(text)
    assert visit.page.locator(".asked").text_content() == f"Un PTCE ? {text}"
    assert visit.said == []
    assert visit.foreign() == []


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_no_width_scrolls_sideways(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 640})
    visit.core.answer = answer(answer="- " + "anticonstitutionnellement" * 12 + " [1]")
    visit.ask("Quel local pour une commune ? " + "x" * 300)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(wide) == 0


def test_the_page_says_what_it_is_before_the_first_question(visit: Visit) -> None:
    assert visit.page.locator("html").get_attribute("lang") == "fr"
    notice = visit.page.locator("section.notice")
    expect(notice).to_contain_text("assistant automatique")
    expect(notice).to_contain_text("N’écrivez aucune donnée personnelle")
    tops = [part.bounding_box() for part in (notice, visit.page.locator("form"))]
    assert tops[0] and tops[1] and tops[0]["y"] < tops[1]["y"]


def test_the_keyboard_reaches_everything(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    skip = visit.page.get_by_role("link", name="Aller à la question")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_label("Votre question")).to_be_focused()
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("button", name="Poser la question")).to_be_focused()


CONTRAST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
    if (!own || !node.getClientRects().length) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push([node.tagName, node.className, ratio]);
  }
  return weak;
}"""


def test_every_text_has_contrast(visit: Visit) -> None:
    visit.core.answer = answer(status="partial", missing="Le rôle de la région.")
    visit.ask("Quel local pour une commune ?")
    visit.core.answer = answer(status="refused")
    visit.ask("Quelle heure est-il ?")
    visit.page.get_by_label("Votre question").fill("")
    visit.page.get_by_role("button", name="Poser la question").click()
    assert visit.page.evaluate(CONTRAST) == []


def test_targets_are_large_enough_and_headings_in_order(visit: Visit) -> None:
    visit.ask("Quel local pour une commune ?")
    for button in visit.page.locator("button:visible").all():
        box = button.bounding_box()
        assert box and box["height"] >= 44
    for marker in visit.page.locator(".marker").all():
        box = marker.bounding_box()
        assert box and box["height"] >= 24 and box["width"] >= 24
    levels = visit.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1]))"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_documentation_draws_itself(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/docs")
    expect(visit.page.get_by_role("heading", name="POST/api/ask", exact=True)).to_be_visible()
    expect(visit.page.locator("section")).to_have_count(8)
    expect(visit.page.get_by_text("rate_limited").first).to_be_visible()
    assert visit.said == []
    assert visit.foreign() == []


class TestWithoutJavaScript:
    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"java_script_enabled": False}

    def test_the_site_of_the_rtes_is_named(self, visit: Visit) -> None:
        expect(visit.page.get_by_text("www.rtes.fr")).to_be_visible()
        expect(visit.page.get_by_text("assistant automatique")).to_be_visible()
        expect(visit.page.get_by_label("Votre question")).to_be_hidden()


def test_with_javascript_nothing_says_that_it_lacks(visit: Visit) -> None:
    expect(visit.page.get_by_label("Votre question")).to_be_visible()
    expect(visit.page.get_by_text("www.rtes.fr")).to_be_hidden()
