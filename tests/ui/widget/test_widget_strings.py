"""No text runs a script in the widget, and none while it comes, cut anywhere."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.ui.strings import ALL, SOME, answer_of, assert_nothing_ran, poisoned, questions, watched
from tests.ui.widget.conftest import Guest

SETS = [SOME, pytest.param(ALL, marks=pytest.mark.full)]


@pytest.mark.parametrize("strings", SETS, ids=["some", "all"])
def test_no_text_runs_in_the_widget(guest: Guest, strings: list[str]) -> None:
    watched(guest.page, guest.said, guest.requested)
    index = poisoned(strings)
    guest.site.reader.index, guest.site.core.answer = index, answer_of(index)
    guest.open()
    for question in questions(strings):
        guest.ask(question)
    expect(guest.page.get_by_role("log")).to_contain_text(strings[0])
    assert_nothing_ran(guest.page, guest.said, guest.requested)
    links = guest.page.locator("assistant-ptce a")
    origins = links.evaluate_all("all => all.map((one) => one.origin)")
    assert len(origins) > len(strings) and set(origins) == {guest.site.api}
    guest.page.reload()
    guest.launch.click()
    guest.page.get_by_role("log").get_by_role("article").first.wait_for()
    assert_nothing_ran(guest.page, guest.said, guest.requested)


@pytest.mark.parametrize("strings", SETS, ids=["some", "all"])
def test_no_text_runs_while_it_comes(guest: Guest, strings: list[str]) -> None:
    """Every letter is a piece, so that each text is shown cut at every place."""
    watched(guest.page, guest.said, guest.requested)
    answer = answer_of(poisoned(strings))
    pieces = [("text", {"text": letter}) for letter in answer.answer]
    final = ("final", answer.model_dump(mode="json"))
    body = "".join(
        f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in [*pieces, final]
    )

    def cut(route: Route) -> None:
        origin = {"Access-Control-Allow-Origin": guest.site.url}
        route.fulfill(body=body, content_type="text/event-stream", headers=origin)

    guest.page.route("**/api/ask/stream", cut)
    guest.open()
    guest.ask("Un local ?")
    expect(guest.page.get_by_role("log")).to_contain_text(strings[-1])
    assert_nothing_ran(guest.page, guest.said, guest.requested)
