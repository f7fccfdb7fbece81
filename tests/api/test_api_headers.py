"""Security headers on every response; documentation and page that call on nobody else."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.api.fake_core import FakeAsk
from tests.api.test_api_errors import GOOD


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/health", "/api/sources", "/rien", "/static/page.js", "/openapi.json"]
)
def test_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
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


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_their_own_parts_only(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert '<html lang="fr">' in page
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', page)
    assert len(loaded) >= 3
    for part in loaded:
        assert part.startswith("/")
        response = client.get(part)
        assert response.status_code == 200
        assert not re.search(r"https?://(?!www\.w3\.org/)", response.text)


def test_the_page_warns_before_the_first_question(client: TestClient) -> None:
    page = client.get("/").text
    before = page[: page.index("<textarea")]
    assert "assistant automatique" in before
    assert "incomplètes" in before
    assert "donnée personnelle" in before
