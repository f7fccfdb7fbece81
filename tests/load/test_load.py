"""Many people at once: each is answered, or told when to come back, and the server stays as it is.

One server, in a process of its own, serves all of these tests; ``-s`` shows what was measured.
"""

import asyncio
import socket
import statistics
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from api.places import QUESTIONS
from assistant.settings import Settings
from tests.load.process import Running, serving
from tests.load.users import crowd, questions

GROWTH = 1.05  # what a heap that is as it was may look like: allocators keep some of what they had
SLACK = 8.0  # MB
BODY = b'{"question": "Comment une commune peut-elle soutenir un PTCE ?"}'
STREAM = (
    b"POST /api/ask/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Content-Length: " + str(len(BODY)).encode() + b"\r\n\r\n" + BODY
)


MORE_THAN_THE_PLACES = QUESTIONS.places + 16


@pytest.fixture(scope="module")
def server(ingested: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The assistant over the real corpus, without a rate limit, once it has answered."""
    with serving(ingested, tmp_path_factory.mktemp("served")) as running:
        answered(running)
        yield running


def answered(server: Running) -> None:
    """A question has its answer."""
    asked = {"question": "Qu'est-ce qu'un PTCE ?"}
    reply = httpx.post(f"{server.url}/api/ask", json=asked, timeout=60)
    assert (reply.status_code, reply.json()["status"]) == (200, "answered")


@pytest.mark.parametrize(
    ("users", "seconds"), [(40, 8), pytest.param(200, 120, marks=pytest.mark.full)]
)
def test_a_crowd_is_answered_or_told_to_come_back(
    server: Running, users: int, seconds: int
) -> None:
    asyncio.run(crowd(server.url, users, 2))  # the threads and buffers that a crowd takes
    weighed: list[float] = []
    ended = threading.Event()

    def weigh() -> None:
        while not ended.wait(0.25):
            weighed.append(server.memory)

    scale = threading.Thread(target=weigh)
    scale.start()
    told = asyncio.run(crowd(server.url, users, seconds))
    ended.set()
    scale.join()
    quarter = max(1, len(weighed) // 4)
    before, after = statistics.median(weighed[:quarter]), statistics.median(weighed[-quarter:])
    sys.stdout.write(f"\n{users} users, {seconds} s: {told}; {before:.0f} then {after:.0f} MB\n")
    assert told.wrong == []
    assert told.statuses.keys() <= {200, 503}
    assert len(told.seconds) > users
    assert after <= before * GROWTH + SLACK


def test_who_leaves_in_the_middle_frees_a_place(server: Running) -> None:
    for number in range(MORE_THAN_THE_PLACES):
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            # closed at once, and not after what is still to be sent
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(STREAM)
            if number % 2:
                assert client.recv(20).startswith(b"HTTP/1.1 200")
    answered(server)


def test_who_reads_slowly_starves_nobody(server: Running) -> None:
    with ExitStack() as held:
        for _ in range(MORE_THAN_THE_PLACES):
            client = held.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            client.connect(("127.0.0.1", server.port))
            client.sendall(STREAM)  # and its answer is never read
        asked = questions()[:20]
        with httpx.Client(base_url=server.url, timeout=60) as other:
            for _ in range(100):  # until the last of the slow ones has its answer sent
                if other.post("/api/ask", json={"question": asked[0]}).status_code != 503:
                    break
                time.sleep(0.2)
            replies = [other.post("/api/ask", json={"question": one}) for one in asked]
    assert [reply.status_code for reply in replies] == [200] * len(asked)
