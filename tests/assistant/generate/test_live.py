"""What a model writes is shown as it comes, as unchecked; who leaves stops it."""

import json
import socket
import struct
import time
from collections.abc import Iterator

import httpx
import pytest

from api.app import create_app
from assistant.ask import ask
from assistant.generate.live import heard
from assistant.generate.write import FALLBACK, WRITTEN, Writer
from assistant.index import Index, Reader
from assistant.settings import Settings
from assistant.types import Answer, Question
from tests.api.server import serving
from tests.assistant.generate.conftest import KEY
from tests.assistant.generate.model_server import ModelServer
from ui.chat import Asks, Chat
from ui.messages import CHAT, GENERATORS

BROAD = "Comment une commune peut-elle soutenir un PTCE ?"
GOOD = (
    "Les communes sont des partenaires de proximité [1]. Elles sont 36 000 [6]. "
    "Elles peuvent aider à l'investissement [5]. Elles peuvent aider au repérage [3]."
)


@pytest.fixture(scope="module")
def address(one_server: ModelServer, ingested: Settings) -> Iterator[str]:
    """The API over the real index, with the model."""
    named = {"model_name": "openai:stand-in", "model_url": one_server.url, "model_key": KEY}
    with serving(create_app(Settings(**{**ingested.model_dump(), **named}))) as port:
        yield f"http://127.0.0.1:{port}"


def events(address: str) -> list[tuple[str, dict[str, object]]]:
    """The events of a streamed answer."""
    reply = httpx.post(f"{address}/api/ask/stream", json={"question": BROAD}, timeout=30)
    blocks = reply.text.strip().split("\n\n")
    lines = [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]
    return [(one["event"], json.loads(one["data"])) for one in lines if "event" in one]


def test_the_stream_settles_to_the_checked_answer(address: str, served: ModelServer) -> None:
    served.does = lambda h: h.reply(GOOD, size=3)
    told = events(address)
    texts = [str(data["text"]) for name, data in told if name == "text"]
    assert "".join(texts) == GOOD and len(texts) > 5
    assert all(text.count("[") == text.count("]") for text in texts)
    assert [name for name, _ in told if name != "text"][-1] == "final"
    final = told[-1][1]
    assert final["generator"] == WRITTEN
    assert "36 000" not in str(final["answer"])
    assert "checked" not in final and "polite" not in final
    assert "une phrase a été remplacée" in str(final["answer"])


def test_a_fallback_is_streamed_as_any_answer(address: str, served: ModelServer) -> None:
    served.does = lambda h: h.status(400)
    told = events(address)
    assert told[-1][1]["generator"] == FALLBACK
    assert "".join(str(d["text"]) for n, d in told if n == "text") == told[-1][1]["answer"]


def test_the_whole_answer_is_worded_too(address: str, served: ModelServer) -> None:
    served.does = lambda h: h.reply(GOOD)
    reply = httpx.post(f"{address}/api/ask", json={"question": BROAD}, timeout=30).json()
    assert reply["generator"] == WRITTEN


def test_a_client_that_goes_away_stops_the_model(address: str, served: ModelServer) -> None:
    served.does = lambda h: (h.open(), h.pieces("Les communes [1] "), h.wait())
    body = {"question": BROAD}
    with httpx.stream("POST", f"{address}/api/ask/stream", json=body, timeout=30) as reply:
        assert next(reply.iter_lines()).startswith("event: text")
    assert served.hung_up.wait(10)


def test_clients_that_leave_a_fast_stream_leave_nothing_behind(
    address: str, served: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    served.does = lambda h: h.reply(" ".join([GOOD] * 20), size=3)
    body = {"question": BROAD}
    sent = json.dumps(body).encode()
    head = "POST /api/ask/stream HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    for read in range(12):
        with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))) as left:
            left.sendall(f"{head}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)
            assert left.recv(1000 + 200 * read).startswith(b"HTTP/1.1 200")
            # It is cut at once, what was sent to it unread.
            left.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    served.does = lambda h: h.reply(GOOD)
    for _ in range(40):  # each gives its place back, if not in the same instant
        last = httpx.post(f"{address}/api/ask", json=body, timeout=30).json()
        if last["generator"] == WRITTEN:
            break
        time.sleep(0.1)
    assert last["generator"] == WRITTEN
    assert "Traceback" not in caplog.text


def test_the_page_says_that_the_words_are_not_checked_yet(
    index: Index, ingested: Settings, served: ModelServer, writer: Writer
) -> None:
    served.does = lambda h: h.reply(GOOD)
    asked: list[str] = []

    def plain(question: Question, index: Index) -> Answer:
        asked.append(question.text)
        return ask(question, index)

    asks = Asks(plain, plain, lambda q, i, listener: ask(q, i, writer, listener))
    chat = Chat(Reader(ingested), asks)
    *growing, last = [str(html) for html in chat.reply(BROAD, "{}")][1:]
    assert growing and all(CHAT["provisional"] in html for html in growing)
    assert any("36 000" in html for html in growing)
    assert CHAT["provisional"] not in last and "36 000" not in last
    assert GENERATORS["model"] in last
    assert len(served.asked) == 1 and BROAD not in asked  # suggestions cost no reply


def test_what_fails_reaches_who_listens() -> None:
    def fails(listener: object) -> Answer:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(heard(fails))
