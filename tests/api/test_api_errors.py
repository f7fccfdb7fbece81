"""Every error has the one shape, its code, its status, a French sentence, and leaks nothing."""

import json
import logging
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from api.errors import STATUS
from api.messages import ERRORS
from assistant.errors import IndexUnavailable, ModelMismatch
from assistant.settings import Settings
from assistant.types import Echelon
from tests.api.fake_core import FakeAsk, FakeReader, missing_index

GOOD = {"question": "Un PTCE ?"}
BAD = [
    ({}, "question_empty"),
    ({"question": ""}, "question_empty"),
    ({"question": " \t\r\n\u00a0\u202f"}, "question_empty"),
    ({"question": "x" * 1001}, "question_too_long"),
    ({"question": "é" * 1001}, "question_too_long"),
    ({"question": None}, "question_not_text"),
    ({"question": 12}, "question_not_text"),
    ({"question": True}, "question_not_text"),
    ({"question": ["Un PTCE ?"]}, "question_not_text"),
    ({"question": {"text": "Un PTCE ?"}}, "question_not_text"),
    ({"question": "\x00\x01\x02"}, "question_not_text"),
    ({"question": "?!… — «»"}, "question_not_text"),
    ({"question": "\u200b"}, "question_not_text"),
    ({"question": "🙂"}, "question_not_text"),
    ({"question": "abc \ud800"}, "question_not_text"),
    ({**GOOD, "history": "Un"}, "history_malformed"),
    ({**GOOD, "history": {"role": "user", "content": "Un"}}, "history_malformed"),
    ({**GOOD, "history": [1]}, "history_malformed"),
    ({**GOOD, "history": [None]}, "history_malformed"),
    ({**GOOD, "history": [["user", "Un"]]}, "history_malformed"),
    ({**GOOD, "history": [{"role": "system", "content": "Un"}]}, "history_malformed"),
    ({**GOOD, "history": [{"role": ["user"], "content": "Un"}]}, "history_malformed"),
    ({**GOOD, "history": [{"role": "user"}]}, "history_malformed"),
    ({**GOOD, "history": [{"role": "user", "content": 3}]}, "history_malformed"),
    ({**GOOD, "history": [{"content": "Un", "name": "x"}]}, "history_malformed"),
    ({**GOOD, "history": ["\udc00"]}, "history_malformed"),
    ({**GOOD, "history": ["x" * 4001]}, "history_malformed"),
    ({**GOOD, "history": ["x"] * 51}, "history_malformed"),
    ({**GOOD, "echelon": "ville"}, "request_malformed"),
    ({**GOOD, "echelon": ""}, "request_malformed"),
    ({**GOOD, "echelon": ["commune"]}, "request_malformed"),
    ({**GOOD, "place": 38}, "request_malformed"),
    ({**GOOD, "place": "x" * 61}, "request_malformed"),
    ({**GOOD, "sources": "reperes-2022"}, "request_malformed"),
    ({**GOOD, "sources": [1]}, "request_malformed"),
    ({**GOOD, "sources": [""]}, "request_malformed"),
    ({**GOOD, "sources": ["x"] * 101}, "request_malformed"),
    ({**GOOD, "model": "gpt"}, "request_malformed"),
    ([], "request_malformed"),
    ("Un PTCE ?", "request_malformed"),
    (None, "request_malformed"),
    (3, "request_malformed"),
]
PATHS = ["/api/ask", "/api/ask/stream"]


def assert_error(response: Response, status: int, code: str) -> str:
    """The message of an error, whose shape is checked."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"code", "message", "retryable"}
    assert body["error"]["code"] == code
    assert isinstance(body["error"]["retryable"], bool)
    assert "Traceback" not in response.text
    message: str = body["error"]["message"]
    assert message[0].isupper()
    assert message.rstrip().endswith((".", "»."))
    return message


def post_json(client: TestClient, path: str, payload: object) -> Response:
    """As a careless client sends it: escaped ASCII, which lets half a surrogate pair through."""

    return client.post(
        path, content=json.dumps(payload), headers={"Content-Type": "application/json"}
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("payload", "code"), BAD)
def test_bad_questions(
    client: TestClient, core: FakeAsk, path: str, payload: object, code: str
) -> None:
    assert_error(post_json(client, path, payload), 422, code)
    assert core.questions == []


@pytest.mark.parametrize(
    "payload",
    [
        {"question": "x" * 1000},
        {"question": " " * 500 + "x" * 1000 + "\n"},
        {"question": "14"},
        {"question": "œ"},
        {"question": "PTCE\x00 ?"},
        {**GOOD, "history": ["x" * 4000] + ["x"] * 49},
        {**GOOD, "history": []},
        {**GOOD, "place": "x" * 60},
        *({**GOOD, "echelon": name} for name in get_args(Echelon)),
    ],
)
def test_the_limits_themselves_are_admitted(client: TestClient, payload: object) -> None:
    assert post_json(client, "/api/ask", payload).status_code == 200


def test_unknown_fields_are_named_and_made_harmless(client: TestClient) -> None:
    payload = {**GOOD, "temperature": 1, "a\x00\u202e" + "b" * 500: 2}
    message = assert_error(post_json(client, "/api/ask", payload), 422, "request_malformed")
    assert "« temperature »" in message
    assert "\u202e" not in message
    assert len(message) < 300


def test_unknown_source_is_named(client: TestClient, core: FakeAsk) -> None:
    asked = {**GOOD, "sources": ["reperes-2022", "inconnue"]}
    for path in PATHS:
        message = assert_error(client.post(path, json=asked), 404, "source_unknown")
        assert "« inconnue »" in message
    assert core.questions == []
    message = assert_error(client.get("/api/sources/inconnue"), 404, "source_unknown")
    assert "« inconnue »" in message


def test_unknown_passage_is_named(client: TestClient) -> None:
    message = assert_error(client.get("/api/passages/p-9"), 404, "passage_unknown")
    assert "« p-9 »" in message


@pytest.mark.parametrize("path", [*PATHS, "/api/feedback"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{'question': 1}",
        b'{"question": NaN}',
        b"\xff\xfe{}",
        b"[" * 30_000,
        b'{"question": ' + b"9" * 5000 + b"}",
    ],
)
def test_malformed_json(client: TestClient, path: str, content: bytes) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert_error(client.post(path, content=content, headers=headers), 400, "json_malformed")


@pytest.mark.parametrize("path", [*PATHS, "/api/feedback"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_other_content_types(client: TestClient, path: str, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    response = client.post(path, content=b'{"question": "Un PTCE ?"}', headers=headers)
    assert_error(response, 415, "media_type_unsupported")


@pytest.mark.parametrize("path", [*PATHS, "/api/suggestions", "/api/feedback"])
def test_no_refusal_hides_behind_the_default_of_the_description(
    client: TestClient, path: str
) -> None:
    """Each status that a route gives is listed; 408, 429 and 503 take time or a crowd to see."""
    listed = client.get("/openapi.json").json()["paths"][path]["post"]["responses"]
    assert {"408", "429", "503"} <= listed.keys()
    for kind, content, status in (
        ("application/json", b"{", 400),
        ("application/json", b" " * 70_000, 413),
        ("text/plain", b"{}", 415),
        ("application/json", b"{}", 422),
    ):
        reply = client.post(path, content=content, headers={"Content-Type": kind})
        assert reply.status_code == status
        assert str(status) in listed
    unknown = client.post(path, json={**GOOD, "sources": ["inconnue"]}).status_code
    assert str(unknown) in listed


def test_a_byte_order_mark_is_no_error(client: TestClient) -> None:
    content = '\ufeff{"question": "Un PTCE ?"}'.encode()
    headers = {"Content-Type": "application/json"}
    assert client.post("/api/ask", content=content, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/rien", "/api/ask/", "/api/sources/a/b", "/static/rien.js"])
def test_not_found(client: TestClient, path: str) -> None:
    assert_error(client.get(path), 404, "not_found")


@pytest.mark.parametrize("path", ["/static/../api/app.py", "/static/%2e%2e/pages.py"])
def test_nothing_outside_of_static_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/ask"), ("POST", "/health"), ("DELETE", "/api/sources")]
)
def test_method_not_allowed(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert method in assert_error(response, 405, "method_not_allowed")
    assert response.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/ready", "/api/sources", "/api/sources/x", "/api/passages/x", *PATHS]
)
def test_without_an_index(client: TestClient, reader: FakeReader, path: str) -> None:
    reader.error = missing_index()
    response = client.post(path, json=GOOD) if path in PATHS else client.get(path)
    message = assert_error(response, 503, "index_missing")
    assert "python -m ingest" in message
    assert response.json()["error"]["retryable"] is True
    assert client.get("/health").status_code == 200


def test_the_server_starts_without_an_index(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings, FakeReader(None, missing_index()), FakeAsk())  # type: ignore[arg-type]
    with TestClient(app) as client:
        assert client.get("/health").json() == {"status": "ok"}
    assert "python -m ingest" in caplog.text


def test_a_question_is_checked_before_the_index(client: TestClient, reader: FakeReader) -> None:
    reader.error = missing_index()
    assert_error(client.post("/api/ask", json={"question": ""}), 422, "question_empty")


def test_the_cause_of_damage_goes_to_the_log_alone(
    client: TestClient, reader: FakeReader, caplog: pytest.LogCaptureFixture
) -> None:
    reader.error = IndexUnavailable("index_damaged", "L'index est illisible (/srv/secret).")
    message = assert_error(client.get("/ready"), 503, "index_damaged")
    assert "/srv/secret" not in message
    assert "/srv/secret" in caplog.text


def test_another_model_is_not_retryable(client: TestClient, reader: FakeReader) -> None:
    reader.error = ModelMismatch("index_other_model", "L'index a un autre modèle.")
    response = client.get("/ready")
    assert_error(response, 503, "index_other_model")
    assert response.json()["error"]["retryable"] is False


def test_an_unforeseen_failure_leaks_nothing(
    client: TestClient, core: FakeAsk, caplog: pytest.LogCaptureFixture
) -> None:
    core.error = RuntimeError("mot de passe : /srv/secret")
    with caplog.at_level(logging.ERROR):
        response = client.post("/api/ask", json=GOOD)
    assert "secret" not in assert_error(response, 500, "internal_error")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "RuntimeError" in caplog.text


def test_every_code_has_a_status_and_a_sentence() -> None:
    assert STATUS.keys() == ERRORS.keys()
