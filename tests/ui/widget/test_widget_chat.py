"""The conversation in the widget: asking, reading, judging, leaving."""

import re

import pytest
from playwright.sync_api import expect

from assistant import lexicon, places
from tests.api.fake_core import ROLE
from tests.ui.test_access import answer
from tests.ui.widget.conftest import LOCAL, Guest
from ui.messages import GENERATORS

COMPANIES = "Quelles entreprises ?"
PARTIAL = "Quel territoire pour une commune ?"
LISTEN = """() => {
  window.heard = [];
  for (const name of ["ptce-answer", "ptce-error", "ptce-feedback"])
    document.addEventListener(name, (event) => window.heard.push([name, event.detail]));
}"""


def test_a_question_gives_an_answer_with_its_sources(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    log = guest.page.get_by_role("log")
    expect(log.get_by_text("Les documents répondent", exact=True)).to_be_visible()
    expect(log.get_by_role("heading", name="Ce que disent les documents")).to_be_visible()
    expect(log.locator("strong")).to_have_text("surtout")
    expect(log).to_contain_text("et non la [9]")
    expect(log).to_contain_text("1 source, mot pour mot")
    expect(guest.box).to_have_value("")
    assert guest.said == []
    assert [
        url for url in guest.requested if not url.startswith((guest.site.url, guest.site.api))
    ] == []


def test_a_marker_opens_the_quotation_and_leads_back(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    source = guest.page.get_by_role("log").locator("details")
    expect(source.locator("blockquote")).not_to_be_visible()
    guest.page.get_by_role("button", name="Source 1").last.press("Enter")
    expect(source.locator("blockquote")).to_have_text(ROLE)
    expect(source.locator("summary")).to_be_focused()
    for part in ("Points de repères : PTCE et collectivités", "mai 2022", "RTES", "page 3"):
        expect(source).to_contain_text(part)
    source.get_by_role("button", name="Retour à la réponse").press("Enter")
    expect(guest.page.get_by_role("button", name="Source 1").last).to_be_focused()


def test_a_source_leads_to_its_quotation_in_the_reading_view(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    with guest.page.expect_response(re.compile("/api/passages/")):
        guest.page.get_by_role("button", name="Source 1").first.click()
    link = guest.page.get_by_role("link", name="Voir dans le document")
    expect(link).to_have_attribute(
        "href", f"{guest.site.api}/lire/reperes-2022-1?de=0&a={len(ROLE)}#citation"
    )
    with guest.page.expect_popup() as opened:
        link.click()
    expect(opened.value.locator("mark")).to_have_text(ROLE)


def test_the_three_states_are_said_in_words(guest: Guest) -> None:
    guest.open()
    guest.ask("Quelle heure est-il ?")
    guest.ask(PARTIAL)
    refused, partial = guest.page.get_by_role("log").get_by_role("article").all()
    expect(refused).to_contain_text("Les documents ne répondent pas")
    expect(refused).to_contain_text("Ils ne répondent pas à la question")
    expect(refused.get_by_role("button")).to_have_count(0)
    expect(partial).to_contain_text("Les documents ne répondent qu’en partie")
    expect(partial).to_contain_text("Ce que les documents ne disent pas : Le rôle de la région.")


def test_who_worded_an_answer_is_said(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    guest.site.core.answer = answer(generator="model")
    guest.ask(LOCAL)
    quoted, written = guest.page.get_by_role("log").get_by_role("article").all()
    expect(quoted).not_to_contain_text("modèle")
    expect(written).to_contain_text(GENERATORS["model"])


def test_a_polite_line_is_no_refusal(guest: Guest) -> None:
    guest.site.core.answer = answer(status="refused", citations=(), nearest=(), answer="Bonjour !")
    guest.open()
    guest.ask("Bonjour")
    expect(guest.page.get_by_role("log").locator(".state")).to_have_text("Assistant automatique")


def test_what_the_site_says_of_its_visitors_goes_with_each_question(guest: Guest) -> None:
    guest.page.goto(guest.site.page("/", 'echelon="commune" place="38"'))
    guest.launch.click()
    guest.page.get_by_role("button", name="Comment une commune peut-elle").click()
    expect(guest.page.get_by_role("log").locator(".state")).to_be_focused()
    guest.ask(LOCAL)
    first, second = guest.asked
    assert {(q["echelon"], q["place"]) for q in (first, second)} == {("commune", "38")}
    assert second["history"] == [first["question"]]


def test_what_may_be_asked_next_is_offered_and_follows_from_page_to_page(guest: Guest) -> None:
    lexicon.load(), places.load()  # as a real core is warmed: the tries are short of time
    guest.open()
    guest.ask(COMPANIES)
    offered = guest.dialog.get_by_role("list").last.get_by_role("button")
    expect(guest.page.get_by_role("heading", name="Pour continuer")).to_be_visible()
    texts = offered.all_inner_texts()
    guest.page.goto(f"{guest.site.url}/autre")
    guest.launch.click()
    expect(offered).to_have_text(texts)
    offered.first.press("Enter")
    expect(guest.page.get_by_role("log").locator(".state").last).to_be_focused()
    assert guest.asked[-1]["question"] == texts[0]
    assert guest.asked[-1]["history"] == [COMPANIES]


def test_without_suggestions_nothing_is_missing(guest: Guest) -> None:
    guest.page.route("**/api/suggestions", lambda route: route.abort())
    guest.open()
    guest.ask(COMPANIES)
    guest.ask(LOCAL)
    expect(guest.page.get_by_role("heading", name="Pour continuer")).to_have_count(0)
    expect(guest.page.get_by_role("alert")).to_have_text("")


@pytest.mark.parametrize(("written", "sent"), [(" Région", "region"), ("planète", None)])
def test_an_echelon_is_taken_as_people_write_it_and_stops_nobody(
    guest: Guest, written: str, sent: str | None
) -> None:
    guest.page.goto(guest.site.page("/", f'echelon="{written}"'))
    guest.launch.click()
    guest.ask(LOCAL)
    assert guest.asked[0]["echelon"] == sent


def test_an_exchange_can_be_given_up(guest: Guest) -> None:
    guest.open()
    guest.page.route("**/api/ask/stream", lambda route: None)  # never answered
    guest.write(LOCAL)
    with guest.page.expect_event("requestfailed"):
        guest.page.get_by_role("button", name="Arrêter").press("Enter")
    expect(guest.box).to_be_focused()
    expect(guest.box).to_have_value(LOCAL)
    expect(guest.page.get_by_role("alert")).to_have_text("")
    guest.page.unroute("**/api/ask/stream")
    guest.ask(LOCAL)


def test_in_an_english_answer_each_quotation_says_that_it_is_french(guest: Guest) -> None:
    said = "A commune « peut **aider** [1] » here."
    guest.site.core.answer = answer(language="en", answer=said)
    guest.open()
    guest.ask(LOCAL)
    text = guest.page.get_by_role("log").locator(".text")
    expect(text).to_have_attribute("lang", "en")
    expect(text.locator("[lang=fr]")).to_have_text("« peut aider [1] »")


def test_a_page_that_comes_back_knows_what_was_said_since(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    kept = guest.page.evaluate("Object.entries(sessionStorage)[0]")
    guest.page.get_by_role("button", name="Nouvelle conversation").click()
    back = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    guest.page.evaluate(f"(kept) => {{ sessionStorage.setItem(...kept); {back} }}", kept)
    expect(guest.page.get_by_role("log").get_by_role("article")).to_have_count(1)
    guest.page.evaluate(f"() => {{ sessionStorage.clear(); {back} }}")
    expect(guest.page.get_by_role("log").get_by_role("article")).to_have_count(0)
    expect(guest.page.get_by_text("Pour commencer")).to_be_visible()


def test_the_site_chooses_words_questions_colour_and_side(guest: Guest) -> None:
    chosen = 'lang="en" greeting="Hello" questions="Why? | How?" accent="#ffd400" position="left"'
    guest.page.goto(guest.site.page("/", chosen))
    launch = guest.page.get_by_role("button", name="A question about PTCEs?")
    launch.click()
    expect(guest.page.get_by_text("Hello", exact=True)).to_be_visible()
    expect(guest.page.locator(".starts button")).to_have_text(["Why?", "How?"])
    expect(launch).to_have_css("background-color", "rgb(255, 212, 0)")
    expect(launch).to_have_css("color", "rgb(0, 0, 0)")
    box = launch.bounding_box()
    assert box and box["x"] < 100


def test_an_accent_that_is_no_colour_is_left_out(guest: Guest) -> None:
    guest.page.goto(guest.site.page("/", 'accent="red;}*{display:none"'))
    expect(guest.launch).to_have_css("background-color", "rgb(20, 80, 63)")


def test_the_conversation_follows_from_page_to_page_and_ends_on_demand(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    guest.box.fill("Et pour une région")
    guest.page.keyboard.press("Escape")
    guest.page.get_by_role("link", name="Une autre page").click()
    expect(guest.dialog).to_have_count(0)
    guest.launch.click()
    expect(guest.page.get_by_role("log")).to_contain_text(ROLE)
    expect(guest.box).to_have_value("Et pour une région")
    guest.ask("Et pour une région ?")
    assert guest.asked[-1]["history"] == [LOCAL]
    guest.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(guest.page.get_by_role("log").get_by_role("article")).to_have_count(0)
    expect(guest.box).to_be_focused()
    assert guest.page.evaluate("sessionStorage.length") == 0


def test_nothing_is_kept_before_a_question_and_never_a_cookie(guest: Guest) -> None:
    guest.open()
    guest.page.keyboard.press("Escape")
    guest.page.goto(f"{guest.site.url}/autre")
    kept = "[sessionStorage.length, localStorage.length, document.cookie]"
    assert guest.page.evaluate(kept) == [0, 0, ""]
    guest.launch.click()
    guest.ask(LOCAL)
    assert guest.page.evaluate(kept) == [1, 0, ""]
    assert guest.page.context.cookies() == []


def test_what_another_program_left_in_the_tab_is_no_obstacle(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    hollow = '{"said": [{"question": "a", "answer": {"citations": [null], "nearest": []}}]}'
    for value in ("null", "{", '{"said": [{"question": 1}]}', '{"said": [null]}', hollow):
        guest.page.evaluate("(value) => { window.name = value; }", value)
        guest.page.goto(f"{guest.site.url}/vide")
        guest.page.evaluate(
            "(value) => sessionStorage.setItem('assistant-ptce::not([inline])0', value)", value
        )
        guest.open()
        expect(guest.page.get_by_text("Pour commencer")).to_be_visible()
    assert guest.said == []


def test_the_site_hears_what_happened_and_no_word_of_it(guest: Guest) -> None:
    guest.open()
    guest.page.evaluate(LISTEN)
    guest.ask(LOCAL)
    guest.page.get_by_role("button", name="Oui").click()
    expect(guest.page.get_by_text("Merci, votre avis est enregistré.")).to_be_focused()
    expect(guest.page.get_by_role("button", name="Oui")).to_have_count(0)
    guest.site.core.error = RuntimeError()
    guest.write("Une question secrète ?")
    expect(guest.page.get_by_role("alert")).to_contain_text("Une erreur imprévue")
    heard = guest.page.evaluate("window.heard")
    assert heard == [
        ["ptce-answer", {"id": "a-1", "status": "answered", "language": "fr", "citations": 1}],
        ["ptce-feedback", {"id": "a-1", "rating": "up"}],
        ["ptce-error", {"code": "internal_error"}],
    ]


def test_an_opinion_that_is_lost_can_be_given_again(guest: Guest) -> None:
    guest.open()
    guest.ask(LOCAL)
    guest.page.route("**/api/feedback", lambda route: route.abort())
    guest.page.get_by_role("button", name="Non").click()
    expect(guest.page.get_by_text("n’a pas pu être enregistré")).to_be_visible()
    guest.page.unroute("**/api/feedback")
    guest.page.get_by_role("button", name="Non").click()
    expect(guest.page.get_by_text("Merci")).to_be_visible()
