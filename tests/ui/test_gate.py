"""What of Gradio can be reached from outside: what the page needs, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.test_api_errors import assert_error

CLOSED = [
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/upload_progress"),
    ("POST", "/gradio_api/call/reply"),
    ("POST", "/gradio_api/call/v2/reply"),
    ("GET", "/gradio_api/call/reply/1"),
    ("POST", "/gradio_api/run/reply"),
    ("POST", "/gradio_api/api/reply"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/file=pyproject.toml"),
    ("GET", "/gradio_api/file/pyproject.toml"),
    ("GET", "/gradio_api/proxy=https://ailleurs.example/"),
    ("POST", "/gradio_api/stream/1"),
    ("POST", "/gradio_api/component_server"),
    ("GET", "/gradio_api/heartbeat/1"),
    ("POST", "/gradio_api/reset"),
    ("POST", "/gradio_api/cancel"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/gradio_api/deep_link"),
    ("GET", "/gradio_api/vibe-code"),
    ("POST", "/gradio_api/vibe-edit"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/queue/status"),
    ("GET", "/config"),
    ("GET", "/monitoring"),
    ("GET", "/login_check"),
    ("POST", "/login"),
    ("GET", "/manifest.json"),
    ("GET", "/robots.txt"),
    ("GET", "/svelte/svelte.js"),
    ("GET", "/assets/../index.html"),
    ("GET", "/assets/%2e%2e/index.html"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("gate"), rate_limit="off")
    with TestClient(create_app(settings, FakeReader(make_index()), FakeAsk())) as opened:
        yield opened


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_what_the_page_does_not_use_does_not_exist(
    client: TestClient, method: str, path: str
) -> None:
    assert_error(client.request(method, path), 404, "not_found")


def test_the_other_routes_keep_their_errors(client: TestClient) -> None:
    assert_error(client.get("/api/ask"), 405, "method_not_allowed")
    assert_error(client.get("/rien"), 404, "not_found")
    assert client.get("/health").status_code == 200


def join(client: TestClient, question: str) -> int:
    """The status of a question put in Gradio's queue as the page does."""
    body = {"data": [question, "{}"], "fn_index": 0, "session_hash": "s", "trigger_id": 3}
    return client.post("/gradio_api/queue/join", json=body).status_code


def test_questions_of_the_page_count_in_the_rate(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit="3/day")
    with TestClient(create_app(settings, FakeReader(make_index()), FakeAsk())) as client:
        assert [join(client, "Un local ?") for _ in range(4)] == [200, 200, 200, 429]


def test_the_body_of_a_question_of_the_page_is_capped(client: TestClient) -> None:
    assert join(client, "x" * 70_000) == 413


def test_no_other_site_may_read_what_gradio_answers(client: TestClient) -> None:
    foreign = {"Origin": "https://ailleurs.example"}
    for path in ("/theme.css", "/"):
        headers = client.get(path, headers=foreign).headers
        assert not [name for name in headers if name.startswith("access-control")]


def test_files_named_by_their_hash_are_fetched_once(client: TestClient) -> None:
    script = re.search(r'src="(/assets/[^"]+)"', client.get("/").text)
    assert script is not None
    assert "immutable" in client.get(script[1]).headers["cache-control"]
    missing = client.get("/assets/index-none.js")
    assert missing.status_code == 404
    assert "immutable" not in missing.headers["cache-control"]


def test_the_configuration_in_the_page_names_no_function_of_the_api(client: TestClient) -> None:
    page = client.get("/").text
    assert '"api_visibility": "private"' in page
    assert '"run_history": false' in page and '"analytics_enabled": false' in page
    assert not re.search(r"https?://", page)
