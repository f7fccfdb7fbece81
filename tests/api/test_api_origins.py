"""Which sites may call the API and frame the pages: those of the settings, to the letter."""

from collections.abc import Iterator, Mapping

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.__main__ import main
from api.app import create_app
from assistant.settings import Settings, load_settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index

SITE = "https://www.rtes.fr"
OTHERS = [
    "null",
    "https://rtes.fr",
    "http://www.rtes.fr",
    "https://www.rtes.fr:8443",
    "https://www.rtes.fr.ailleurs.example",
    "https://xwww.rtes.fr",
    "https://www.rtes.fr/",
    "HTTPS://WWW.RTES.FR",
    "https://www.rtes.fr, https://ailleurs.example",
    "*",
]
ASKED = {"question": "Quel local pour une commune ?"}
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}


@pytest.fixture(scope="module")
def allowing_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("allowing")
    made = Settings(data_dir=folder, rate_limit="1/hour", allowed_origins=(SITE,))
    with TestClient(create_app(made, FakeReader(make_index()), FakeAsk())) as opened:
        yield opened


@pytest.fixture
def allowing(allowing_once: TestClient) -> TestClient:
    """A server that allows one site, and to which nobody has come yet."""
    app = allowing_once.app
    assert isinstance(app, FastAPI)
    for window in app.state.windows.values():
        anyio.run(window.forget)
    return allowing_once


def permissions(headers: Mapping[str, str]) -> list[str]:
    """The CORS headers of a reply."""
    return sorted(name for name in headers if name.startswith("access-control"))


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream", "/api/feedback"])
def test_an_allowed_site_may_ask_without_credentials(allowing: TestClient, path: str) -> None:
    before = allowing.options(path, headers={"Origin": SITE, **PREFLIGHT})
    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == SITE
    assert "POST" in before.headers["access-control-allow-methods"]
    assert "Content-Type" in before.headers["access-control-allow-headers"]
    reply = allowing.post(path, json=ASKED, headers={"Origin": SITE})
    assert reply.headers["access-control-allow-origin"] == SITE
    assert "Origin" in reply.headers["vary"]
    assert "access-control-allow-credentials" not in {*before.headers, *reply.headers}


def test_an_allowed_site_can_read_why_it_is_refused(allowing: TestClient) -> None:
    allowing.post("/api/ask", json=ASKED)
    refused = allowing.post("/api/ask", json=ASKED, headers={"Origin": SITE})
    assert refused.status_code == 429
    assert refused.headers["access-control-allow-origin"] == SITE
    assert refused.headers["access-control-expose-headers"] == "Retry-After"


@pytest.mark.parametrize("origin", OTHERS)
def test_no_other_origin_gets_a_permission(allowing: TestClient, origin: str) -> None:
    reply = allowing.get("/api/sources", headers={"Origin": origin})
    assert permissions(reply.headers) == []
    assert "Origin" in reply.headers["vary"]
    before = allowing.options("/api/ask", headers={"Origin": origin, **PREFLIGHT})
    assert before.status_code == 405
    assert permissions(before.headers) == []


@pytest.mark.parametrize(
    "path", ["/", "/a-propos", "/openapi.json", "/static/page.css", "/integrer"]
)
def test_only_the_api_is_shared(allowing: TestClient, path: str) -> None:
    assert permissions(allowing.get(path, headers={"Origin": SITE}).headers) == []


@pytest.mark.parametrize("path", ["/", "/a-propos", "/lire/etude-2014-0"])
def test_an_allowed_site_may_frame_what_is_read(allowing: TestClient, path: str) -> None:
    headers = allowing.get(path).headers
    assert headers["content-security-policy"].endswith(f"frame-ancestors {SITE}")
    assert "x-frame-options" not in headers


@pytest.mark.parametrize("path", ["/api/feedback", "/api/sources", "/docs", "/integrer", "/admin"])
def test_nothing_else_may_be_framed(allowing: TestClient, path: str) -> None:
    headers = allowing.get(path).headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ("", ()),
        ("https://www.rtes.fr", ("https://www.rtes.fr",)),
        (" https://a.fr, http://b.fr:8080 ", ("https://a.fr", "http://b.fr:8080")),
        ('["https://a.fr", "http://[::1]:8000"]', ("https://a.fr", "http://[::1]:8000")),
    ],
)
def test_the_setting_is_a_list(
    monkeypatch: pytest.MonkeyPatch, given: str, origins: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ASSISTANT_ALLOWED_ORIGINS", given)
    assert load_settings().allowed_origins == origins


@pytest.mark.parametrize(
    "given",
    ["*", "null", "www.rtes.fr", "https://www.rtes.fr/", "https://*.rtes.fr", "https://a.fr:443",
     "http://a.fr:80", "https://A.fr", "https://a.fr;script-src", "ftp://a.fr", "https://", "[1"],
)  # fmt: skip
def test_what_no_browser_would_send_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("ASSISTANT_ALLOWED_ORIGINS", given)
    with pytest.raises(ValidationError) as refused:
        load_settings()
    assert refused.value.errors()[0]["loc"] == ("allowed_origins",)


def test_the_door_refuses_it_with_a_french_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_ALLOWED_ORIGINS", "https://rtes.fr/ptce")
    assert main([]) == 2
    told = capsys.readouterr().err
    assert told.startswith("Réglage refusé, ASSISTANT_ALLOWED_ORIGINS : « https://rtes.fr/ptce »")
