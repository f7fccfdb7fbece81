"""People who ask, read, think and ask again, all at once; how each of their requests ended."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path

import httpx

QUESTIONS = Path(__file__).parents[2] / "evals" / "questions" / "development.jsonl"
ADDRESSES = 20  # of the loopback: users of one office share theirs
THINKING = (0.2, 0.8)  # seconds between an answer and the next question
PATHS = ("/api/ask", "/api/ask/stream")
PLACES = ("l'Isère", "la Drôme", "la Bretagne", "le Nord", "l'Occitanie", "Paris", "la Réunion")


@dataclass
class Told:
    """What all of the users met. ``wrong`` are replies that are neither answers nor honest 503s."""

    seconds: list[float] = field(default_factory=list)  # of the answers
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The time in seconds that this share of the answers took at most."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        if not self.seconds:
            return f"no answer; {dict(self.statuses)}"
        times = ", ".join(f"p{p} {1000 * self.quantile(p / 100):.0f} ms" for p in (50, 95, 99))
        return f"{len(self.seconds)} answers, {times}; {dict(self.statuses)}"


def questions(seed: int = 0) -> Sequence[str]:
    """The questions of the development half, in an order, each about a place of its own."""
    chance = random.Random(seed)
    asked = chance.sample(_written(), len(_written()))
    return [f"{one} ({chance.choice(PLACES)}, {chance.randrange(10_000)})" for one in asked]


@cache
def _written() -> tuple[str, ...]:
    lines = QUESTIONS.read_text("utf-8").splitlines()
    return tuple(str(json.loads(line)["question"]) for line in lines)


async def crowd(url: str, users: int, seconds: float) -> Told:
    """What ``users`` of the server at ``url`` met in so many seconds."""
    told, end = Told(), time.monotonic() + seconds
    async with asyncio.TaskGroup() as together:
        for user in range(users):
            together.create_task(_user(url, user, end, told))
    return told


async def _user(url: str, user: int, end: float, told: Told) -> None:
    # nothing is encrypted here, and reading the certificates of a machine takes long
    address = f"127.0.0.{2 + user % ADDRESSES}"
    transport = httpx.AsyncHTTPTransport(local_address=address, verify=False)
    chance, asked = random.Random(user), cycle(questions(user))
    async with httpx.AsyncClient(base_url=url, transport=transport, timeout=60) as client:
        while time.monotonic() < end:
            await asyncio.sleep(chance.uniform(*THINKING))
            await asyncio.sleep(await _asked(client, next(asked), told, chance.choice(PATHS)))


async def _asked(client: httpx.AsyncClient, question: str, told: Told, path: str) -> float:
    """Ask one question; the seconds that the server wants to be left alone."""
    started = time.monotonic()
    try:
        reply = await client.post(path, json={"question": question})
    except httpx.HTTPError as error:
        told.wrong.append(repr(error))
        return 0.0
    told.statuses[reply.status_code] += 1
    if reply.status_code == 503 and "server_busy" in reply.text and "retry-after" in reply.headers:
        return float(reply.headers["retry-after"])
    if reply.status_code != 200 or '"status"' not in reply.text:
        told.wrong.append(f"{reply.status_code} {reply.text[:200]}")
    else:
        told.seconds.append(time.monotonic() - started)
    return 0.0
