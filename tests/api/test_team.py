"""The page of the team: behind a password, never framed nor kept, telling what the rows hold."""

import base64
import csv
import io
from collections.abc import Iterator

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.team import access
from api.team.access import Gate
from api.wire import Feedback
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.test_audience import asked

PASSWORD = "mot de passe élu"
PATHS = ["/equipe", "/equipe/questions.csv", "/equipe/avis.csv"]
HOSTILE = '<script>window.owned=1</script> =cmd|x "><img src=x onerror=alert(1)>'
SECURE = "https://assistant.example"


def basic(password: str, name: str = "rtes") -> dict[str, str]:
    """The header that a browser sends."""
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An application with a password and a few rows."""
    settings = Settings.model_validate(
        {
            "data_dir": tmp_path_factory.mktemp("team"),
            "rate_limit": "off",
            "staff_password": PASSWORD,
            "keep_questions": True,
        }
    )
    app = create_app(settings, FakeReader(make_index()), FakeAsk())
    app.state.audience.store.keep([asked(id="a", elapsed_ms=1234.0), asked(HOSTILE, id="b")])
    app.state.audience.add(Feedback(answer_id="a", rating="down", reason=HOSTILE))
    return app


def gates(team: object) -> list[Gate]:
    """What lets people in, of each of the pages."""
    assert isinstance(team, FastAPI)
    asked = (one for route in team.routes for one in getattr(route, "dependencies", ()))
    return [one.dependency for one in asked if isinstance(one.dependency, Gate)]


@pytest.fixture
def visitor(team: FastAPI) -> Iterator[TestClient]:
    """Somebody elsewhere, over HTTPS, of whom no wrong password is known."""
    for gate in gates(team):
        anyio.run(gate._wrong.forget)
    yield TestClient(team, base_url=SECURE, client=("203.0.113.9", 1))


@pytest.mark.parametrize("path", PATHS)
def test_the_password_opens_and_nothing_else_does(visitor: TestClient, path: str) -> None:
    assert visitor.get(path, headers=basic(PASSWORD)).status_code == 200
    wrong = [basic(""), basic(PASSWORD + " "), basic("x" * 9_000), {"Authorization": "Basic é%"}]
    wrong += [{}, {"Authorization": f"Bearer {PASSWORD}"}, {"Authorization": "Basic"}]
    for headers in wrong:
        given = {name: text.encode() for name, text in headers.items()}
        reply = visitor.get(path, headers=given)
        assert (reply.status_code, "PTCE" in reply.text) == (401, True)
        assert reply.headers["www-authenticate"].startswith("Basic realm=")
        assert "1234" not in reply.text and "monnaies" not in reply.text


@pytest.mark.parametrize("path", PATHS)
def test_it_is_never_framed_kept_nor_scripted(visitor: TestClient, path: str) -> None:
    for headers in (basic(PASSWORD), {}):
        told = visitor.get(path, headers=headers).headers
        assert "script-src" not in told["content-security-policy"]
        assert "default-src 'none'" in told["content-security-policy"]
        assert "frame-ancestors 'none'" in told["content-security-policy"]
        assert (told["x-frame-options"], told["cache-control"]) == ("DENY", "no-store")
        assert not {"set-cookie", "access-control-allow-origin"} & told.keys()


def test_it_is_not_opened_over_plain_http_from_elsewhere(team: FastAPI) -> None:
    far, near = ("203.0.113.9", 1), ("127.0.0.1", 1)
    passed_on = {"X-Forwarded-For": "203.0.113.9"}
    for client, extra, status in ((far, {}, 403), (near, {}, 200), (near, passed_on, 403)):
        opened = TestClient(team, base_url="http://assistant.example", client=client)
        assert opened.get("/equipe", headers=basic(PASSWORD) | extra).status_code == status


def test_guesses_are_counted_and_the_right_one_waits_too(visitor: TestClient) -> None:
    assert [visitor.get("/equipe", headers=basic(f"{n}")).status_code for n in range(12)] == [
        *[401] * 10,
        *[429] * 2,
    ]
    locked = visitor.get("/equipe", headers=basic(PASSWORD))
    assert locked.status_code == 429 and int(locked.headers["retry-after"]) > 0
    other = TestClient(visitor.app, base_url=SECURE, client=("198.51.100.7", 1))
    assert other.get("/equipe", headers=basic(PASSWORD)).status_code == 200


def test_nobody_else_can_lock_the_team_out(
    visitor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "REMEMBERED", 60)
    for n in range(300):  # more wrong ones than one address may give, twenty times over
        guess = TestClient(visitor.app, base_url=SECURE, client=(f"198.51.100.{n // 2}", 1))
        assert guess.get("/equipe", headers=basic("x")).status_code == 401
    assert visitor.get("/equipe", headers=basic(PASSWORD)).status_code == 200
    assert all(len(gate._wrong) <= 60 for gate in gates(visitor.app))


def test_without_a_password_there_is_no_page(client: TestClient) -> None:
    for path in PATHS:
        assert client.get(path, headers=basic("")).status_code == 404


def test_it_tells_weeks_themes_opinions_and_slow_answers(visitor: TestClient) -> None:
    page = visitor.get("/equipe", headers=basic(PASSWORD)).text
    for told in ("Fiscalité", "1234", "Ce que le corpus ne dit pas", "monnaies locales"):
        assert told in page
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page


def test_the_tables_open_in_a_spreadsheet_without_a_formula(visitor: TestClient) -> None:
    for path, column in (("/equipe/questions.csv", "Question"), ("/equipe/avis.csv", "Raison")):
        reply = visitor.get(path, headers=basic(PASSWORD))
        assert reply.headers["content-disposition"].startswith("attachment")
        assert reply.headers["content-type"] == "text/csv; charset=utf-8"
        text = reply.content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert any("script" in row[column] for row in rows)
        assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell)
    assert visitor.get("/equipe/opinion.csv", headers=basic(PASSWORD)).status_code in (404, 422)


def test_a_database_that_is_away_is_said(
    visitor: TestClient, team: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = team.state.audience.store
    folder = store._folder / "feedback.sqlite"
    folder.rename(folder.with_name("aside"))
    folder.mkdir()
    monkeypatch.setattr("api.audience.database.PATIENCE", 0.1)
    try:
        for path in PATHS:
            reply = visitor.get(path, headers=basic(PASSWORD))
            assert (reply.status_code, "La base ne répond pas" in reply.text) == (503, True)
    finally:
        folder.rmdir()
        folder.with_name("aside").rename(folder)
    assert visitor.get("/equipe", headers=basic(PASSWORD)).status_code == 200
