"""A site on this machine, in clear, that stands for the public ones: what tests fetch from."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest.fetch import Visitor
from ingest.fetch.connect import Limits

HOST = "www.rtes.fr"
Headers = Mapping[str, str]
Answer = tuple[int, Headers, bytes | Iterator[bytes]]
Page = Callable[[Headers], Answer]


class Site:
    """Pages by path, and the requests that came: their path and their headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def put(self, path: str, body: bytes, **headers: str) -> str:
        """A page that is there; its address."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = lambda _: (200, given, body)
        return f"https://{HOST}{path}"

    def turn(self, path: str, location: str, status: int = 302) -> str:
        """A page that leads elsewhere; its address."""
        self.pages[path] = lambda _: (status, {"Location": location}, b"")
        return f"https://{HOST}{path}"

    def visitor(self, **options: object) -> Visitor:
        """One that finds every host on this machine."""
        given: dict[str, object] = {"limits": Limits(size=100_000, seconds=20), **options}
        resolve = given.pop("resolve", lambda host: ["127.0.0.1"])
        return Visitor([HOST, "rtes.fr"], resolve=resolve, local=self.port, **given)  # type: ignore[arg-type]

    def paths(self) -> list[str]:
        """What was asked for, robots.txt apart."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def open_site() -> Iterator[Site]:
    """The site, while it is open."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            page = site.pages.get(self.path, lambda _: (404, {}, b""))
            status, headers, body = page(dict(self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if isinstance(body, bytes) and "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked may have left
                for piece in (body,) if isinstance(body, bytes) else body:
                    self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is told: requests are kept in ``asked``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
