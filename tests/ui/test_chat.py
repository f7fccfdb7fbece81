"""The chat page in a browser: asking, following, choosing, judging, and what goes wrong."""

import re
from collections.abc import Callable
from threading import Event

from playwright.sync_api import Route, expect

from assistant.errors import IndexUnavailable
from tests.api.fake_core import RAW_FIGURE, ROLE
from tests.ui.conftest import ALONE, Visit

LOCAL = "Quel local pour une commune ?"


def test_a_question_gives_an_answer_with_its_sources(visit: Visit) -> None:
    visit.ask(LOCAL)
    reply = visit.page.locator("#conversation .reply")
    expect(reply.locator(".state")).to_have_text("Les documents répondent")
    expect(reply.get_by_role("heading", name="Ce que disent les documents")).to_be_visible()
    expect(reply.locator(".text strong")).to_have_text("surtout")
    expect(reply.locator(".text")).to_contain_text("et non la [9]")
    card = reply.locator(".card")
    expect(card.locator("blockquote")).to_have_text(ROLE)
    expect(card.locator(".badge")).to_have_text(["guide", "rôle des collectivités"])
    for part in ("Points de repères", "RTES", "mai 2022", "page 3", "Les communes", "vérifié"):
        expect(card).to_contain_text(part)
    expect(visit.page.locator("#said")).to_have_text(
        "Les documents répondent, 1 source, mot pour mot"
    )
    expect(visit.page.get_by_label("Votre question")).to_have_value("")
    assert visit.said == []
    assert visit.foreign() == []


@ALONE
def test_the_page_is_light_and_asks_this_server_only(visitor: Callable[[], Visit]) -> None:
    visit, sizes = visitor(), []
    visit.page.on("requestfinished", lambda request: sizes.append(request.sizes()))
    visit.open()
    visit.page.wait_for_load_state("networkidle")
    assert visit.foreign() == []
    assert 20 < len(sizes) <= 60
    assert sum(s["responseBodySize"] + s["responseHeadersSize"] for s in sizes) < 300_000


def test_a_marker_leads_to_its_source_and_back(visit: Visit) -> None:
    visit.ask(LOCAL)
    visit.page.get_by_role("link", name="Source 1").first.press("Enter")
    expect(visit.page.locator("#source-a-1-1")).to_be_focused()
    visit.page.get_by_role("link", name="Retour à la réponse").press("Enter")
    expect(visit.page.locator("#reply-a-1")).to_be_focused()


def test_a_source_opens_where_its_quotation_is_highlighted(visit: Visit) -> None:
    visit.ask(LOCAL)
    visit.page.get_by_role("link", name="Voir dans le document").click()
    mark = visit.page.locator("mark")
    expect(mark).to_have_text(ROLE)
    expect(mark).to_be_in_viewport()
    expect(visit.page.get_by_text("au caractère près")).to_be_visible()
    visit.page.go_back()
    expect(visit.page.locator("#conversation .card blockquote")).to_have_text(ROLE)


def test_the_three_states_are_said_in_words(visit: Visit) -> None:
    visit.ask("Quelle heure est-il ?")
    visit.ask("Quel territoire pour une commune ?")
    refused, partial = (visit.page.locator("#conversation .reply").nth(n) for n in (0, 1))
    expect(refused.locator(".state")).to_have_text("Les documents ne répondent pas")
    expect(refused.get_by_role("heading", name="Passages les plus proches")).to_be_visible()
    expect(refused.get_by_role("link", name=re.compile("^Source"))).to_have_count(0)
    expect(partial.locator(".state")).to_have_text("Les documents ne répondent qu’en partie")
    expect(partial.locator(".missing")).to_contain_text("Le rôle de la région.")


def test_repaired_text_is_said_with_the_received_form(visit: Visit) -> None:
    visit.ask("Combien de PTCE étudiés ?")
    repaired = visit.page.locator("#conversation .repaired")
    repaired.get_by_text("texte corrigé").click()
    expect(repaired.locator("q")).to_have_text(RAW_FIGURE)


def test_a_follow_up_leans_on_what_was_asked_until_the_conversation_is_cleared(
    visit: Visit,
) -> None:
    visit.ask(LOCAL)
    visit.ask("Et une région avec quel territoire ?")
    asked = [q for q in visit.core.questions if q.text.startswith("Et une région")]
    assert [turn.content for turn in asked[0].history] == [LOCAL]
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(visit.page.locator("#conversation .exchange")).to_have_count(0)
    visit.ask("Quel local, encore ?")
    assert [q.history for q in visit.core.questions if q.text == "Quel local, encore ?"] == [()]


def test_the_lens_goes_with_every_question_and_can_be_cleared(visit: Visit) -> None:
    lens = visit.page.locator("#lens")
    lens.get_by_text("Préciser votre territoire").click()
    visit.page.get_by_label("Votre échelon").select_option("commune")
    visit.page.get_by_label("Votre département ou région").select_option("38")
    expect(lens.locator("summary")).to_contain_text("Commune, Isère (38)")
    visit.page.get_by_role("button", name="Comment une commune").click()
    exchange = visit.page.locator("#conversation .exchange")
    expect(exchange.get_by_text("Pour : Commune, Isère (38)")).to_be_visible()
    copied = exchange.locator("[data-copy]").get_attribute("data-copy") or ""
    assert copied.split("\n")[1] == "Pour : Commune, Isère (38)"
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(lens.locator("#lens-set")).to_be_empty()
    visit.page.get_by_label("Votre échelon").select_option("commune")
    visit.page.get_by_label("Votre département ou région").select_option("38")
    expect(visit.page.locator("#starts li:visible").first).to_contain_text("une commune")
    visit.ask(LOCAL)
    visit.ask("Quel local, encore ?")
    assert {(q.echelon, q.place) for q in visit.core.questions} == {("commune", "38")}
    visit.page.get_by_role("button", name="Effacer ces choix").click()
    visit.core.questions.clear()
    visit.ask("Quel local, enfin ?")
    assert {(q.echelon, q.place) for q in visit.core.questions} == {(None, None)}


def test_a_starting_question_and_a_suggestion_ask_themselves(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Comment une collectivité peut-elle").click()
    expect(visit.page.locator("#conversation .state")).to_be_focused()
    suggestion = visit.page.locator("#conversation .suggestion").first
    text = suggestion.text_content()
    suggestion.click()
    expect(visit.page.locator("#conversation .asked").nth(1)).to_contain_text(text or "-")


def test_an_opinion_leaves_at_the_press_and_its_reason_after_it(visit: Visit) -> None:
    visit.ask(LOCAL)
    opinion = visit.page.locator("#conversation .opinion")
    given = {"answer_id": "a-1", "rating": "down", "reason": None}
    with visit.page.expect_response("**/api/feedback") as sent:
        opinion.get_by_role("button", name="Non").click()
    assert (sent.value.status, sent.value.request.post_data_json) == (204, given)
    expect(opinion.get_by_role("status")).to_have_text("Merci, votre avis est enregistré.")
    opinion.get_by_label("Pourquoi ?").fill("Trop long")
    visit.page.reload()
    expect(opinion.get_by_label("Pourquoi ?")).to_have_value("Trop long")
    with visit.page.expect_response("**/api/feedback") as sent:
        opinion.get_by_role("button", name="Envoyer cette raison").click()
    assert (sent.value.status, sent.value.request.post_data_json) == (
        204,
        {**given, "reason": "Trop long"},
    )
    expect(opinion.get_by_role("status")).to_be_focused()
    expect(opinion.get_by_role("status")).to_contain_text("sa raison")
    assert visit.said == []


def test_an_answer_is_copied_with_its_references(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(LOCAL)
    visit.page.get_by_role("button", name="Copier la réponse").click()
    expect(visit.page.get_by_text("Réponse copiée, avec ses sources.")).to_be_visible()
    text = visit.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"{LOCAL}\n")
    assert "[1] Points de repères, RTES, mai 2022, page 3" in text
    assert f"{visit.url}/lire/reperes-2022-1?de=0&a={len(ROLE)}#citation" in text


def test_a_reload_keeps_the_conversation_the_lens_and_what_was_typed(visit: Visit) -> None:
    visit.page.locator("#lens summary").click()
    visit.page.get_by_label("Votre échelon").select_option("region")
    visit.ask(LOCAL)
    visit.page.get_by_label("Votre question").fill("Et ensuite")
    visit.page.reload()
    expect(visit.page.locator("#conversation blockquote")).to_have_text(ROLE)
    expect(visit.page.get_by_label("Votre question")).to_have_value("Et ensuite")
    visit.core.questions.clear()
    visit.ask("Quel local, encore ?")
    assert visit.core.questions[0].echelon == "region"
    assert [turn.content for turn in visit.core.questions[0].history] == [LOCAL]


def test_two_people_at_once_do_not_meet(visitor: Callable[[], Visit]) -> None:
    one, other = visitor(), visitor()
    one.open()
    other.open()
    one.core.seconds = 0.05
    one.write(LOCAL)
    other.write("Combien de PTCE étudiés ?")
    for visit, mine in ((one, LOCAL), (other, "Combien de PTCE étudiés ?")):
        visit.page.locator("#conversation .exchange").wait_for()
        expect(visit.page.locator("#conversation .asked")).to_have_count(1)
        expect(visit.page.locator("#conversation .asked")).to_contain_text(mine)
    assert max(len(question.history) for question in one.core.questions) == 1


def test_what_is_typed_meanwhile_stays_and_a_suggestion_gives_the_draft_back(
    visit: Visit,
) -> None:
    box = visit.page.get_by_label("Votre question")
    visit.ask("Comment une collectivité peut-elle soutenir un PTCE ?")
    answered = Event()
    visit.core.held = {"Quel local, encore ?": answered}
    visit.write("Quel local, encore ?")
    box.fill("Et ensuite")
    answered.set()
    visit.page.locator("#conversation .exchange").nth(1).wait_for()
    expect(box).to_have_value("Et ensuite")
    visit.page.locator("#conversation .suggestion").first.click()
    visit.page.locator("#conversation .exchange").nth(2).wait_for()
    expect(box).to_have_value("Et ensuite")


def test_a_conversation_begun_anew_gives_up_the_question_that_is_out(visit: Visit) -> None:
    visit.ask(LOCAL)
    given_up, answered = "Combien de PTCE étudiés ?", Event()
    visit.core.held = {given_up: answered}
    visit.write(given_up)
    expect(visit.page.locator("#pending")).to_contain_text("Combien")
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(visit.page.locator("#pending")).to_be_hidden()
    visit.page.get_by_label("Votre question").fill("")
    visit.ask("Quel local, encore ?")
    answered.set()
    late = visit.page.locator("#reply .exchange", has_text="Combien")
    late.and_(visit.page.locator("[data-step=done]")).wait_for(state="attached")
    expect(late).to_be_hidden()
    expect(visit.page.locator("#conversation .asked")).to_have_count(1)


def test_one_comes_back_to_where_one_was(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 500})
    visit.ask(LOCAL)
    visit.ask("Quel territoire pour une commune ?")
    link = visit.page.get_by_role("link", name="Voir dans le document").last
    visit.page.locator("#conversation .sources").last.evaluate("(part) => { part.open = true; }")
    link.scroll_into_view_if_needed()
    before = visit.page.evaluate("scrollY")
    link.click()
    visit.page.get_by_role("link", name="Revenir à vos questions").click()
    visit.page.wait_for_function(f"Math.abs(scrollY - {before}) < 3")
    assert before > 500


# ------------------------------------------------------------ what goes wrong


@ALONE
def test_a_slow_server_is_said_to_be_slow_then_given_up(visitor: Callable[[], Visit]) -> None:
    visit = visitor()
    visit.page.clock.install()
    visit.open()
    visit.page.route("**/gradio_api/queue/join*", lambda route: None)  # never answered
    visit.write(LOCAL)
    expect(visit.page.locator("#pending")).to_contain_text("Recherche dans les documents…")
    expect(visit.page.locator("#pending .asked")).to_have_text(LOCAL)
    visit.page.clock.fast_forward(10_000)
    expect(visit.page.locator("#said")).to_contain_text("plus de temps que d’habitude")
    visit.page.clock.fast_forward(50_000)
    expect(visit.page.locator("#failure")).to_contain_text("Le service ne répond pas")
    expect(visit.page.locator("#pending")).to_be_hidden()
    expect(visit.page.get_by_label("Votre question")).to_have_value(LOCAL)


def test_a_question_that_a_reload_swallowed_is_given_back(visit: Visit) -> None:
    answered = Event()
    visit.core.held = {"Pourquoi soutenir un PTCE ?": answered}
    visit.page.get_by_role("button", name="Pourquoi soutenir").click()
    expect(visit.page.locator("#pending")).to_be_visible()
    visit.page.reload()
    answered.set()
    expect(visit.page.locator("#failure")).to_contain_text("renvoyez-la")
    box = visit.page.get_by_label("Votre question")
    expect(box).to_have_value("Pourquoi soutenir un PTCE ?")


def failed(visit: Visit, question: str, message: str) -> None:
    """Assert that a question fails with a message in French, and stays in the box."""
    visit.write(question)
    expect(visit.page.get_by_role("alert").filter(visible=True)).to_contain_text(message)
    expect(visit.page.get_by_label("Votre question")).to_have_value(question)
    expect(visit.page.locator("#conversation .exchange")).to_have_count(0)
    shown = visit.page.locator("body").inner_text()
    assert "Error" not in shown and "Connection" not in shown


def test_an_error_is_french_and_the_question_is_kept(visit: Visit) -> None:
    visit.core.error = IndexUnavailable("index_missing", "python -m ingest")
    failed(visit, LOCAL, "Les documents ne peuvent pas être consultés")
    visit.core.error = RuntimeError("secret")
    failed(visit, LOCAL, "Une erreur imprévue")
    visit.core.error = None
    visit.ask(LOCAL)
    expect(visit.page.locator("#failure")).to_be_empty()


def test_a_question_too_long_is_refused_with_its_length(visit: Visit) -> None:
    failed(visit, "Un PTCE ? " * 1_000, "9999 caractères, pour 1000 au plus")


def test_a_body_too_large_is_refused_before_it_is_read(visit: Visit) -> None:
    failed(visit, "x" * 70_000, "trop volumineuse")


def test_a_server_that_is_gone_and_back_loses_nothing(visit: Visit) -> None:
    def cut(route: Route) -> None:
        route.abort("connectionrefused")

    visit.page.route("**/gradio_api/queue/**", cut)
    failed(visit, LOCAL, "Le service ne répond pas")
    with visit.page.expect_navigation():  # Gradio opens the page anew once it is answered
        visit.page.unroute("**/gradio_api/queue/**")
    expect(visit.page.get_by_label("Votre question")).to_have_value(LOCAL)
    visit.ask(LOCAL)


def test_a_stream_that_is_cut_says_so(visit: Visit) -> None:
    visit.page.route("**/gradio_api/queue/data*", lambda route: route.abort("connectionreset"))
    failed(visit, LOCAL, "Le service ne répond pas")
