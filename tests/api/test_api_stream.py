"""The stream: text pieces, citations, then the whole answer; or an error, and nothing after."""

import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.stream import pieces
from assistant.errors import EmbeddingError
from tests.api.fake_core import FakeAsk

ASKED = {"question": "Quel territoire pour une commune, et combien étudiés ?"}


def events(client: TestClient, asked: object) -> list[tuple[str, dict[str, object]]]:
    """The events of a stream, as a client of the specification reads them."""
    response = client.post("/api/ask/stream", json=asked)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    read = []
    for block in response.text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n"))
        read.append((lines["event"], json.loads(lines["data"])))
    return read


def test_the_order_and_the_whole(client: TestClient) -> None:
    read = events(client, ASKED)
    answer = client.post("/api/ask", json=ASKED).json()
    names = [name for name, _ in read]
    assert len(answer["citations"]) == 3
    assert names == ["text"] * names.count("text") + ["citation"] * 3 + ["final"]
    assert "".join(str(data["text"]) for name, data in read if name == "text") == answer["answer"]
    assert [data for name, data in read if name == "citation"] == answer["citations"]
    assert read[-1][1] == answer


def test_it_is_not_stored_nor_buffered(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json=ASKED)
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"


def test_an_error_of_the_core_is_an_event(client: TestClient, core: FakeAsk) -> None:
    core.error = EmbeddingError("model_unavailable", "Le modèle manque (/srv/secret).")
    ((name, data),) = events(client, ASKED)
    assert name == "error"
    assert data["error"]["code"] == "model_unavailable"  # type: ignore[index]
    assert "secret" not in json.dumps(data)


def test_an_unforeseen_failure_is_an_event(
    client: TestClient, core: FakeAsk, caplog: pytest.LogCaptureFixture
) -> None:
    core.error = RuntimeError("secret")
    ((name, data),) = events(client, ASKED)
    assert (name, data["error"]["code"]) == ("error", "internal_error")  # type: ignore[index]
    assert "secret" not in json.dumps(data)
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize(
    "text",
    ["", " ", "[", "[]", "[[1]", "a [1][2] b", "[1, 2] [1-3]", "### T\n\n- a [1]\n", "« a » ?[9]"],
)
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(st.text(alphabet="ab [],-12\n«»\u202f\u2028", max_size=200))
def test_pieces_join_to_any_text(text: str) -> None:
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert all(cut)


def test_no_piece_ends_inside_a_marker() -> None:
    text = "mot " * 5 + "mot [1, 2] " + "mot [12] " * 40
    assert all(piece.count("[") == piece.count("]") for piece in pieces(text))
