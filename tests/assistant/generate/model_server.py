"""A server that speaks the protocol of OpenAI's chat completions, and fails as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[["Handler"], object]


@dataclass
class ModelServer:
    """What it is to do for each request, what it was asked, and whether somebody hung up."""

    port: int = 0
    does: Say = field(default=lambda handler: handler.reply(""))
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def reset(self) -> None:
        """As if nothing had been asked."""
        self.closing, self.hung_up = threading.Event(), threading.Event()
        self.asked.clear()
        self.keys.clear()

    @property
    def url(self) -> str:
        """Where an OpenAI client finds it."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def data(self) -> dict[str, Any]:
        """The data of the last prompt."""
        read: dict[str, Any] = json.loads(self.asked[-1]["messages"][-1]["content"])
        return read


class Handler(BaseHTTPRequestHandler):
    """One request; a test says which of these it is answered with."""

    protocol_version = "HTTP/1.1"
    server: "Listening"

    def do_POST(self) -> None:
        """Keep what is asked, then do as told."""
        held = self.server.model
        held.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        held.keys.append(self.headers["Authorization"])
        with suppress(ConnectionError):
            held.does(self)
            return
        held.hung_up.set()

    def reply(self, text: str, size: int = 7, end: str | None = "stop") -> None:
        """A whole reply in small pieces; without ``end`` the stream is cut in silence."""
        self.open()
        self.pieces(text, size)
        if end is not None:
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": end}]})
            self.line("data: [DONE]\n\n")
        self.shut()

    def pieces(self, text: str, size: int = 7, pause: float = 0.0) -> None:
        """Some of a reply."""
        for start in range(0, len(text), size):
            delta = {"role": "assistant", "content": text[start : start + size]}
            self.event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
            time.sleep(pause)

    def wait(self) -> None:
        """Say nothing until the test ends, or somebody hangs up."""
        closing = self.server.model.closing
        while not closing.wait(0.05):
            self.line(": still here\n\n")

    def status(self, code: int, body: str = '{"error": {"message": "no"}}') -> None:
        """An error, or a page."""
        self.send_response(code)
        kind = "text/html" if body.startswith("<") else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def open(self) -> None:
        """The head of a stream."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def event(self, data: dict[str, Any]) -> None:
        """One event of a stream."""
        whole = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m"} | data
        self.line(f"data: {json.dumps(whole)}\n\n")

    def line(self, text: str) -> None:
        """A chunk as HTTP has it."""
        body = text.encode()
        self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        self.wfile.flush()

    def shut(self) -> None:
        """The end of a stream."""
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""


class Listening(ThreadingHTTPServer):
    """Each request in a thread of its own."""

    daemon_threads = True
    block_on_close = False
    model: ModelServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody hung up: the tests make them do it."""


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on the loopback while the test lasts."""
    held = ModelServer()
    with Listening(("127.0.0.1", 0), Handler) as server:
        server.model = held
        held.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield held
        finally:
            held.closing.set()
            server.shutdown()
            thread.join()
