"""Texts that would run a script, and what watches that none does."""

import tomllib
from pathlib import Path

from playwright.sync_api import Page

from assistant.types import Answer, Document, Passage, Piece
from tests.api import fake_core
from tests.api.fake_core import GUIDE, FakeIndex

ALL: list[str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["strings"]
SOME = ALL[::6]
WATCH = "window.ran = 0; window.pwned = () => { window.ran += 1; };"


def watched(page: Page, said: list[str], requested: list[str]) -> None:
    """Watch a page before it opens: a dialog is told like what the console says."""
    page.set_default_timeout(60_000)
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))


def assert_nothing_ran(page: Page, said: list[str], requested: list[str]) -> None:
    """No script of a text ran or was stopped at the last moment, and nothing was asked for."""
    assert page.evaluate("window.ran") == 0
    assert [line for line in said if "Security Policy" in line or "dialog" in line] == []
    assert [url for url in requested if "evil.invalid" in url] == []
    elements = (
        "[onerror], [onload], [srcdoc], [href^='javascript'], [href^='data:'], marquee, embed"
    )
    assert page.locator(elements).count() == 0


def poisoned(strings: list[str]) -> FakeIndex:
    """A document for each text, that holds it in its title, its heading, its text, its address.

    The passage stands between what is before it and what is after it, which say the same.
    """
    documents, passages = {}, {}
    for number, text in enumerate(strings):
        told = {"id": f"d{number}", "title": text, "publisher": text, "obtained": text, "url": text}
        written, start = f"Soit {text} {text} {text}", len(text) + 6
        whole = Piece(start=0, end=len(written), raw_start=0, raw_end=len(written))
        source = GUIDE.model_copy(update=told)
        documents[source.id] = Document(source=source, text=written, raw=written, pieces=(whole,))
        passages[f"p{number}"] = Passage(
            id=f"p{number}",
            source_id=source.id,
            section=(text,),
            text=text,
            start=start,
            end=start + len(text),
        )
    return FakeIndex("v-1", documents, passages)


def answer_of(index: FakeIndex) -> Answer:
    """An answer that says every text of an index and cites it."""
    cited = [
        fake_core._citation(number, passage, index)
        for number, passage in enumerate(index.passages.values(), start=1)
    ]
    lines = "\n".join(f"- {one.quote} [{one.number}]" for one in cited)
    return Answer(
        id="a-1",
        status="partial",
        language="fr",
        answer=lines + "\n\n" + cited[0].quote,
        missing=cited[0].quote,
        citations=tuple(cited),
        index_version="v-1",
        elapsed_ms=1.0,
    )


def questions(strings: list[str]) -> list[str]:
    """The texts in as few questions as hold them."""
    made = [""]
    for text in strings:
        if len(made[-1]) + len(text) > 950:
            made.append("")
        made[-1] = f"{made[-1]} {text}".strip()
    return made
