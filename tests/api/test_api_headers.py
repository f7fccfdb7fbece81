"""Security headers on every response; documentation and page that call on nobody else."""

import base64
import hashlib
import re

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.headers import LastResort
from tests.api.fake_core import FakeAsk
from tests.api.test_api_errors import GOOD

PATHS = ["/docs", "/health", "/api/sources", "/rien", "/static/chat.js", "/openapi.json"]
PATHS += ["/a-propos", "/lire/document/etude-2014", "/lire/etude-2014-0", "/lire/inconnu"]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def policy_of(client: TestClient, path: str) -> dict[str, str]:
    """The content security policy of a response, by directive."""
    header = client.get(path).headers["content-security-policy"]
    pairs = (part.split(None, 1) for part in header.split(";"))
    return {name: sources.strip() for name, sources in pairs}


@pytest.mark.parametrize("path", PATHS)
def test_pages_and_data_hold_no_inline_script_nor_style(client: TestClient, path: str) -> None:
    assert policy_of(client, path) == POLICY


def test_the_chat_page_alone_lets_gradio_compile_its_template(client: TestClient) -> None:
    nothing = base64.b64encode(hashlib.sha256(b"").digest()).decode()
    needed = {"script-src": "'self' 'unsafe-eval'", "style-src": f"'self' 'sha256-{nothing}'"}
    assert policy_of(client, "/") == POLICY | needed


@pytest.mark.parametrize("path", ["/", *PATHS])
def test_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert HEADERS.items() <= dict(headers).items()
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


@pytest.mark.parametrize("path", ["/", "/a-propos", "/health", "/widget.js", "/non"])
def test_a_head_has_the_head_of_a_get(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("content-type", "content-length", "content-security-policy"):
        assert head.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize(
    ("failed", "quiet"),
    [
        ([anyio.BrokenResourceError()], True),
        ([ExceptionGroup("", [anyio.BrokenResourceError()])], True),
        ([anyio.BrokenResourceError(), ValueError()], False),
    ],
)
def test_who_leaves_a_stream_is_no_failure(failed: list[Exception], quiet: bool) -> None:
    async def streams(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ExceptionGroup("unhandled errors in a TaskGroup", failed)

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    async def sent(message: Message) -> None:
        assert message["type"] == "http.response.start"

    async def ends_quietly() -> bool:
        try:
            await LastResort(streams)({"type": "http"}, nothing, sent)
        except ExceptionGroup:
            return False
        return True

    assert anyio.run(ends_quietly) is quiet
