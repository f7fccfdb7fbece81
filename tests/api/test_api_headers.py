"""Security headers on every response; documentation and page that call on nobody else."""

import base64
import hashlib
import re

import pytest
from fastapi.testclient import TestClient

from tests.api.fake_core import FakeAsk
from tests.api.test_api_errors import GOOD

PATHS = ["/docs", "/health", "/api/sources", "/rien", "/static/chat.js", "/openapi.json"]
PATHS += ["/a-propos", "/lire/document/etude-2014", "/lire/etude-2014-0", "/lire/inconnu"]


def policy_of(client: TestClient, path: str) -> dict[str, str]:
    """The content security policy of a response, by directive."""
    header = client.get(path).headers["content-security-policy"]
    return dict(p.split(None, 1) for p in header.split(";"))


@pytest.mark.parametrize("path", PATHS)
def test_pages_and_data_hold_no_inline_script_nor_style(client: TestClient, path: str) -> None:
    policy = policy_of(client, path)
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"


def test_the_chat_page_alone_lets_gradio_compile_its_template(client: TestClient) -> None:
    policy = policy_of(client, "/")
    assert policy["script-src"] == "'self' 'unsafe-eval'"
    nothing = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    assert policy["style-src"] == f"'self' 'sha256-{nothing}'"
    assert policy["img-src"] == policy["connect-src"] == "'self'"


@pytest.mark.parametrize("path", ["/", *PATHS])
def test_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = policy_of(client, path)
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_answers_are_not_cached(client: TestClient) -> None:
    assert client.post("/api/ask", json=GOOD).headers["cache-control"] == "no-store"


def test_other_origins_get_no_permission(client: TestClient, core: FakeAsk) -> None:
    foreign = {"Origin": "https://ailleurs.example"}
    response = client.post("/api/ask", json=GOOD, headers=foreign)
    assert not [name for name in response.headers if name.startswith("access-control")]
    asked = {"Access-Control-Request-Method": "POST", **foreign}
    assert client.options("/api/ask", headers=asked).status_code == 405


@pytest.mark.parametrize("path", ["/", "/docs", "/a-propos", "/lire/etude-2014-0"])
def test_pages_load_their_own_parts_only(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert '<html lang="fr">' in page
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', page)
    assert len(loaded) >= 3
    for part in loaded:
        assert part.startswith("/")
        response = client.get(part)
        assert response.status_code == 200
        if not part.startswith("/assets/"):  # Gradio's: what they ask for is seen in a browser
            assert not re.search(r"https?://(?!www\.w3\.org/)", response.text)


def test_the_page_warns_before_the_first_question(client: TestClient) -> None:
    page = client.get("/").text
    before = page[: page.index("<gradio-app")]
    assert "assistant automatique" in before
    assert "incomplètes" in before
    assert "donnée personnelle" in before
    assert "2 documents" in before and "2014" in before and "2022" in before
    assert "ne sont pas enregistrées" in before
