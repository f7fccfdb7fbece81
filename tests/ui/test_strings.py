"""No text runs a script on the pages: question, history, answer, documents, opinions, team."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from api.app import create_app
from api.wire import Feedback
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.server import serving
from tests.api.test_audience import asked
from tests.ui.conftest import Visit
from tests.ui.strings import ALL, SOME, answer_of, assert_nothing_ran, poisoned, questions, watched

PASSWORD = "a-password-long-enough"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, FakeAsk, FakeReader]]:
    """A site with a page for its team; each text was asked, refused, and given as a reason."""
    core, reader = FakeAsk(), FakeReader(make_index())
    given = {"staff_password": PASSWORD, "keep_questions": True, "rate_limit": "off"}
    settings = Settings.model_validate(given | {"data_dir": tmp_path_factory.mktemp("strings")})
    app = create_app(settings, reader, core)
    audience = app.state.audience
    audience.store.keep([asked(f"Un xqz {text}", id=f"s-{n}") for n, text in enumerate(ALL)])
    for n, text in enumerate(ALL):
        audience.add(Feedback(answer_id=f"s-{n}", rating="down", reason=text))
    with serving(app) as port:
        yield f"http://127.0.0.1:{port}", core, reader


@pytest.fixture
def options() -> dict[str, Any]:
    return {"http_credentials": {"username": "rtes", "password": PASSWORD}}


@pytest.mark.parametrize(
    "strings", [SOME, pytest.param(ALL, marks=pytest.mark.full)], ids=["some", "all"]
)
def test_no_text_runs_on_the_pages(visitor: object, strings: list[str]) -> None:
    made: Visit = visitor()  # type: ignore[operator]
    watched(made.page, made.said, made.requested)
    index = poisoned(strings)
    made.reader.index, made.core.answer = index, answer_of(index)
    made.open()
    for question in questions(strings):
        made.ask(question)
        expect(made.page.locator("#conversation")).to_contain_text(strings[0])
    assert_nothing_ran(made.page, made.said, made.requested)
    links = made.page.locator("#conversation a")
    origins = links.evaluate_all("all => all.map((one) => one.origin)")
    assert len(origins) > len(strings) and set(origins) == {made.url}
    made.page.get_by_role("button", name="Non").first.click()
    reason = made.page.get_by_label("Pourquoi ?").first
    reason.fill(questions(strings)[0])
    made.page.reload()
    made.page.locator("#conversation .exchange").first.wait_for()
    expect(reason).to_have_value(questions(strings)[0])
    assert_nothing_ran(made.page, made.said, made.requested)
    made.page.get_by_role("button", name="Envoyer cette raison").first.click()
    expect(made.page.get_by_text("Merci").first).to_be_visible()
    assert_nothing_ran(made.page, made.said, made.requested)
    read = [path for n in range(len(strings)) for path in (f"/lire/p{n}", f"/lire/document/d{n}")]
    for path in ["/a-propos", *read]:
        made.open(path)
        assert_nothing_ran(made.page, made.said, made.requested)


def test_no_text_runs_on_the_page_of_the_team(visitor: object) -> None:
    made: Visit = visitor()  # type: ignore[operator]
    watched(made.page, made.said, made.requested)
    made.open("/equipe")
    for theme in made.page.locator("details").all():
        theme.evaluate("one => { one.open = true; }")
    reasons = " ".join(made.page.locator("td.text").all_inner_texts())
    assert "<" in reasons and "javascript:" in reasons
    assert made.page.locator("details li", has_text="xqz").count() >= len(ALL)
    assert_nothing_ran(made.page, made.said, made.requested)


def test_there_are_enough_of_them() -> None:
    assert len(set(ALL)) >= 60
    assert len(SOME) >= 12
