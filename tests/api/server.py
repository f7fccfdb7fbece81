"""A real server in a thread, for what a test client cannot show."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from api.__main__ import config_of


@contextmanager
def serving(app: FastAPI) -> Iterator[int]:
    """Serve an application on the loopback; gives the port, where connections already wait."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        port: int = bound.getsockname()[1]
        server = uvicorn.Server(config_of(app, "127.0.0.1", port))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join(10)
