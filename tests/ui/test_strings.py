"""No text runs a script on the pages: question, history, answer, documents, opinions."""

import pytest
from playwright.sync_api import expect

from tests.ui.conftest import Visit
from tests.ui.strings import ALL, SOME, answer_of, assert_nothing_ran, poisoned, questions, watched


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
    made.page.get_by_role("button", name="Non").first.click()
    made.page.reload()
    made.page.locator("#conversation .exchange").first.wait_for()
    assert_nothing_ran(made.page, made.said, made.requested)
    for path in ["/a-propos", *(f"/lire/p{n}" for n in range(len(strings)))]:
        made.open(path)
        assert_nothing_ran(made.page, made.said, made.requested)


def test_there_are_enough_of_them() -> None:
    assert len(set(ALL)) >= 60
    assert len(SOME) >= 12
