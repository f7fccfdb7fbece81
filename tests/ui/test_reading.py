"""The reading view and À propos: a quotation found again, shown whole, verified; no dead end."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.ask import ask
from assistant.index import Index
from assistant.settings import Settings
from assistant.types import Question
from tests.api.fake_core import (
    FIGURE,
    RAW_FIGURE,
    ROLE,
    FakeAsk,
    FakeReader,
    make_index,
    missing_index,
)
from tests.api.test_api_errors import assert_error
from ui.cards import card
from ui.pages import passage_page


class Marked(HTMLParser):
    """The text of the ``mark`` of a page, and all of its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.marked, self.text, self._in = "", "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = self._in or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._in else ""


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def reader() -> FakeReader:
    return FakeReader(make_index())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, reader: FakeReader) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("reading"), rate_limit="off")
    with TestClient(create_app(settings, reader, FakeAsk())) as opened:
        yield opened


@pytest.mark.parametrize(
    ("offsets", "marked"),
    [
        ("", ROLE),
        ("?de=0&a=11", ROLE[:11]),
        (f"?de=4&a={len(ROLE)}", ROLE[4:]),
        ("?de=11&a=4", ROLE),
        ("?de=0&a=99999", ROLE),
        ("?de=-1&a=4", ROLE),
        ("?de=x&a=y", ROLE),
        ("?de=³&a=4", ROLE),
        ("?de=0&a=" + "9" * 5_000, ROLE),
    ],
)
def test_the_stretch_of_the_address_is_highlighted(
    client: TestClient, offsets: str, marked: str
) -> None:
    page = client.get(f"/lire/reperes-2022-1{offsets}")
    assert page.status_code == 200
    read = Marked(page.text)
    assert read.marked == marked
    assert "vérifié : cette citation est dans le document" in " ".join(read.text.split())


def test_the_document_is_whole_around_its_quotation(client: TestClient, reader: FakeReader) -> None:
    text = Marked(client.get("/lire/reperes-2022-1").text).text
    for passage in reader.index.passages.values():
        assert (passage.text in text) is (passage.source_id == "reperes-2022")


def test_repaired_text_comes_with_what_was_received(client: TestClient) -> None:
    page = Marked(client.get("/lire/etude-2014-0").text)
    assert page.marked == FIGURE
    assert "texte corrigé" in page.text and RAW_FIGURE in page.text
    assert "texte corrigé" not in client.get("/lire/reperes-2022-1").text


def test_a_text_that_moved_under_a_passage_is_not_called_verified() -> None:
    index = make_index()
    document = index.documents["reperes-2022"]
    moved = document.model_copy(update={"text": "X" + document.text})
    index.documents["reperes-2022"] = moved
    page = passage_page("reperes-2022-1", "", "", index)
    assert "non vérifié" in bytes(page.body).decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/lire/inconnu", "Ce passage n’est pas dans les documents"),
        ("/lire/document/inconnu", "Ce document n’est pas dans la liste"),
        ("/lire/%3Cscript%3E", "Ce passage n’est pas dans les documents"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_with_a_way_on(
    client: TestClient, path: str, said: str
) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert said in page.text
    for source_id in ("reperes-2022", "etude-2014"):
        assert f'href="/lire/document/{source_id}"' in page.text


def test_a_whole_document_and_about_are_read_without_script(client: TestClient) -> None:
    document = client.get("/lire/document/etude-2014").text
    assert FIGURE in document and "<mark" not in document
    about = client.get("/a-propos").text
    for part in ("Points de repères", "mai 2022", "vers 2014", "v-1", "180 jours", "à compléter"):
        assert part in about


def test_without_an_index_the_pages_say_to_come_back(tmp_path: Path) -> None:
    away = FakeReader(make_index(), missing_index())
    settings = Settings(data_dir=tmp_path, rate_limit="off")
    with TestClient(create_app(settings, away, FakeAsk())) as client:
        for path in ("/lire/x", "/lire/document/x", "/a-propos"):
            page = client.get(path)
            assert page.status_code == 503
            assert "Réessayez" in page.text and "python" not in page.text
        chat = client.get("/")
    assert chat.status_code == 200 and "ne peuvent pas être consultés" in chat.text


def test_nothing_of_a_document_becomes_markup(tmp_path: Path) -> None:
    index = make_index()
    hostile = '<script>x()</script>"><img src=x onerror=x()>'
    document = index.documents["etude-2014"]
    source = document.source.model_copy(update={"title": hostile, "url": "javascript:x()"})
    index.documents["etude-2014"] = document.model_copy(update={"source": source})
    settings = Settings(data_dir=tmp_path, rate_limit="off")
    with TestClient(create_app(settings, FakeReader(index), FakeAsk())) as client:
        for path in ("/lire/etude-2014-0", "/a-propos", "/lire/inconnu"):
            page = client.get(path).text
            assert "<script>x" not in page and "<img" not in page
            assert "javascript:" not in page
            assert hostile in Marked(page).text


def test_the_address_of_every_card_finds_its_quotation_again(index: Index) -> None:
    questions = ["Comment une commune peut-elle soutenir un PTCE ?", "Combien de PTCE étudiés ?"]
    for cited in (c for q in questions for c in ask(Question(text=q), index).citations):
        shown = card(cited, index)
        assert shown.verified
        parts = urlsplit(shown.address)
        asked = parse_qs(parts.query)
        page = passage_page(parts.path.split("/")[-1], asked["de"][0], asked["a"][0], index)
        assert Marked(bytes(page.body).decode()).marked == cited.quote


@pytest.mark.parametrize("path", ["/nimporte", "/a-propos/", "/lire/", "/static/rien.css"])
def test_an_unknown_address_gives_people_a_page_and_programs_an_error(
    client: TestClient, path: str
) -> None:
    page = client.get(path, headers=BROWSER)
    assert page.status_code == 404
    assert "Cette adresse ne mène à aucune page" in page.text and 'href="/"' in page.text
    assert_error(client.get(path), 404, "not_found")
    assert "code" in client.post(path, headers=BROWSER).json()["error"]


@pytest.mark.parametrize("path", ["/api/rien", "/gradio_api/upload", "/assets/rien.js"])
def test_an_address_of_programs_gives_data_whatever_is_accepted(
    client: TestClient, path: str
) -> None:
    assert client.get(path, headers=BROWSER).headers["content-type"] != "text/html; charset=utf-8"
